import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Evidence } from "./evidence.ts";
import type { Findings } from "./investigate.ts";
import {
  type ListCandidate,
  type ListFeatures,
  rankLists,
  scoreSubject,
  sharesLanguage,
} from "./list-ranking.ts";
import { findLists, type TextList } from "./lists.ts";
import { parseNumber } from "./numerals.ts";
import { weigh } from "./weigh.ts";

/**
 * A number alone is no link: the eight planets are not the eight measures. Share of what is asked for that something
 * of that number must meet: 0.29 to 1 where it is meant, below 0.25 where not.
 */
const MIN_SUBJECT = 0.25;
const MIN_SUBJECT_ACROSS = 0.2;

/** Two of something are too common: from this number on, what has it must also meet what is asked for. */
const TELLING_COUNT = 3;

/** What speaks for the best list as one that is asked for, and read right; shares are 0 to 1. */
export interface ChoiceFeatures
  extends Pick<
    ListFeatures,
    "leadEvidence" | "titled" | "fresh" | "near" | "count" | "reading" | "marked" | "pair" | "sections"
  > {
  /** How much better it is than the next, at most `MAX_AHEAD`. */
  readonly ahead: number;
  /** 1 where the question asks for several things; where it says how many; where these are two, as in the list. */
  readonly several: number;
  readonly counted: number;
  readonly countedPair: number;
  /** 1 where the best evidence holds all of its items: they are quoted in any case. */
  readonly quoted: number;
  /** 1 where the question is in another language. */
  readonly across: number;
}

/**
 * Logistic regression that the best list is right, fitted by bench/fit-lists.ts on test/datasets/lists and more-lists
 * and, for what is none, on the questions of our own page, CMRC2018 and XQuAD (development halves) whose answer is not
 * in it. Weights of features that tell much the same (titled and fresh, count and counted) stand against each other.
 */
const MEANT_BIAS = -5.24;
const MEANT: Readonly<Record<keyof ChoiceFeatures, number>> = {
  leadEvidence: 0.25,
  titled: 4.16,
  fresh: -2.09,
  near: 1.08,
  count: 4.39,
  reading: 1.74,
  marked: 0.86,
  pair: -1.23,
  sections: -1.52,
  ahead: 0.54,
  several: 0.72,
  counted: -3.19,
  countedPair: 1.42,
  quoted: 0.73,
  across: 0.82,
};
/** Below these log-odds no list is given. */
const MIN_MEANT = -0.3;
const MAX_AHEAD = 3;

const QUOTED_NAME = /[“"「『]([^“”"「」『』]{2,20})[”"」』]/gu;
/** How far before a list a name that introduces it may begin. */
const MAX_NAMED_CHARS = 60;

/** A list, and how probable it is that it is right. */
export interface Choice {
  readonly list: TextList;
  readonly probability: number;
}

/** The list that a question asks for, or undefined. */
export async function chooseList(findings: Findings, parts: RetrievalParts): Promise<Choice | undefined> {
  const { aspects } = findings;
  if (!aspects.list && !aspects.open) return undefined;
  const ranked = await rankLists(findings, parts);
  const best = ranked[0];
  if (best === undefined) return undefined;
  const named = namedList(ranked, findings);
  if (named !== undefined) return { list: named, probability: 1 };
  if (!meetsMoreThanNumber(best, findings)) return undefined;
  const { list, features } = best;
  const meant = weigh(choiceFeatures(ranked, findings), MEANT, MEANT_BIAS);
  if (meant < MIN_MEANT) return undefined;
  return {
    list: features.marked === 1 ? list : withEvidence(list, findings),
    probability: 1 / (1 + Math.exp(-meant)),
  };
}

/** The list that a name in quotation marks introduces, which the question quotes too. */
export function namedList(ranked: readonly ListCandidate[], findings: Findings): TextList | undefined {
  const distances = ranked.map(({ list }) => nameBefore(list, findings));
  const nearest = Math.min(...distances);
  return nearest < MAX_NAMED_CHARS ? ranked[distances.indexOf(nearest)]!.list : undefined;
}

/** Whether a list of the number that is asked for also meets what is asked for. */
export function meetsMoreThanNumber({ list, features }: ListCandidate, findings: Findings): boolean {
  const least = sharesLanguage(list, findings) ? MIN_SUBJECT : MIN_SUBJECT_ACROSS;
  return !countTells(findings) || Math.max(features.titled, features.name) >= least;
}

/** Of the best of some lists, which must not be empty. */
export function choiceFeatures([best, second]: readonly ListCandidate[], findings: Findings): ChoiceFeatures {
  const { list, features, score } = best!;
  const { leadEvidence, titled, fresh, near, reading, marked, pair, sections } = features;
  const { count, several } = findings.aspects;
  return {
    ...{ leadEvidence, titled, fresh, near, count: features.count, reading, marked, pair, sections },
    ahead: Math.min(MAX_AHEAD, score - (second?.score ?? -Infinity)),
    several: several ? 1 : 0,
    counted: count === undefined ? 0 : 1,
    countedPair: features.pair * (features.count === 1 ? 1 : 0),
    quoted: isQuotedAnyway(list, findings) ? 1 : 0,
    across: sharesLanguage(list, findings) ? 0 : 1,
  };
}

/** How far before it stands a name in quotation marks that the question quotes too: the “三不”, the “日巡、周查、月考”. */
function nameBefore({ article, lead }: TextList, { retrieval: { query } }: Findings): number {
  const introduction = article.text.slice(lead.start, lead.end);
  const names = [...query.text.matchAll(QUOTED_NAME)].map(([, name]) => name!);
  const named = [...introduction.matchAll(QUOTED_NAME)].filter(([, name]) => names.includes(name!));
  return Math.min(Infinity, ...named.map(({ index }) => introduction.length - index));
}

function isQuotedAnyway({ article, items }: TextList, { evidence: [best] }: Findings): boolean {
  return (
    best!.article === article && best!.span.start <= items[0]!.start && items.at(-1)!.end <= best!.span.end
  );
}

/** Quotes no less than the sentence that would be quoted without the list. */
function withEvidence(list: TextList, { evidence }: Findings): TextList {
  const { article, span } = evidence[0]!;
  if (article !== list.article || span.end <= list.span.start || span.start >= list.span.end) return list;
  return {
    ...list,
    span: { start: Math.min(span.start, list.span.start), end: Math.max(span.end, list.span.end) },
  };
}

/**
 * The evidence that may answer a question for a list that was not found: without what only shares the number with
 * it, and without the items of lists that say they have another number (the mine's six measures tell nothing of which
 * the eight are).
 */
export async function evidenceBesideLists(
  findings: Findings,
  parts: RetrievalParts,
): Promise<readonly Evidence[]> {
  const { aspects, evidence } = findings;
  if (!aspects.list || aspects.count === undefined) return evidence;
  const others = [...new Set(evidence.map(({ article }) => article))]
    .flatMap(findLists)
    .filter(({ declared }) => declared !== null && declared !== aspects.count);
  const texts = evidence.map(({ article, span }) => article.text.slice(span.start, span.end));
  const scores = await scoreSubject(findings, parts)(texts);
  return evidence.filter(
    ({ article, span }, i) =>
      (!countTells(findings) ||
        (scores[i]! >= MIN_SUBJECT &&
          tellsOf(texts[i]!, aspects.count!) &&
          hasRoomFor(texts[i]!, aspects.count!))) &&
      !others.some(
        (list) => list.article === article && span.start >= list.span.start && span.start < list.span.end,
      ),
  );
}

/** Whether a text speaks of so many: what does not, does not tell which five causes there are. */
function tellsOf(text: string, count: number): boolean {
  const numerals = text.match(/[0-9]+|[一二三四五六七八九十两]+|\p{Script=Latin}+/gu) ?? [];
  return numerals.some((numeral) => parseNumber(numeral) === count);
}

/** Whether so many things may stand in a text: one that only names "the eight" tells none of them. */
function hasRoomFor(text: string, count: number): boolean {
  return text.split(/[、，,；;]|\s(?:and|or)\s|[和与及]/u).length >= count;
}

function countTells({ aspects: { count } }: Findings): boolean {
  return count !== undefined && count >= TELLING_COUNT;
}
