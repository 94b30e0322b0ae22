import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Evidence } from "./evidence.ts";
import type { Findings } from "./investigate.ts";
import { rankLists, scoreSubject, sharesLanguage } from "./list-ranking.ts";
import { findLists, type TextList } from "./lists.ts";
import { parseNumber } from "./numerals.ts";

/**
 * A number alone is no link: the eight planets are not the eight measures. Share of what is asked for that something
 * of that number must meet: 0.29 to 1 where it is meant, below 0.25 where not.
 */
const MIN_SUBJECT = 0.25;
const MIN_SUBJECT_ACROSS = 0.2;

/** Two of something are too common: the number alone shows the list from this one on. */
const TELLING_COUNT = 3;

/**
 * Log-odds that the best of them is asked for and right, a logistic regression fitted on the same questions beside
 * such as ask for facts.
 */
const MEANT = {
  bias: -4,
  listed: 1.05,
  leadEvidence: 0.34,
  titled: 4,
  name: 2.3,
  marked: 1.45,
  pair: -1.7,
  across: 1.7,
  /** Set, not fitted. Where the best evidence lies in several of its items: quoted alone, they would pass off a part as the whole. */
  spread: 1,
  /** Set, not fitted. Where the best evidence holds all of its items, they are quoted in any case. */
  quoted: 1,
};
const QUOTED_NAME = /[“"「『]([^“”"「」『』]{2,20})[”"」』]/gu;
/** How far before a list a name that introduces it may begin. */
const MAX_NAMED_CHARS = 60;
/** How far the best must stand before the next. */
const MIN_LEAD = 0.4;
/** Below these no list is given, where one is plainly asked for and where not. */
const MIN_MEANT = { listed: -0.8, open: -0.6 };

/** The list that a question asks for, or undefined. */
export async function chooseList(findings: Findings, parts: RetrievalParts): Promise<TextList | undefined> {
  const { aspects } = findings;
  if (!aspects.list && !aspects.open) return undefined;
  const ranked = await rankLists(findings, parts);
  const [best, second] = ranked;
  if (best === undefined) return undefined;
  const named = ranked.filter(({ list }) => nameBefore(list, findings) < MAX_NAMED_CHARS);
  const nearest = Math.min(...named.map(({ list }) => nameBefore(list, findings)));
  if (named.length > 0) return named.find(({ list }) => nameBefore(list, findings) === nearest)!.list;
  const { features } = best;
  // The number itself shows it, where it is not the number of something else.
  if (countTells(findings)) {
    const least = sharesLanguage(best.list, findings) ? MIN_SUBJECT : MIN_SUBJECT_ACROSS;
    if (Math.max(features.titled, features.name) < least) return undefined;
    if (features.count === 1 && (features.marked === 1 || features.leadEvidence === 0)) return best.list;
  }
  // Of two lists that are as likely, one is wrong.
  const isAlike = second !== undefined && second.features.count >= features.count;
  if (isAlike && best.score - second.score < MIN_LEAD) return undefined;
  const meant =
    MEANT.bias +
    (aspects.list ? MEANT.listed : 0) +
    (sharesLanguage(best.list, findings) ? 0 : MEANT.across) +
    MEANT.leadEvidence * features.leadEvidence +
    MEANT.titled * features.titled +
    MEANT.name * features.name +
    MEANT.marked * features.marked +
    MEANT.pair * features.pair +
    (isSpread(best.list, findings) ? MEANT.spread : 0) +
    (aspects.count === undefined && isQuotedAnyway(best.list, findings) ? MEANT.quoted : 0);
  if (meant < (aspects.list ? MIN_MEANT.listed : MIN_MEANT.open)) return undefined;
  return features.marked === 1 ? best.list : withEvidence(best.list, findings);
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

function isSpread({ article, items }: TextList, { evidence }: Findings): boolean {
  const quoted = evidence.slice(0, 3).filter((one) => one.article === article);
  return (
    items.filter(({ start, end }) =>
      quoted.some(
        ({ span }) => span.start < end && span.end > start && span.end - span.start < end - start + 12,
      ),
    ).length > 1
  );
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
  const scores = await scoreSubject(texts, findings, parts);
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
