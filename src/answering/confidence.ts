import { searchTextOf } from "../index/build.ts";
import { dotRow } from "../index/vectors.ts";
import type { Query } from "../retrieval/query.ts";
import { weightedMean } from "../retrieval/rerank.ts";
import type { Retrieval, RetrievalParts } from "../retrieval/retrieve.ts";
import type { Hit } from "../types.ts";
import type { Evidence } from "./evidence.ts";

/** What tells a question that is answered from one that only resembles. */
export interface ConfidenceFeatures {
  /** Late interaction with the evidence's passage and its neighbours in the article, titles included; 0 to 1. */
  readonly article: number;
  /** Late interaction with the evidence itself, 0 to 1. */
  readonly evidence: number;
  /** Share of the question's terms in the evidence, by their idf; 0 to 1. */
  readonly coverage: number;
  /** Cosines of the pooled vectors of the question with those of passage and evidence, -1 to 1. */
  readonly passageCosine: number;
  readonly evidenceCosine: number;
  /** 1 where a number (a time) was asked for and is there, -1 where it is missing, 0 where none was asked for. */
  readonly number: number;
  readonly time: number;
  /** Natural logarithm of the number of the question's pieces: one word meets something by chance. */
  readonly length: number;
  /** Natural logarithm of the number of passages: among more of them, more resemble by chance. */
  readonly size: number;
}

interface Model {
  readonly bias: number;
  readonly weights: Readonly<Partial<Record<keyof ConfidenceFeatures, number>>>;
  /**
   * Below this probability no answer is given: of answerable questions one or two in a hundred fall below, and one in
   * ten of those in other languages than Chinese and English.
   */
  readonly threshold: number;
}

/** Logistic regressions by bench/fit-confidence.ts; the thresholds weigh false refusals against false answers. */
const SAME_LANGUAGE: Model = {
  bias: -4.34,
  weights: {
    article: 7.16,
    coverage: 4.33,
    passageCosine: 0.66,
    evidenceCosine: 2.56,
    time: 0.75,
    size: -0.48,
  },
  threshold: 0.1,
};
const CROSS_LANGUAGE: Model = {
  bias: -9.18,
  weights: {
    article: 4.8,
    evidence: 8.75,
    passageCosine: 2.19,
    evidenceCosine: 2.46,
    number: 0.95,
    time: 0.6,
    length: 1.34,
  },
  threshold: 0.16,
};

/** Passages of the same article looked at before and after the evidence's own. */
const NEIGHBORHOOD = 4;

export async function confidenceFeatures(
  { query }: Retrieval,
  { hit, features }: Evidence,
  parts: RetrievalParts,
): Promise<ConfidenceFeatures> {
  const { index, table } = parts;
  const number = index.numberOf(hit.passage.id);
  const nearby = new Set<number>();
  for (let p = number - NEIGHBORHOOD; p <= number + NEIGHBORHOOD; p++) {
    if (index.passages[p]?.articleId === hit.passage.articleId)
      for (const id of index.tokensOf(p)) nearby.add(id);
  }
  await table.load(nearby);
  return {
    article: weightedMean(query.matcher.bestMatches(nearby), query.weights),
    evidence: features.rerank,
    coverage: features.coverage,
    passageCosine: query.pooled === query.vector ? hit.scores.cosine : await pooledCosine(query, hit, parts),
    evidenceCosine: features.cosine,
    number: features.number,
    time: features.time,
    length: Math.log(Math.max(1, query.tokens.length)),
    size: Math.log(index.passages.length),
  };
}

/** The cosine that the regressions were fitted with, where candidates were found by another model's. */
async function pooledCosine(
  query: Query,
  { passage }: Hit,
  { index, embedder }: RetrievalParts,
): Promise<number> {
  const [pooled] = await embedder.pool([searchTextOf(index.articles.get(passage.articleId)!, passage)]);
  return dotRow(pooled!, 0, query.pooled);
}

/** The probability that the evidence answers the question, and whether that is enough to say so. */
export function judge(
  features: ConfidenceFeatures,
  sharesLanguage: boolean,
): { confidence: number; isEnough: boolean } {
  const { bias, weights, threshold } = sharesLanguage ? SAME_LANGUAGE : CROSS_LANGUAGE;
  let logit = bias;
  for (const [name, weight] of Object.entries(weights))
    logit += weight * features[name as keyof ConfidenceFeatures];
  const confidence = 1 / (1 + Math.exp(-logit));
  return { confidence, isEnough: confidence >= threshold };
}
