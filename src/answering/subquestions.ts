import { segmentWords } from "../analysis/words.ts";

/** One of the things that a question asks for. */
export interface Subquestion {
  readonly text: string;
  /** What only this one asks of. */
  readonly own: string;
}

const CONJUNCTION = /^(?:和|与|與|及|以及|跟|and|、)$/u;
const QUESTION_WORD = /什么|哪|谁|誰|多少|几|如何|怎|何|\b(?:what|which|who|when|where|how)\b/iu;
/** 男女单打冠军: both in one word. */
const BOTH_SEXES = /^男女/u;
/** Words of each of two things that are joined. */
const MAX_WORDS = 3;

/**
 * The questions that one question asks at once ("香港和澳门的增长率", "芯片是什么，起售价多少"): two, or none where it asks
 * only one. They are searched and never shown, so that a word too many does no harm.
 */
export function splitQuestion(question: string): Subquestion[] {
  const plain = question.replace("分别", "");
  return splitClauses(plain) ?? splitConjuncts(plain) ?? [];
}

/** Two clauses that ask, of which the second speaks of what the first is about. */
function splitClauses(question: string): Subquestion[] | undefined {
  const [first, second, ...others] = question.split(/[，,？?；;]/u).filter((clause) => clause.trim() !== "");
  if (!first || !second || others.length > 0) return undefined;
  if (!QUESTION_WORD.test(first) || !QUESTION_WORD.test(second)) return undefined;
  const before = first.split(QUESTION_WORD)[0]!;
  const topic = /^.*?》|^[^的]+(?=的)/u.exec(before)?.[0] ?? before;
  return [
    { text: first, own: first.slice(topic.length) },
    { text: `${topic}${second}`, own: second },
  ];
}

/** Two things joined by a conjunction: the question with each of them alone. */
function splitConjuncts(question: string): Subquestion[] | undefined {
  if (!/[和与與及跟、]|男女|\band\b/u.test(question)) return undefined;
  const words = segmentWords(question).flatMap((word) =>
    BOTH_SEXES.test(word) ? ["男", "和", "女", ...(word.length > 2 ? [word.slice(2)] : [])] : [word],
  );
  const at = words.findIndex((word, i) => i > 0 && i + 1 < words.length && CONJUNCTION.test(word));
  if (at < 0) return undefined;
  const isBlank = (word: string | undefined) => word !== undefined && word.trim() === "";
  const gap = isBlank(words[at - 1]) ? " " : "";
  const before = words.slice(0, gap === "" ? at : at - 1);
  const after = words.slice(isBlank(words[at + 1]) ? at + 2 : at + 1);
  const ending = before.at(-1)?.at(-1);
  // 最佳影片奖和最佳导演奖: what is joined ends alike.
  const alike = after.slice(0, MAX_WORDS).findIndex((word) => word.at(-1) === ending) + 1;
  const size = alike > 0 ? alike : 1;
  const [left, right] = [before.slice(-size).join(""), after.slice(0, size).join("")];
  if ([left, right].some((thing) => !/[\p{L}\p{N}]/u.test(thing) || QUESTION_WORD.test(thing)))
    return undefined;
  return [
    { text: [...before, gap, ...after.slice(size)].join(""), own: left },
    { text: [...before.slice(0, -size), gap, ...after].join(""), own: right },
  ];
}
