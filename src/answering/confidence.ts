import { weightedMean } from "../retrieval/rerank.ts";
import type { Retrieval, RetrievalParts } from "../retrieval/retrieve.ts";
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
  /** Natural logarithm of the number of passages: among more of them, more resemble by chance. */
  readonly size: number;
}

interface Model {
  readonly bias: number;
  readonly weights: Readonly<Partial<Record<keyof ConfidenceFeatures, number>>>;
  /** Below this probability no answer is given: about one answerable question in twenty falls below. */
  readonly threshold: number;
}

/** Logistic regressions by bench/fit-confidence.ts; the thresholds weigh false refusals against false answers. */
const SAME_SCRIPT: Model = {
  bias: -3.55,
  weights: {
    article: 6.45,
    coverage: 4.09,
    passageCosine: 1.67,
    evidenceCosine: 2.15,
    time: 0.62,
    size: -0.45,
  },
  threshold: 0.15,
};
const CROSS_SCRIPT: Model = {
  bias: -4.94,
  weights: {
    article: 3.11,
    evidence: 9.59,
    passageCosine: 1.26,
    evidenceCosine: 3.74,
    number: 1.43,
    time: 0.76,
  },
  threshold: 0.36,
};

/** Passages of the same article looked at before and after the evidence's own. */
const NEIGHBORHOOD = 4;

export async function confidenceFeatures(
  { query }: Retrieval,
  { hit, features }: Evidence,
  { index, table }: RetrievalParts,
): Promise<ConfidenceFeatures> {
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
    passageCosine: hit.scores.cosine,
    evidenceCosine: features.cosine,
    number: features.number,
    time: features.time,
    size: Math.log(index.passages.length),
  };
}

/** The probability that the evidence answers the question, and whether that is enough to say so. */
export function judge(
  features: ConfidenceFeatures,
  sharesScript: boolean,
): { confidence: number; isEnough: boolean } {
  const { bias, weights, threshold } = sharesScript ? SAME_SCRIPT : CROSS_SCRIPT;
  let logit = bias;
  for (const [name, weight] of Object.entries(weights))
    logit += weight * features[name as keyof ConfidenceFeatures];
  const confidence = 1 / (1 + Math.exp(-logit));
  return { confidence, isEnough: confidence >= threshold };
}
