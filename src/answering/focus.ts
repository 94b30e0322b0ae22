import { foldForSearch } from "../analysis/fold.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Query } from "../retrieval/query.ts";

/** Characters within which a word stands near a question word, where words are not and where they are spaced. */
const REACH = 4;
const SPACED_REACH = 14;

/** What asks, in folded text; the longer of two that begin alike stands first. */
const QUESTION_WORD = new RegExp(
  [
    "什么(?:时候|时间)?|哪(?:些|里|儿|[一几]?[个位所家种座条年月日天届次点号项]|)|谁|多(?:少|久|大|长|高|远|深)|[第]?几|如何|怎么样?|怎样|为什么|为何|何[时地处人]?|啥|吗|是否",
    "(?<![\\p{L}])(?:what|which|who(?:m|se)?|when|where|why|how(?: many| much| long| old| far| often)?)(?![\\p{L}])",
    "(?<![\\p{L}])(?:welche[rsnm]?|was|wer|wem|wo|wann|warum|wie(?: viele?)?|qu[eéi]|quel(?:le)?s?|quand|où|combien|pourquoi|qui[eé]n(?:es)?|cu[aá]ndo|d[oó]nde|cu[aá]l(?:es)?|cu[aá]nt[oa]s?)(?![\\p{L}])",
    "(?<![\\p{L}])(?:кто|что|где|когда|как(?:ой|ая|ие|ом|ую)?|сколько|почему)(?![\\p{L}])",
    "誰|どこ|いつ|なぜ|どの|どう|いくつ|무엇|누가|누구|언제|어디|몇|어떤|얼마",
  ].join("|"),
  "u",
);

/**
 * How near each of a question's pieces, in order, stands to its question word: 1 beside it, falling with the distance,
 * 0 for the question word itself; 1 for all where nothing asks. What is asked for stands there ("出生于哪一年").
 *
 * @param question Folded for search.
 */
export function nearnessToQuestionWord(question: string, pieces: readonly string[]): Float32Array {
  const word = QUESTION_WORD.exec(question);
  if (word === null) return new Float32Array(pieces.length).fill(1);
  const start = word.index;
  const end = start + word[0].length;
  const reach = /^\p{Script=Han}/u.test(word[0]) ? REACH : SPACED_REACH;
  let from = 0;
  return Float32Array.from(pieces, (piece) => {
    const text = piece.replaceAll("▁", " ").trim();
    if (text === "") return 0;
    const next = question.indexOf(text, from);
    const at = next >= 0 ? next : question.indexOf(text);
    if (at < 0) return 0;
    from = at + text.length;
    const distance = at >= end ? at - end : start - from;
    return distance < 0 ? 0 : Math.exp(-distance / reach);
  });
}

/** What each of the question's tokens counts for when only what stands near its question word does. */
export function focusWeights(query: Query, embedder: Embedder): Float32Array {
  const nearness = nearnessToQuestionWord(foldForSearch(query.text), embedder.pieces(query.tokens));
  return query.weights.map((weight, t) => weight * nearness[t]!);
}
