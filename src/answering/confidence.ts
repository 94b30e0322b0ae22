import { foldForSearch } from "../analysis/fold.ts";
import { shareMainScript } from "../analysis/script.ts";
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
  /** Natural logarithm of the number of passages, at most that of `MAX_SIZE`: more of them, more resemble by chance. */
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
  /** The articles tell of the subject. */
  readonly subject: Condition;
  /** They say of it what is asked. */
  readonly said: Condition;
  /** Log-odds of a right answer by the logarithms of the two probabilities. */
  readonly calibration: { readonly bias: number; readonly subject: number; readonly said: number };
}

/** By bench/fit-confidence.ts; the thresholds weigh false refusals against false answers. */
const SAME_LANGUAGE: Model = {
  subject: {
    bias: -2.24,
    weights: {
      nearby: 13.24,
      nearbyCoverage: -0.62,
      nearbyFresh: -4.99,
      nearbyFocus: -2.1,
      passage: 10.03,
      passageCosine: -0.25,
      missed: 0.78,
      worst: -1.22,
      margin: 0.26,
      size: -1.29,
      coverage: 6.39,
      evidence: -2.89,
    },
    threshold: 0.18,
  },
  said: {
    bias: -2.91,
    weights: {
      fresh: 8.48,
      contextFresh: -5.71,
      focus: -2.9,
      contextFocus: 1.8,
      nearbyFocus: 5.47,
      least: 1.67,
      nearbyLeast: -4,
      coverage: 1.97,
      cosine: -1.1,
      number: -0.34,
      quantity: 3.98,
      time: 1.76,
    },
    threshold: 0.2,
  },
  calibration: { bias: 2.63, subject: 2.09, said: 0.84 },
};
const CROSS_LANGUAGE: Model = {
  subject: {
    bias: 3.66,
    weights: {
      nearby: -2.09,
      nearbyFresh: 1.27,
      nearbyFocus: 1.05,
      passage: 4.5,
      passageCosine: -0.84,
      missed: -8.3,
      worst: -4.07,
      margin: 0.52,
      size: -1.1,
      evidence: 5.38,
      cosine: 3.55,
      length: 0.15,
    },
    threshold: 0.159,
  },
  said: {
    bias: -2.34,
    weights: {
      fresh: 6.23,
      contextFresh: -0.13,
      focus: 1.44,
      contextFocus: -2.45,
      nearbyFocus: 1.56,
      least: -1.4,
      nearbyLeast: 1.08,
      cosine: 0.51,
      number: 1.14,
      quantity: 2.43,
      time: 0.1,
    },
    threshold: 0.313,
  },
  calibration: { bias: 2.07, subject: 1.87, said: 0.94 },
};

/** Passages of the same article looked at before and after the evidence's own. */
const NEIGHBORHOOD = 4;
const MAX_MARGIN = 3;
const MAX_SIZE = 3000;
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
  const crosses = query.sharesLanguage && !shareMainScript(query.text, hit.passage.text);
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
    // Where a corpus is written in several scripts, passages are ranked by the weights of its own.
    passage: crosses
      ? weightedMean(query.matcher.bestMatches(index.tokensOf(number)), query.weights)
      : hit.scores.rerank,
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
    size: Math.log(Math.min(MAX_SIZE, index.passages.length)),
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
  const { subject, said, calibration } = sharesLanguage ? SAME_LANGUAGE : CROSS_LANGUAGE;
  const subjectIsThere = probabilityOf(subject, features);
  const isSaid = probabilityOf(said, features);
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
