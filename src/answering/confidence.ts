import { foldForSearch } from "../analysis/fold.ts";
import { searchTextOf } from "../index/build.ts";
import { dotRow } from "../index/vectors.ts";
import type { Query } from "../retrieval/query.ts";
import { weightedMean } from "../retrieval/rerank.ts";
import type { Retrieval, RetrievalParts } from "../retrieval/retrieve.ts";
import type { Hit, Passage } from "../types.ts";
import type { Evidence } from "./evidence.ts";
import { focusWeights } from "./focus.ts";
import { lacksNumber, numbersOf } from "./numbers.ts";
import { weigh } from "./weigh.ts";

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
  /** How well the three tokens that count most are met there. */
  readonly heaviest: number;
  /** How many of the question's numbers of several digits are missing there. */
  readonly missingNumbers: number;
  /** Late interaction with the evidence's passage. */
  readonly passage: number;
  /** How many standard deviations that lies above what passages of other articles reach. */
  readonly standout: number;
  /** ln(1 + BM25 of the passage). */
  readonly lexical: number;
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
  /** 1 for a question in neither Latin nor Chinese letters, whose languages the model knows less well. */
  readonly otherScript: number;
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

/**
 * By bench/fit-confidence.ts; the thresholds weigh false refusals against false answers. Many features tell much the
 * same, so that weights of either sign stand for what one tells beyond the others.
 */
const SAME_LANGUAGE: Model = {
  maxPassages: 600,
  subject: {
    bias: -1.49,
    weights: {
      nearby: 16.96,
      nearbyCoverage: -0.4,
      nearbyFresh: -5.42,
      nearbyFocus: -1.5,
      passage: 4.78,
      passageCosine: -0.78,
      missed: 0.97,
      worst: -1.59,
      margin: 0.05,
      size: -1.26,
      coverage: 4.7,
      evidence: -2.17,
      standout: 0.19,
      lexical: 0.26,
      missingNumbers: -3.06,
      heaviest: -1.74,
    },
    threshold: 0.2,
  },
  said: {
    bias: -2.22,
    weights: {
      fresh: 6.97,
      contextFresh: -5.13,
      focus: -7.02,
      contextFocus: 5.99,
      nearbyFocus: 2.56,
      least: 0.57,
      nearbyLeast: -1.25,
      coverage: 0.67,
      cosine: 1.15,
      number: -0.42,
      quantity: 1.6,
      time: -0.61,
      missingNumbers: -1.86,
    },
    threshold: 0.2,
  },
  calibration: { bias: 2.82, subject: 2.14, said: 1.14 },
};
const CROSS_LANGUAGE: Model = {
  maxPassages: 90,
  subject: {
    bias: 3.32,
    weights: {
      nearby: -4.12,
      nearbyFresh: 0.14,
      nearbyFocus: 0.96,
      passage: 2.58,
      passageCosine: -0.32,
      missed: -6.83,
      worst: -3.83,
      margin: 0.31,
      size: -0.79,
      evidence: 5.15,
      standout: 0.29,
      missingNumbers: -1.22,
      cosine: 3.62,
      length: 0.05,
      otherScript: 0.8,
    },
    threshold: 0.2,
  },
  said: {
    bias: -1.99,
    weights: {
      fresh: 1.09,
      contextFresh: 2.74,
      focus: 1.03,
      contextFocus: -0.66,
      nearbyFocus: 0.18,
      least: -2.44,
      nearbyLeast: 1.9,
      cosine: 1.92,
      number: 0.62,
      quantity: 0.7,
      time: -0.2,
      missingNumbers: -0.89,
      otherScript: 0.28,
    },
    threshold: 0.33,
  },
  calibration: { bias: 2.15, subject: 2.17, said: 0.9 },
};

/** Passages of the same article looked at before and after the evidence's own. */
const NEIGHBORHOOD = 4;
const MAX_MARGIN = 3;
/** Keeps a few passages that score alike from making any other stand out. */
const MIN_DEVIATION = 1e-3;
/** What the sentence before counts for beside the evidence itself. */
const CONTEXT_SHARE = 0.9;
/** Tokens near the question word: those that count for at least this share of the one that counts most. */
const NEAR_SHARE = 0.4;

/** Of the best of some evidence, which must not be empty. */
export async function confidenceFeatures(
  { query, hits }: Retrieval,
  evidence: readonly Evidence[],
  parts: RetrievalParts,
): Promise<ConfidenceFeatures> {
  const { index, embedder, table } = parts;
  const best = evidence[0]!;
  const { article, hit, features, matches, said } = best;
  const number = index.numberOf(hit.passage);
  const numbers: number[] = [];
  const passages: Passage[] = [];
  for (let p = number - NEIGHBORHOOD; p <= number + NEIGHBORHOOD; p++) {
    const passage = index.passage(p);
    if (passage?.articleId !== article.id) continue;
    numbers.push(p);
    passages.push(passage);
  }
  const ids = numbers.map((p) => index.tokensOf(p));
  await table.load(...ids);
  const around = numbers.map((_, i) => query.matcher.bestMatches(ids[i]!));
  const nearby = matches.map((_, t) => Math.max(...around.map((best) => best[t]!)));
  const text = foldForSearch(passages.map((passage) => searchTextOf(article, passage)).join("\n"));
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
    heaviest: heaviestOf(nearby, query.weights),
    missingNumbers: numbersOf(query.text).filter((number) => lacksNumber(text, number)).length,
    passage: hit.scores.rerank,
    standout: standoutOf(hit, hits),
    lexical: Math.log1p(hit.scores.lexical),
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
    size: Math.log(Math.max(1, index.size)),
    otherScript: /[^\P{L}\p{Script=Latin}\p{Script=Han}]/u.test(query.text) ? 1 : 0,
  };
}

function worstOf(matches: Float32Array): number {
  const worst = [...matches].sort((a, b) => a - b).slice(0, 3);
  return worst.length === 0 ? 1 : 1 - worst.reduce((sum, match) => sum + match, 0) / worst.length;
}

function heaviestOf(matches: Float32Array, weights: Float32Array): number {
  const tokens = [...matches].map((match, t) => ({ match, weight: weights[t]! }));
  const heaviest = tokens.sort((a, b) => b.weight - a.weight).slice(0, 3);
  return heaviest.reduce((sum, { match }) => sum + match, 0) / Math.max(1, heaviest.length);
}

function standoutOf(hit: Hit, hits: readonly Hit[]): number {
  const others = hits.filter(({ passage }) => passage.articleId !== hit.passage.articleId);
  const scores = others.map((other) => other.scores.rerank);
  const count = Math.max(1, scores.length);
  const mean = scores.reduce((sum, score) => sum + score, 0) / count;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / count;
  return (hit.scores.rerank - mean) / (Math.sqrt(variance) + MIN_DEVIATION);
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
  const confidence = 1 / (1 + Math.exp(-logit));
  const tellsOfSubject = subjectIsThere >= subject.threshold;
  const isEnough = tellsOfSubject && isSaid >= said.threshold;
  return { confidence: isEnough ? confidence : Math.min(confidence, isSaid), tellsOfSubject, isEnough };
}

function probabilityOf({ bias, weights }: Condition, features: ConfidenceFeatures): number {
  return 1 / (1 + Math.exp(-weigh(features, weights, bias)));
}
