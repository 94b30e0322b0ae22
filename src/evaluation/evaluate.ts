import { messageOf } from "../errors.ts";
import type { Answer, Article, ArticleId } from "../types.ts";
import { type DatasetQuery, locateEvidence, readDataset, readDistractors } from "./dataset.ts";
import { type Figures, figuresOf, type Outcome } from "./figures.ts";

/** Something that can be asked: an assistant over one index. */
export interface OpenSubject {
  readonly articles: readonly Article[];
  /** How many passages it searches. */
  readonly passages: number;
  /** Name of its embedding model. */
  readonly model: string;
  /** Ids of distinct articles, best first: the first ten at least, where there are as many. */
  rank(question: string): Promise<readonly ArticleId[]>;
  ask(question: string): Promise<Answer>;
  close(): Promise<void>;
}

/** `done` of `total` are finished. */
type ReportProgress = (done: number, total: number) => void;

export interface EvaluationOptions {
  /** A dataset folder. */
  readonly dataset: string;
  /** Another one, whose documents are searched too. */
  readonly distractors?: string;
  /** What was measured, for the report; null where it is not known. */
  readonly commit: string | null;
  /** Opens a subject over these articles, or over those the program has. */
  readonly openSubject: (
    articles: readonly Article[] | undefined,
    onProgress: ReportProgress,
  ) => Promise<OpenSubject>;
  readonly onProgress: ReportProgress;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** Figures on a dataset, and what they were measured on. */
export interface EvaluationReport extends Figures {
  readonly dataset: string;
  readonly distractors?: string;
  readonly passages: number;
  readonly model: string;
  readonly commit: string | null;
  /** Questions that could not be asked: they count as not answered and nothing found. */
  readonly failed: number;
  /** Why the first of them could not be. */
  readonly firstFailure?: string;
}

/** Questions asked before the clock counts: the first ones load what later ones find loaded. */
const WARM_UP = 5;

/**
 * Asks every question of a dataset, one at a time, and measures ranking, answers, refusals, confidence and the time
 * of `ask`. Throws AppError for a malformed dataset.
 */
export async function evaluate(options: EvaluationOptions): Promise<EvaluationReport> {
  const { commit, onProgress, now } = options;
  const dataset = await readDataset(options.dataset);
  const distractors =
    options.distractors === undefined ? undefined : await readDistractors(options.distractors);
  const subject = await openWithDistractors(options, dataset.articles, distractors?.articles);
  try {
    const added = new Set(distractors?.articles.map(({ id }) => id));
    // A short piece of evidence may stand in a distractor too, which does not make it an answer.
    const own = subject.articles.filter(({ id }) => !added.has(id));
    const queries = locateEvidence(dataset.queries, own);
    for (const { text } of queries.slice(0, WARM_UP)) {
      // What fails here fails again below, where it is counted.
      await subject.ask(text).catch(() => undefined);
    }
    const outcomes: Outcome[] = [];
    const failures: string[] = [];
    for (const query of queries) {
      outcomes.push(await askOne(query, subject, now, failures));
      onProgress(outcomes.length, queries.length);
    }
    const { passages, model } = subject;
    return {
      dataset: dataset.name,
      ...(distractors === undefined ? {} : { distractors: distractors.name }),
      passages,
      model,
      commit,
      ...figuresOf(outcomes),
      failed: failures.length,
      ...(failures[0] === undefined ? {} : { firstFailure: failures[0] }),
    };
  } finally {
    await subject.close();
  }
}

/** The program's own articles are known only once a subject over them is open. */
async function openWithDistractors(
  { openSubject, onProgress }: EvaluationOptions,
  articles: readonly Article[] | undefined,
  distractors: readonly Article[] = [],
): Promise<OpenSubject> {
  if (articles !== undefined) return openSubject([...articles, ...distractors], onProgress);
  const subject = await openSubject(undefined, onProgress);
  if (distractors.length === 0) return subject;
  await subject.close();
  return openSubject([...subject.articles, ...distractors], onProgress);
}

/** Asked before it is ranked, so that the ranking warms nothing up for the answer. */
async function askOne(
  query: DatasetQuery,
  subject: OpenSubject,
  now: () => number,
  failures: string[],
): Promise<Outcome> {
  try {
    const start = now();
    const answer = await subject.ask(query.text);
    const latencyMs = now() - start;
    return { query, answer, latencyMs, ranked: await subject.rank(query.text) };
  } catch (error) {
    // One question that fails must not lose the figures of thousands; the report tells that it did.
    failures.push(messageOf(error));
    return { query, answer: null, latencyMs: null, ranked: [] };
  }
}
