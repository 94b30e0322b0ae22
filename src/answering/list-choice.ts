import { weightedMean } from "../retrieval/rerank.ts";
import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Evidence } from "./evidence.ts";
import type { Findings } from "./investigate.ts";
import { findLists, type TextList } from "./lists.ts";

/** Evidence that may point to a list: the first few sentences. */
const POINTING_EVIDENCE = 4;

/**
 * The list that a question asks for, or undefined. Where the question says how many there are, a list that declares
 * (or, undeclared, has) another number is never it; otherwise the best evidence must lie in the list or in what
 * introduces it. Among several, the one whose introduction meets the question best.
 */
export async function chooseList(
  { aspects, retrieval, evidence }: Findings,
  { embedder, table }: RetrievalParts,
): Promise<TextList | undefined> {
  const articles = new Set(evidence.slice(0, POINTING_EVIDENCE).map(({ article }) => article));
  const lists = [...articles].flatMap(findLists).filter((list) => {
    if (aspects.count === undefined) return holds(list, evidence[0]!);
    return (list.declared ?? list.items.length) === aspects.count;
  });
  if (lists.length <= 1) return lists[0];
  const leads = lists.map(({ article, lead }) => embedder.tokenize(article.text.slice(lead.start, lead.end)));
  await table.load(leads.flat());
  const { matcher, weights } = retrieval.query;
  const scores = leads.map((ids) => weightedMean(matcher.bestMatches(ids), weights));
  return lists[scores.indexOf(Math.max(...scores))];
}

function holds({ article, lead, span }: TextList, evidence: Evidence): boolean {
  return (
    evidence.article.id === article.id && evidence.span.start >= lead.start && evidence.span.end <= span.end
  );
}
