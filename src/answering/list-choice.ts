import { weightedMean } from "../retrieval/rerank.ts";
import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Evidence } from "./evidence.ts";
import type { Findings } from "./investigate.ts";
import { findLists, type TextList } from "./lists.ts";

/** Evidence that may point to a list: the first few sentences. */
const POINTING_EVIDENCE = 4;

/** Two of something are too common: the number alone shows the list from this one on. */
const TELLING_COUNT = 3;

/**
 * The list that a question asks for, or undefined. Where the question says how many there are, a list that declares
 * (or, undeclared, has) another number is never it; otherwise the best evidence must lie in the list or in what
 * introduces it. Among several, those that evidence lies in, and of these the one whose introduction meets the
 * question best.
 */
export async function chooseList(
  { aspects, retrieval, evidence }: Findings,
  { embedder, table }: RetrievalParts,
): Promise<TextList | undefined> {
  const { count } = aspects;
  const isTelling = count !== undefined && count >= TELLING_COUNT;
  const pointing = evidence.slice(0, isTelling ? POINTING_EVIDENCE : 1);
  const fitting = [...new Set(pointing.map(({ article }) => article))]
    .flatMap(findLists)
    .filter(({ declared, items }) => count === undefined || (declared ?? items.length) === count);
  const held = fitting.filter((list) => pointing.some((one) => holds(list, one)));
  const lists = held.length === 0 && isTelling ? fitting : held;
  if (lists.length <= 1) return lists[0];
  const leads = lists.map(({ article, lead }) => embedder.tokenize(article.text.slice(lead.start, lead.end)));
  await table.load(leads.flat());
  const { matcher, weights } = retrieval.query;
  const scores = leads.map((ids) => weightedMean(matcher.bestMatches(ids), weights));
  return lists[scores.indexOf(Math.max(...scores))];
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
