import { foldForComparison } from "../analysis/fold.ts";
import type { Article } from "../types.ts";
import type { DatasetQuery } from "./dataset.ts";

/**
 * The queries with the articles whose text, title or authors hold their evidence as the relevant ones: none where no
 * article does, so that such a question counts as not found. Queries without evidence stay as they are.
 */
export function locateEvidence(
  queries: readonly DatasetQuery[],
  articles: readonly Article[],
): readonly DatasetQuery[] {
  const folded = articles.map(({ id, text, title, authors }) => ({
    id,
    fields: [text, title, authors.join("、")].map(foldForComparison),
  }));
  return queries.map((query) => {
    if (query.evidence === undefined) return query;
    const evidence = foldForComparison(query.evidence);
    const holding = folded.filter(({ fields }) => fields.some((field) => field.includes(evidence)));
    return { ...query, relevant: new Set(holding.map(({ id }) => id)) };
  });
}
