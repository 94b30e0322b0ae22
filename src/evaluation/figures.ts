import type { Answer, ArticleId } from "../types.ts";
import type { DatasetQuery } from "./dataset.ts";
import { judge, type Verdict } from "./gold.ts";
import { judgeList } from "./gold-list.ts";
import {
  expectedCalibrationError,
  mean,
  ndcgAt,
  type Prediction,
  percentile,
  recallAt,
  reciprocalRankAt,
  shareOf,
} from "./metrics.ts";

/** What came of one question. */
export interface Outcome {
  readonly query: DatasetQuery;
  /** Null where asking failed. */
  readonly answer: Answer | null;
  /** Distinct, best first; empty where asking failed. */
  readonly ranked: readonly ArticleId[];
  /** How long the answer took; null where asking failed. */
  readonly latencyMs: number | null;
}

/** A share from 0 to 1, a length or a time; null where the dataset cannot tell. */
export type Figure = number | null;

/** Over the queries whose relevant articles are known. */
export type RetrievalFigures = Readonly<
  Record<"recall@1" | "recall@5" | "recall@10" | "mrr@10" | "ndcg@10", Figure>
>;

/** Shares of the answerable queries whose right answer is known; lengths in UTF-16 units, of answered ones. */
export type AnswerFigures = Readonly<Record<"first" | "hit" | "meanFirstChars" | "meanChars", Figure>>;

/** Shares of the answerable that were not answered, and of the others that were refused; a failure is never right. */
export type RefusalFigures = Readonly<Record<"falseRefusal" | "correctRefusal", Figure>>;

/**
 * Shares of the queries whose right list is known: with its items alone right, with `declared` and `complete` alone
 * right, with all of these; and with a part of the list passed off as the whole.
 */
export type ListFigures = Readonly<Record<"exact" | "items" | "completeness" | "silentlyIncomplete", Figure>>;

/** Figures on some questions; other programs rely on their names. */
export interface Figures {
  readonly queries: number;
  /** Null where no query's relevant articles are known. */
  readonly retrieval: RetrievalFigures | null;
  /** By BCP 47 tag, where the relevant articles are known. */
  readonly byLanguage: Readonly<Record<string, RetrievalFigures>>;
  readonly answers: AnswerFigures;
  readonly answersByLanguage: Readonly<Record<string, AnswerFigures & RefusalFigures>>;
  /** By the dataset's own words, where it has them: "fact", "meta". */
  readonly answersByKind: Readonly<Record<string, AnswerFigures & RefusalFigures>>;
  /** Of the questions that thresholds may be set with, "tune", and of the others, "test". */
  readonly answersBySplit: Readonly<Record<string, AnswerFigures & RefusalFigures>>;
  readonly refusal: RefusalFigures;
  /** Null where no query's right list is known. */
  readonly lists: ListFigures | null;
  readonly listsByLanguage: Readonly<Record<string, ListFigures>>;
  /** How far confidence is from the share of right answers; of what could be judged and did not fail. */
  readonly calibration: Readonly<Record<"ece", Figure>>;
  readonly latencyMs: Readonly<Record<"p50" | "p95" | "p99", Figure>>;
}

/** All figures on some outcomes; languages, kinds and splits in the order in which they first occur. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const times = outcomes.flatMap(({ latencyMs }) => latencyMs ?? []);
  return {
    queries: outcomes.length,
    retrieval: retrievalFigures(outcomes),
    byLanguage: Object.fromEntries(
      groupsBy(outcomes, "language").flatMap(([language, group]) => {
        const figures = retrievalFigures(group);
        return figures ? [[language, figures]] : [];
      }),
    ),
    answers: answerFigures(outcomes),
    answersByLanguage: answersBy(outcomes, "language"),
    answersByKind: answersBy(outcomes, "kind"),
    answersBySplit: answersBy(outcomes, "split"),
    refusal: refusalFigures(outcomes),
    lists: listFigures(outcomes),
    listsByLanguage: Object.fromEntries(
      groupsBy(outcomes, "language").flatMap(([language, group]) => {
        const figures = listFigures(group);
        return figures ? [[language, figures]] : [];
      }),
    ),
    calibration: { ece: expectedCalibrationError(outcomes.flatMap(predictionOf)) },
    latencyMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) },
  };
}

function groupsBy(
  outcomes: readonly Outcome[],
  field: "language" | "kind" | "split",
): readonly (readonly [string, readonly Outcome[]])[] {
  const values = [...new Set(outcomes.flatMap(({ query }) => query[field] ?? []))];
  return values.map((value) => [value, outcomes.filter(({ query }) => query[field] === value)]);
}

function answersBy(
  ...by: Parameters<typeof groupsBy>
): Readonly<Record<string, AnswerFigures & RefusalFigures>> {
  return Object.fromEntries(
    groupsBy(...by).map(([value, group]) => [value, { ...answerFigures(group), ...refusalFigures(group) }]),
  );
}

function retrievalFigures(outcomes: readonly Outcome[]): RetrievalFigures | null {
  const judged = outcomes.flatMap(({ query: { relevant }, ranked }) =>
    relevant ? [{ relevant, ranked }] : [],
  );
  if (judged.length === 0) return null;
  const over = (metric: typeof recallAt, k: number) =>
    mean(judged.map(({ ranked, relevant }) => metric(ranked, relevant, k)));
  return {
    "recall@1": over(recallAt, 1),
    "recall@5": over(recallAt, 5),
    "recall@10": over(recallAt, 10),
    "mrr@10": over(reciprocalRankAt, 10),
    "ndcg@10": over(ndcgAt, 10),
  };
}

function answerFigures(outcomes: readonly Outcome[]): AnswerFigures {
  const judged = outcomes.flatMap((outcome) => verdictOf(outcome) ?? []);
  const quotes = outcomes.flatMap(({ query, answer }) =>
    query.answerable && answer?.kind === "answered" ? [answer.quotes.map(({ text }) => text.length)] : [],
  );
  return {
    first: shareOf(judged, ({ first }) => first),
    hit: shareOf(judged, ({ hit }) => hit),
    meanFirstChars: mean(quotes.map(([first = 0]) => first)),
    meanChars: mean(quotes.map((lengths) => lengths.reduce((sum, length) => sum + length, 0))),
  };
}

function refusalFigures(outcomes: readonly Outcome[]): RefusalFigures {
  const answerable = outcomes.filter(({ query }) => query.answerable);
  const unanswerable = outcomes.filter(({ query }) => !query.answerable);
  return {
    falseRefusal: shareOf(answerable, ({ answer }) => answer?.kind !== "answered"),
    correctRefusal: shareOf(unanswerable, ({ answer }) => answer?.kind === "not-found"),
  };
}

function listFigures(outcomes: readonly Outcome[]): ListFigures | null {
  const verdicts = outcomes.flatMap(({ query: { list }, answer }) =>
    list === undefined ? [] : [answer === null ? undefined : judgeList(answer, list)],
  );
  if (verdicts.length === 0) return null;
  return {
    exact: shareOf(verdicts, (verdict) => (verdict?.items && verdict.completeness) ?? false),
    items: shareOf(verdicts, (verdict) => verdict?.items ?? false),
    completeness: shareOf(verdicts, (verdict) => verdict?.completeness ?? false),
    silentlyIncomplete: shareOf(verdicts, (verdict) => verdict?.silentlyIncomplete ?? false),
  };
}

/** The confidence of an answer that can be judged; nothing for any other. */
export function predictionOf(outcome: Outcome): Prediction[] {
  const verdict = outcome.query.answerable ? verdictOf(outcome) : { hit: false };
  return outcome.answer && verdict ? [{ confidence: outcome.answer.confidence, right: verdict.hit }] : [];
}

/** Several figures need a verdict, and folding the texts for it takes longer than all the rest. */
const verdicts = new WeakMap<Outcome, Verdict>();

/** Null where the right answer is not known. */
function verdictOf(outcome: Outcome): Verdict | null {
  const { query, answer } = outcome;
  if (query.gold === null) return null;
  const known = verdicts.get(outcome);
  if (known) return known;
  const verdict = answer === null ? { first: false, hit: false } : judge(answer, query.gold);
  verdicts.set(outcome, verdict);
  return verdict;
}
