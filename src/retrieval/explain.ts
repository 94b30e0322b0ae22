import type { ArticleId } from "../types.ts";
import type { Retrieval, RetrievalParts } from "./retrieve.ts";

/** A question word and the passage word that meets it best. */
export interface WordMatch {
  readonly question: string;
  readonly passage: string;
  /** Cosine of the two, 0 to 1. */
  readonly similarity: number;
}

export interface ExplainedHit {
  readonly articleId: ArticleId;
  readonly title: string;
  readonly passage: string;
  /** Fused score; comparable within one question only. */
  readonly score: number;
  readonly lexical: number;
  readonly cosine: number;
  readonly rerank: number;
  readonly matches: readonly WordMatch[];
}

export interface Explanation {
  readonly question: string;
  /** What the lexical index was asked for. */
  readonly terms: readonly string[];
  /** Whether lexical scores count: only where the question shares a script with the corpus. */
  readonly sharesScript: boolean;
  readonly hits: readonly ExplainedHit[];
}

/** Hits that are explained. */
const EXPLAINED_HITS = 5;
/** Weaker matches say nothing. */
const MIN_SIMILARITY = 0.3;

/** Says for the first hits which scores placed them and which question words met which passage words. */
export function explainHits({ query, hits }: Retrieval, { index, embedder }: RetrievalParts): Explanation {
  const questionPieces = embedder.pieces(query.tokens);
  const explain = (hit: Retrieval["hits"][number]): ExplainedHit => {
    const ids = [...index.tokensOf(index.numberOf(hit.passage))];
    const pieces = embedder.pieces(ids);
    const bests = query.matcher.bestMatches(ids);
    const cosines = ids.map((id) => query.matcher.bestMatches([id]));
    const matches = query.tokens.flatMap((_, t) => {
      const similarity = bests[t]!;
      if (query.weights[t] === 0 || similarity < MIN_SIMILARITY) return [];
      const at = cosines.findIndex((row) => row[t] === similarity);
      return [{ question: questionPieces[t]!, passage: pieces[at]!, similarity }];
    });
    const { articleId, text } = hit.passage;
    const { lexical, cosine, rerank } = hit.scores;
    const title = index.articles.get(articleId)!.title;
    const named = matches.filter(({ question }) => question.trim() !== "");
    return { articleId, title, passage: text, score: hit.score, lexical, cosine, rerank, matches: named };
  };
  const { text: question, terms, sharesScript } = query;
  return { question, terms, sharesScript, hits: hits.slice(0, EXPLAINED_HITS).map(explain) };
}
