import { weightedMean } from "../retrieval/rerank.ts";
import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Evidence } from "./evidence.ts";
import type { Findings } from "./investigate.ts";
import { findLists, type TextList } from "./lists.ts";

/** Evidence that may point to a list: the first few sentences. */
const POINTING_EVIDENCE = 4;

/** Share of a question that the name of what a list lists must meet, for the list to be meant by it. */
const SAME_NAME = 0.4;

/** Share of a question that the title and introduction of a list must meet; across scripts less is met. */
const MIN_LEAD = { sameScript: 0.42, crossScript: 0.34 } as const;

/** Two of something are too common: the number alone shows the list from this one on. */
const TELLING_COUNT = 3;

/**
 * The list that a question asks for, or undefined. Where the question says how many there are, a list that declares
 * (or, undeclared, has) another number is never it; otherwise the question must ask for what the list says it lists
 * ("硬措施有哪些" for 八条硬措施), or the best evidence must lie in the list or in what introduces it. Among several, the one
 * whose introduction meets the question best.
 */
export async function chooseList(
  { aspects, retrieval, evidence }: Findings,
  { embedder, table }: RetrievalParts,
): Promise<TextList | undefined> {
  const { count } = aspects;
  const { matcher, weights } = retrieval.query;
  /** How well a text about each list meets the question, 0 to 1. */
  async function scoreTexts(lists: readonly TextList[], textOf: (list: TextList) => string) {
    const tokens = lists.map((list) => embedder.tokenize(textOf(list)));
    await table.load(tokens.flat());
    return new Map(lists.map((list, i) => [list, weightedMean(matcher.bestMatches(tokens[i]!), weights)]));
  }
  const isTelling = count !== undefined && count >= TELLING_COUNT;
  const pointing = evidence.slice(0, isTelling ? POINTING_EVIDENCE : 1);
  const fitting = [...new Set(evidence.slice(0, POINTING_EVIDENCE).map(({ article }) => article))]
    .flatMap(findLists)
    .filter(({ declared, items }) => count === undefined || (declared ?? items.length) === count);
  const leads = await scoreTexts(
    fitting,
    ({ article, lead }) => `${article.title}\n${article.text.slice(lead.start, lead.end)}`,
  );
  const names = await scoreTexts(fitting, ({ name }) => name);
  const held = fitting.filter((list) => pointing.some((one) => holds(list, one)));
  const named = count === undefined ? fitting.filter((list) => names.get(list)! >= SAME_NAME) : [];
  // A number alone is no link: the eight planets are not the eight measures.
  const least = retrieval.query.sharesScript ? MIN_LEAD.sameScript : MIN_LEAD.crossScript;
  const isAbout = (list: TextList) => !isTelling || Math.max(leads.get(list)!, names.get(list)!) >= least;
  const choices = [named, held, isTelling ? fitting : []].map((group) => group.filter(isAbout));
  const lists = choices.find(({ length }) => length > 0) ?? [];
  return lists.toSorted((one, other) => leads.get(other)! - leads.get(one)!)[0];
}

/**
 * The evidence without the items of lists that say they have another number than the one asked for: the mine's six
 * measures tell nothing of which the eight are.
 */
export function withoutOtherLists({ aspects, evidence }: Findings): readonly Evidence[] {
  if (!aspects.list || aspects.count === undefined) return evidence;
  const others = [...new Set(evidence.map(({ article }) => article))]
    .flatMap(findLists)
    .filter(({ declared }) => declared !== null && declared !== aspects.count);
  return evidence.filter(
    ({ article, span }) =>
      !others.some(
        (list) => list.article === article && span.start >= list.span.start && span.start < list.span.end,
      ),
  );
}

function holds({ article, lead, span }: TextList, evidence: Evidence): boolean {
  return (
    evidence.article.id === article.id && evidence.span.start >= lead.start && evidence.span.end <= span.end
  );
}
