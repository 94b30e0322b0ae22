import { foldForSearch } from "../analysis/fold.ts";
import type { Lack, Reading } from "./reading.ts";

/** Links a question to what was said before, and says nothing of its own. */
const LINK =
  /^(?:and|but|so|then|okay|ok|also|well|now|please|tell me|do you know|(?:what|how) about)\b[,\s]*/iu;
const ASKS =
  /\b(?:(?:what|which) (?:kind|sort|time|year|date|day|month|place)s?|how (?:many|much|long|old|far|big|large|tall|high|often)|what|which|who(?:m|se)?|when|where|why|how)\b/giu;
const AUXILIARY =
  "is|are|was|were|be|been|being|do|does|did|has|have|had|will|would|can|could|shall|should|may|might|must";
/** What is counted or chosen, with the words that ask for it. */
const ASKS_WITH_NOUN = new RegExp(
  `\\b(?:how many|how much|which|what) (?!(?:${AUXILIARY})\\b)\\p{Ll}+`,
  "giu",
);
const HAS_AUXILIARY = new RegExp(`\\b(?:${AUXILIARY})\\b`, "iu");
const POINTS =
  /\b(?:it|its|they|them|theirs?|he|him|his|she|hers?|(?:that|this|these|those)(?: (?:one|same))?|there|the (?:former|latter|same)(?! \p{L})|such)\b/giu;
/** Where it, there and this stand for nothing that was spoken of. */
const EMPTY = [
  /\b(?:is|was|are|were|be|been|will|has|have)(?:n't)? there\b|\bthere(?:'s| is| are| was| were| be| will| has| have)\b/giu,
  /\bwhat(?:'s| is| was) it like (?:in|at|on|to|being)\b/giu,
  /\b(?:is|was) it (?:\p{L}+ly )?(?:true|possible|legal|safe|necessary|common|normal|worth|okay|allowed|forbidden|likely)\b/giu,
  /\bdo(?:es)? it (?:take|cost|make sense) (?:\p{L}+ )?to\b|\bit (?:rain|snow)s?\b|\bit that\b/giu,
  /\b(?:this|these|that) (?:year|month|week|day|morning|evening|time|century|quarter|term|season|spring|summer|autumn|winter)\b/giu,
];
/** Behind these "that" points, elsewhere it may join clauses: "the company that won". */
const BEFORE_THAT =
  /(?:\b(?:is|was|are|were|does|did|do|has|have|in|on|at|of|for|about|from|to|why|when|where|how|who)|['’]s)\s+$/iu;
const SORT =
  "company|firm|factory|mine|plant|project|programme|program|team|club|school|hospital|town|city|village|place|building|bridge|event|show|meeting|competition|contest|man|woman|person|group|system|product";
/** "the company", of which no more is said. */
const OF_SORT = new RegExp(`\\bthe (?:${SORT})\\b`, "iu");
const IS_SORT = new RegExp(`^(?:${SORT})$`, "iu");
const FUNCTION = new Set(
  `${AUXILIARY}|a|an|the|of|in|on|at|by|for|with|from|to|into|about|as|than|or|and|but|if|not|no|so|there|here|since|any|all|some|more|most|much|many|also|just|only|exactly|actually|please|get|got|say|says|said|tell|me|us|you|your|we|our|i|my|what|which|who|whom|whose|when|where|why|how|else|come|really|s`.split(
    "|",
  ),
);
const WORDS = /[\p{L}\p{N}]+(?:[-.,][\p{L}\p{N}]+)*/gu;
/** So many words may leave out whose they are: "construction begins". */
const MAX_BARE_WORDS = 2;
/** So many words before it are enough for "it" to mean them: "Which edition of the spring gala is it?" */
const MIN_TOLD_WORDS = 3;
/** The same where nothing is said about them: "the height above sea level?" */
const MAX_FRAGMENT_WORDS = 4;

/** Reads a question in a language that is written with spaces; the words it knows are English. */
export function readEnglish(question: string): Reading {
  const trimmed = question.trim().replace(/[\s?!.]+$/u, "");
  const linkless = withoutLinks(trimmed);
  const full = EMPTY.reduce(
    (text, pattern) =>
      text.replace(pattern, (words) => words.replace(/\b(?:it|there|this|that|these)\b/giu, " ")),
    linkless,
  );
  const rest = tidy(full.replace(POINTS, (word, at: number) => (pointsHere(full, word, at) ? " " : word)));
  const told = rest.replace(ASKS_WITH_NOUN, " ").replace(ASKS, " ");
  const words = (told.match(WORDS) ?? []).filter(isTelling);
  const subject = tidy(rest.replace(ASKS, " "));
  return {
    lack: lackOf(rest, words, {
      points: rest !== tidy(full),
      isLinked: linkless !== trimmed,
      isMarked: /\?\s*$/u.test(question),
    }),
    rest: foldForSearch(rest),
    subject: foldForSearch(subject),
    things: runs(told).map(foldForSearch),
    words: words.filter((word) => !IS_SORT.test(word)).map(foldForSearch),
  };
}

function lackOf(
  rest: string,
  words: readonly string[],
  { points, isLinked, isMarked }: Readonly<Record<"points" | "isLinked" | "isMarked", boolean>>,
): Lack {
  // "How do they make paper at Fenwick?" may be asked first.
  if (points) return isNamed(rest, words) ? "bare" : "pointing";
  const asks = rest.search(ASKS) >= 0;
  if (words.length === 0) return asks ? "asking" : "complete";
  const isFragment = !asks && !HAS_AUXILIARY.test(rest);
  const isPart = isLinked || /^(?:in|on|at|for|since|from|during|by|with)\b/iu.test(rest);
  if (isFragment && (isPart || words.every((word) => /^[\p{N}.,]+$/u.test(word)))) return "naming";
  if (isNamed(rest, words) || words.some((word) => /\d/u.test(word)) || (isFragment && !isMarked))
    return "complete";
  if (OF_SORT.test(rest) && words.length <= MAX_BARE_WORDS + 1) return "pointing";
  const most = isFragment && /^the\b/iu.test(rest) ? MAX_FRAGMENT_WORDS : MAX_BARE_WORDS;
  return words.length <= most ? "bare" : "complete";
}

function isNamed(rest: string, words: readonly string[]): boolean {
  return /["“]/u.test(rest) || words.some((word) => /^\p{Lu}/u.test(word) && !rest.startsWith(word));
}

function withoutLinks(question: string): string {
  const shorter = question.replace(LINK, "");
  return shorter === question || shorter === "" ? question : withoutLinks(shorter);
}

/**
 * Not where the question itself says before it what it means, by a name or by several words ("What did Ann Lee say about
 * it?") or, for what somebody has, by any word ("the room … in its first week"); nor where it only joins clauses.
 */
function pointsHere(text: string, word: string, at: number): boolean {
  const before = text.slice(0, at);
  if (/^(?:that|those|these)$/iu.test(word)) return BEFORE_THAT.test(before) || !/\p{L}/u.test(before);
  if (!/^(?:it|he|him|she|they|them|their|theirs|its|his|hers?)$/iu.test(word)) return true;
  const isOwner =
    /^(?:its|his|her|their)$/iu.test(word) && /^\s+[\p{L}\p{N}]/u.test(text.slice(at + word.length));
  const told = before.split(/[^\p{L}\p{N}]+/u).filter((one) => one !== "" && isTelling(one));
  return told.length < (isOwner ? 1 : MIN_TOLD_WORDS) && !/(?<=\s)\p{Lu}\p{L}+/u.test(before);
}

function isTelling(word: string): boolean {
  return !FUNCTION.has(word.toLowerCase());
}

function runs(text: string): string[] {
  const found: string[] = [];
  let joins = false;
  for (const word of text.match(WORDS) ?? []) {
    if (isTelling(word) && joins) found[found.length - 1] += ` ${word}`;
    else if (isTelling(word)) found.push(word);
    joins = isTelling(word);
  }
  return found;
}

function tidy(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/\s+(?=[,;:'’])/gu, "")
    .trim();
}
