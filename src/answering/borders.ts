import { rememberWith } from "../analysis/remember.ts";
import type { Span } from "../types.ts";
import { readDeclaration } from "./declared.ts";
import type { Enumeration, Reading } from "./enumerations.ts";
import { CUE, type Word, wordsOf } from "./item-words.ts";
import {
  type Features,
  LIKENESS,
  likenessFeatures,
  shapeOf,
  spreadOf,
  standingOut,
  sum,
  type WeighedWord,
} from "./likeness.ts";
import { parseNumber } from "./numerals.ts";

/** How much of what a question asks is said by a text, 0 to 1. */
export type Relevance = (text: string) => number;

/** An enumeration as it is read, and how well that reading holds. */
export interface Settled {
  /** The same object whenever it is read so. */
  readonly items: readonly Span[];
  /** Log-odds, beside no enumeration at all. */
  readonly score: number;
  /** Whether marks alone decide where the items begin and end. */
  readonly isClosed: boolean;
}

/**
 * What speaks for a reading as a whole; with the weights below a conditional logit, beside no enumeration at all, fitted
 * by bench/fit-lists.ts on the sentences of test/datasets/lists and more-lists.
 */
const READING = {
  bias: -8.17,
  size: 6.31,
  semicolons: 2.24,
  commas: 1.62,
  lines: -0.24,
  quotations: 2.81,
  /** Only one of its borders is closed by a mark. */
  half: -1.28,
  introduced: 2.77,
  /** The text says that there are so many. */
  declared: 1.55,
  latin: 0.9,
};
/**
 * What speaks for a place as the beginning of the first item: what stands before it, the `WordKind` of the word before
 * it among that.
 */
const START = {
  colon: 1.5,
  /** After a mark within the clause. */
  part: -0.69,
  cue: 1.82,
  latinCue: 1.1,
  latinCueVerb: -3.45,
  beforeName: 0.9,
  of: 0.18,
  digits: -0.85,
  article: 0.48,
  copula: -2.41,
  nounRelevance: 0.53,
  relevance: 0.7,
  n: -1.2,
  N: -3.11,
  v: 0.67,
  w: -0.2,
  g: -0.28,
  p: 0.65,
  d: -0.7,
  r: -3,
  a: -3.08,
  u: -0.67,
  aspect: 2.69,
  c: 0,
  m: -2.96,
  x: -1.52,
};
/** The same of the end of the last item, by what comes after it. */
const END = {
  /** The end of the clause… */
  all: 0.14,
  allIntroduced: 3.71,
  /** … of a clause in which a cue begins it. */
  allCued: 1.58,
  allLatin: 0.69,
  counts: 6,
  relative: -1.09,
  tail: 3.99,
  copula: -1.09,
  of: -2.18,
  single: -0.63,
  n: -3.04,
  N: -3.06,
  v: -1.21,
  w: -3.04,
  g: -2.47,
  p: -0.99,
  d: 0.81,
  r: -1.84,
  a: -0.8,
  u: -0.22,
  c: -2.73,
  m: -1.68,
  x: -1.4,
};
/** An enumeration whose parts are cut into words, where their borders are open. */
export interface Cut {
  readonly enumeration: Enumeration;
  /** By the part they are the words of. */
  readonly words: ReadonlyMap<Span, readonly Word[]>;
}

/** Cuts the parts whose borders are open into words. */
export const cutWords = rememberWith((enumeration: Enumeration): Cut => {
  const open = enumeration.readings.filter(({ closedStart, closedEnd }) => !closedStart || !closedEnd);
  const words = new Map<string, readonly Word[]>();
  const byPart = new Map<Span, readonly Word[]>();
  for (const part of open.flatMap(({ parts }) => parts)) {
    const key = `${part.start}-${part.end}`;
    if (!words.has(key)) words.set(key, wordsOf(enumeration.article.text, part));
    byPart.set(part, words.get(key)!);
  }
  return { enumeration, words: byPart };
});

/** One way to read an enumeration. */
export interface BorderedReading {
  readonly reading: Reading;
  /** Where its first item begins and its last one ends. */
  readonly start: number;
  readonly end: number;
  readonly features: {
    readonly reading: Features<typeof READING>;
    readonly start: Features<typeof START>;
    readonly end: Features<typeof END>;
    readonly likeness: Features<typeof LIKENESS>;
  };
}

/** The best reading of an enumeration, or undefined where there is none. */
export function settle(cut: Cut, relevance: Relevance): Settled | undefined {
  let best: Settled | undefined;
  for (const { bordered, items } of plausibleReadings(cut)) {
    const score = scoreReading(withRelevance(bordered, cut, relevance));
    const { closedStart, closedEnd } = bordered.reading;
    if (best === undefined || score > best.score) best = { items, score, isClosed: closedStart && closedEnd };
  }
  return best;
}

/** What the relevance of its words may change at most in the score of a reading. */
const MOST_BY_RELEVANCE =
  Math.max(START.relevance, START.nounRelevance) + 2 * Math.abs(LIKENESS.relevance) + 0.01;

/** No sentence that anybody wrote has more; those of one that is made to have thousands would fill the memory. */
const MAX_KEPT = 100;

/** The readings that may be the best whatever is asked: a few of what may be hundreds, the same for every question. */
const plausibleReadings = rememberWith(findPlausible, ({ length }) => length <= MAX_KEPT);

function findPlausible(cut: Cut) {
  let most = Number.NEGATIVE_INFINITY;
  const scored: { readonly bordered: BorderedReading; readonly score: number }[] = [];
  const mayBeBest = ({ score }: { readonly score: number }) => score >= most - MOST_BY_RELEVANCE;
  for (const bordered of readingsOf(cut, () => 0)) {
    const one = { bordered, score: scoreReading(bordered) };
    most = Math.max(most, one.score);
    if (mayBeBest(one)) scored.push(one);
  }
  return scored.filter(mayBeBest).map(({ bordered }) => ({ bordered, items: itemsOf(bordered) }));
}

/** A reading as `readingsOf` gives it for this relevance. */
function withRelevance(bordered: BorderedReading, { words }: Cut, relevance: Relevance): BorderedReading {
  const { reading, start, end, features } = bordered;
  if (reading.closedStart && reading.closedEnd) return bordered;
  const cut = reading.parts.map((part) => words.get(part)!);
  const before = cut[0]!.findLast((word) => word.end <= start);
  const own = (["nounRelevance", "relevance"] as const).find((name) => name in features.start);
  const relevances = cut.map((all) =>
    Math.max(...all.map((word) => (word.start >= start && word.end <= end ? relevance(word.text) : 0))),
  );
  return {
    ...bordered,
    features: {
      ...features,
      start: own === undefined ? features.start : { ...features.start, [own]: relevance(before!.text) },
      likeness: { ...features.likeness, relevance: standingOut(relevances) },
    },
  };
}

/** Log-odds, beside no enumeration at all. */
export function scoreReading({ features: { reading, start, end, likeness } }: BorderedReading): number {
  return sum(READING, reading) + sum(START, start) + sum(END, end) + sum(LIKENESS, likeness);
}

export function itemsOf({ reading: { parts }, start, end }: BorderedReading): Span[] {
  return parts.map((part, i) => ({
    start: i === 0 ? start : part.start,
    end: i === parts.length - 1 ? end : part.end,
  }));
}

const MAX_PART = 80;

/** Every way to read an enumeration. */
export function* readingsOf(
  { enumeration, words }: Cut,
  relevance: Relevance,
): Generator<BorderedReading, void> {
  const { text } = enumeration.article;
  const { clause } = enumeration;
  const latin = /\p{Script=Han}/u.test(text.slice(clause.start, clause.end)) ? {} : { latin: 1 };
  const weighed = new Map(
    [...words].map(([part, own]) => [
      part,
      own.map((word): WeighedWord => ({ ...word, relevance: relevance(word.text) })),
    ]),
  );
  for (const reading of enumeration.readings) {
    const { parts, closedStart, closedEnd } = reading;
    const { start } = parts[0]!;
    const { end } = parts.at(-1)!;
    const whole = (from: number) => ({ ...readingFeatures(enumeration, reading, from), ...latin });
    if (closedStart && closedEnd) {
      const likeness = { spread: spreadOf(parts) };
      yield { reading, start, end, features: { reading: whole(start), start: {}, end: {}, likeness } };
      continue;
    }
    const cut = parts.map((part) => weighed.get(part)!);
    if (cut.some(({ length }) => length === 0)) continue;
    const first = cut[0]!;
    const last = cut.at(-1)!;
    const middle = cut.slice(1, -1).map(shapeOf);
    const starts = closedStart ? [0] : first.map((_, i) => i);
    const ends = (closedEnd ? [last.length] : last.map((_, i) => i + 1))
      .filter((to) => last[to - 1]!.end - last[0]!.start <= MAX_PART)
      .map((to) => ({
        end: closedEnd ? end : last[to - 1]!.end,
        shape: shapeOf(last.slice(0, to)),
        forEnd: closedEnd ? {} : to < last.length && endFeatures(last, to, text, parts.length),
      }));
    for (const from of starts) {
      if (first.at(-1)!.end - first[from]!.start > MAX_PART) continue;
      const head = shapeOf(first.slice(from));
      const forReading = whole(closedStart ? start : first[from]!.start);
      const forStart = closedStart ? {} : startFeatures(first, from, text, clause);
      const before = text.slice(clause.start, first[from]!.start);
      const isCounted =
        /[,，]\s*$/u.test(before) && readDeclaration(before, parts.length, false)?.count === parts.length;
      const toEndOfClause = {
        all: 1,
        ...(forStart.colon || isCounted ? { allIntroduced: 1 } : {}),
        ...(forStart.cue || forStart.latinCue || forStart.beforeName ? { allCued: 1 } : {}),
        ...(latin.latin ? { allLatin: 1 } : {}),
      };
      for (const { end, shape, forEnd } of ends) {
        yield {
          reading,
          start: closedStart ? start : first[from]!.start,
          end,
          features: {
            reading: forReading,
            start: forStart,
            end: forEnd || toEndOfClause,
            likeness: likenessFeatures([head, ...middle, shape]),
          },
        };
      }
    }
  }
}

function readingFeatures(
  { article: { text }, kind, sentence }: Enumeration,
  { parts, closedStart, closedEnd }: Reading,
  start: number,
): Features<typeof READING> {
  const declaration = readDeclaration(text.slice(sentence.start, start), parts.length, false);
  return {
    bias: 1,
    size: Math.log(parts.length),
    ...(closedStart && closedEnd && kind !== "words" ? { [kind]: 1 } : {}),
    ...(closedStart !== closedEnd ? { half: 1 } : {}),
    ...(closedStart ? { introduced: 1 } : {}),
    ...(declaration?.count === parts.length ? { declared: 1 } : {}),
  };
}

/** What follows may be anything that was said. */
const SPEECH = /(?:[说问答笑喊写]道|说|表示|介绍|指出|强调|认为|称|\bsaid|\bsays)[^，。,.]{0,4}[：:]\s*$/u;

function startFeatures(
  words: readonly WeighedWord[],
  from: number,
  text: string,
  clause: Span,
): Features<typeof START> {
  if (from === 0) {
    const before = text.slice(Math.max(0, words[0]!.start - 30), words[0]!.start);
    if (/(?:[：:]|——|—)\s*$/u.test(before)) return SPEECH.test(before) ? {} : { colon: 1 };
    return words[0]!.start === clause.start ? {} : { part: 1 };
  }
  const word = words[from - 1]!;
  const next = words[from]!;
  const isLatinWord = /^[a-z]/iu.test(word.text);
  const isCue = CUE.test(word.text) || (word.text === "as" && words[from - 2]?.text.toLowerCase() === "such");
  return {
    [word.kind]: 1,
    [word.kind === "n" ? "nounRelevance" : "relevance"]: word.relevance,
    ...(isCue && !isLatinWord ? { cue: 1 } : {}),
    ...(isCue && isLatinWord ? { latinCue: 1 } : {}),
    ...(isCue && isLatinWord && ["v", "p"].includes(next.kind) ? { latinCueVerb: 1 } : {}),
    ...(word.kind === "p" && next.kind === "N" ? { beforeName: 1 } : {}),
    ...(word.text === "of" ? { of: 1 } : {}),
    ...(/^[0-9]+$/u.test(word.text) ? { digits: 1 } : {}),
    ...(/^[了着过]$/u.test(word.text) ? { aspect: 1 } : {}),
    ...(/^(?:是|为|有)$/u.test(next.text) ? { copula: 1 } : {}),
    ...(next.kind === "a" ? { article: 1 } : {}),
  };
}

/** Right before these it ends. */
const TAIL = /^(?:等|等等|之|诸|these|etc)$/iu;

/** "一本翻旧|了的通讯录": what comes after it tells of one thing that is named last. */
const RELATIVE = /^[^，、；]{0,12}的[^，、；的]{1,10}$/u;

function endFeatures(
  words: readonly WeighedWord[],
  to: number,
  text: string,
  size: number,
): Features<typeof END> {
  const next = words[to]!;
  const rest = text.slice(words[to - 1]!.end, words.at(-1)!.end);
  const count = /^(?:等|这|共)?\s*([0-9]{1,2}|[一二三四五六七八九十两]{1,3})\s*\p{Script=Han}/u.exec(rest);
  return {
    [next.kind]: 1,
    ...(count && parseNumber(count[1]!) === size ? { counts: 1 } : {}),
    ...(RELATIVE.test(rest) ? { relative: 1 } : {}),
    ...(TAIL.test(next.text) ? { tail: 1 } : {}),
    ...(/^(?:是|为|在|被|将|已|均|都|也)$/u.test(next.text) ? { copula: 1 } : {}),
    ...(next.text === "of" ? { of: 1 } : {}),
    ...(next.kind === "w" && words[to - 1]!.text.length === 1 ? { single: 1 } : {}),
  };
}
