import { foldForSearch } from "../analysis/fold.ts";
import { searchTextOf } from "../index/build.ts";
import { dotRow } from "../index/vectors.ts";
import type { Query } from "../retrieval/query.ts";
import { weightedMean } from "../retrieval/rerank.ts";
import type { Retrieval, RetrievalParts } from "../retrieval/retrieve.ts";
import type { Hit } from "../types.ts";
import type { Evidence } from "./evidence.ts";
import { focusWeights } from "./focus.ts";

/** What tells a question that is answered from one that only resembles. Shares are 0 to 1. */
export interface ConfidenceFeatures {
  /** Late interaction with the evidence's passage and its neighbours in the article, titles included. */
  readonly nearby: number;
  /** The same, counting only what the article's title or opening does not already say. */
  readonly nearbyFresh: number;
  /** The same, counting what stands near the question word. */
  readonly nearbyFocus: number;
  /** Share of the question's terms there, by their idf. */
  readonly nearbyCoverage: number;
  /** What the token that is missed most there would have counted for, as a share. */
  readonly missed: number;
  /** How far the three tokens that are met worst there are from being met. */
  readonly worst: number;
  /** The least that a token near the question word is met there, and in the evidence. */
  readonly nearbyLeast: number;
  readonly least: number;
  /** Late interaction with the evidence's passage. */
  readonly passage: number;
  /** Cosines of the pooled vectors of the question with those of passage and evidence, -1 to 1. */
  readonly passageCosine: number;
  readonly cosine: number;
  /** Late interaction with the evidence; of what its title does not say; of what stands near the question word. */
  readonly evidence: number;
  readonly fresh: number;
  readonly focus: number;
  /** The last two with the sentence before, which a pronoun may refer to. */
  readonly contextFresh: number;
  readonly contextFocus: number;
  readonly coverage: number;
  /** How much better it is than the best evidence of another article, at most `MAX_MARGIN`. */
  readonly margin: number;
  /** 1 where a number (one with a unit, a time) was asked for and is there, -1 where it is missing, else 0. */
  readonly number: number;
  readonly quantity: number;
  readonly time: number;
  /** Natural logarithm of the number of the question's pieces: one word meets something by chance. */
  readonly length: number;
  /** Natural logarithm of the number of passages: among more of them, more resemble by chance. */
  readonly size: number;
}

type Weights = Readonly<Partial<Record<keyof ConfidenceFeatures, number>>>;

/** A logistic regression, and the probability below which no answer is given. */
interface Condition {
  readonly bias: number;
  readonly weights: Weights;
  readonly threshold: number;
}

/** Two conditions, both of which an answer must meet, and how likely it then holds what was asked for. */
interface Model {
  /** Passages of the largest index it was fitted with: larger ones count as that. */
  readonly maxPassages: number;
  /** The articles tell of the subject. */
  readonly subject: Condition;
  /** They say of it what is asked. */
  readonly said: Condition;
  /** Log-odds of a right answer by the logarithms of the two probabilities. */
  readonly calibration: { readonly bias: number; readonly subject: number; readonly said: number };
}

/** By bench/fit-confidence.ts; the thresholds weigh false refusals against false answers. */
const SAME_LANGUAGE: Model = {
  maxPassages: 600,
  subject: {
    bias: -2.53,
    weights: {
      nearby: 14.25,
      nearbyCoverage: 0.7,
      nearbyFresh: -5.24,
      nearbyFocus: -2.05,
      passage: 9.22,
      passageCosine: -0.67,
      missed: 0.99,
      worst: -0.36,
      margin: -0.03,
      size: -1.31,
      coverage: 5.6,
      evidence: -2.3,
    },
    threshold: 0.21,
  },
  said: {
    bias: -3.33,
    weights: {
      fresh: 8.19,
      contextFresh: -5.82,
      focus: -5.38,
      contextFocus: 4.18,
      nearbyFocus: 5.57,
      least: 1.84,
      nearbyLeast: -3.6,
      coverage: 0.97,
      cosine: 0.38,
      number: -0.55,
      quantity: 4.05,
      time: -1.67,
    },
    threshold: 0.146,
  },
  calibration: { bias: 2.6, subject: 2.29, said: 0.67 },
};
const CROSS_LANGUAGE: Model = {
  maxPassages: 90,
  subject: {
    bias: 3.76,
    weights: {
      nearby: -2.5,
      nearbyFresh: 1.28,
      nearbyFocus: 1.18,
      passage: 5,
      passageCosine: -0.82,
      missed: -8.29,
      worst: -4,
      margin: 0.52,
      size: -1.15,
      evidence: 5.3,
      cosine: 3.62,
      length: 0.14,
    },
    threshold: 0.15,
  },
  said: {
    bias: -2.35,
    weights: {
      fresh: 5.41,
      contextFresh: 0.51,
      focus: 1.22,
      contextFocus: -1.68,
      nearbyFocus: 1.13,
      least: -1.5,
      nearbyLeast: 1.14,
      cosine: 0.63,
      number: 1.21,
      quantity: 2.15,
      time: 0.13,
    },
    threshold: 0.28,
  },
  calibration: { bias: 2.07, subject: 1.9, said: 0.9 },
};

/** Passages of the same article looked at before and after the evidence's own. */
const NEIGHBORHOOD = 4;
const MAX_MARGIN = 3;
/** What the sentence before counts for beside the evidence itself. */
const CONTEXT_SHARE = 0.9;
/** Tokens near the question word: those that count for at least this share of the one that counts most. */
const NEAR_SHARE = 0.4;

/** Of the best of some evidence, which must not be empty. */
export async function confidenceFeatures(
  { query }: Retrieval,
  evidence: readonly Evidence[],
  parts: RetrievalParts,
): Promise<ConfidenceFeatures> {
  const { index, embedder, table } = parts;
  const best = evidence[0]!;
  const { article, hit, features, matches, said } = best;
  const number = index.numberOf(hit.passage.id);
  const numbers: number[] = [];
  for (let p = number - NEIGHBORHOOD; p <= number + NEIGHBORHOOD; p++)
    if (index.passages[p]?.articleId === article.id) numbers.push(p);
  const ids = numbers.map((p) => index.tokensOf(p));
  await table.load(...ids);
  const around = numbers.map((_, i) => query.matcher.bestMatches(ids[i]!));
  const nearby = matches.map((_, t) => Math.max(...around.map((best) => best[t]!)));
  const text = foldForSearch(numbers.map((p) => searchTextOf(article, index.passages[p]!)).join("\n"));
  const terms = [...new Set(query.terms)];
  const before = evidence.find(
    (other) => other.article === article && [0, 1, 2, 3].includes(best.span.start - other.span.end),
  );
  const context = matches.map((match, t) => Math.max(match, CONTEXT_SHARE * (before?.matches[t] ?? 0)));
  const unsaid = query.weights.map((weight, t) => weight * (1 - said[t]!));
  const focus = focusWeights(query, embedder);
  const total = query.weights.reduce((sum, weight) => sum + weight, 0);
  const rival = evidence.find((other) => other.article !== article);
  return {
    nearby: weightedMean(nearby, query.weights),
    nearbyFresh: weightedMean(nearby, unsaid),
    nearbyFocus: weightedMean(nearby, focus),
    nearbyCoverage: weightedMean(
      terms.map((term) => (text.includes(term) ? 1 : 0)),
      terms.map((term) => index.lexical.inverseFrequency(term)),
    ),
    missed:
      total === 0 ? 0 : Math.max(...query.weights.map((weight, t) => weight * (1 - nearby[t]!))) / total,
    worst: worstOf(nearby),
    nearbyLeast: leastOf(nearby, focus),
    least: leastOf(matches, focus),
    passage: hit.scores.rerank,
    passageCosine: query.pooled === query.vector ? hit.scores.cosine : await pooledCosine(query, hit, parts),
    cosine: features.cosine,
    evidence: features.rerank,
    fresh: features.fresh,
    focus: features.focus,
    contextFresh: weightedMean(context, unsaid),
    contextFocus: weightedMean(context, focus),
    coverage: features.coverage,
    margin: rival === undefined ? MAX_MARGIN : Math.min(MAX_MARGIN, best.score - rival.score),
    number: features.number,
    quantity: features.quantity,
    time: features.time,
    length: Math.log(Math.max(1, query.tokens.length)),
    size: Math.log(Math.max(1, index.passages.length)),
  };
}

function worstOf(matches: Float32Array): number {
  const worst = [...matches].sort((a, b) => a - b).slice(0, 3);
  return worst.length === 0 ? 1 : 1 - worst.reduce((sum, match) => sum + match, 0) / worst.length;
}

/** 1 where nothing stands near a question word. */
function leastOf(matches: Float32Array, focus: Float32Array): number {
  const most = focus.reduce((max, weight) => Math.max(max, weight), 0);
  const near = [...matches].filter((_, t) => focus[t]! > NEAR_SHARE * most);
  return Math.min(1, ...near);
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

export interface Judgement {
  /** The probability that the evidence answers the question. */
  readonly confidence: number;
  /** Enough to quote an article's title or authors. */
  readonly tellsOfSubject: boolean;
  /** Enough to quote its text. */
  readonly isEnough: boolean;
}

/** Whether evidence with these features answers; `sharesLanguage` is the query's. */
export function judge(features: ConfidenceFeatures, sharesLanguage: boolean): Judgement {
  const { maxPassages, subject, said, calibration } = sharesLanguage ? SAME_LANGUAGE : CROSS_LANGUAGE;
  const known = { ...features, size: Math.min(features.size, Math.log(maxPassages)) };
  const subjectIsThere = probabilityOf(subject, known);
  const isSaid = probabilityOf(said, known);
  const logit =
    calibration.bias + calibration.subject * Math.log(subjectIsThere) + calibration.said * Math.log(isSaid);
  const tellsOfSubject = subjectIsThere >= subject.threshold;
  return {
    confidence: 1 / (1 + Math.exp(-logit)),
    tellsOfSubject,
    isEnough: tellsOfSubject && isSaid >= said.threshold,
  };
}

function probabilityOf({ bias, weights }: Condition, features: ConfidenceFeatures): number {
  let logit = bias;
  for (const [name, weight] of Object.entries(weights))
    logit += weight * features[name as keyof ConfidenceFeatures];
  return 1 / (1 + Math.exp(-logit));
}
