import { createHash } from "node:crypto";
import { messageOf } from "../errors.ts";
import { hashArticle } from "../index/manifest.ts";
import type { Answer, Article, ArticleId } from "../types.ts";
import { type DatasetQuery, locateEvidence, readDataset, readDistractors } from "./dataset.ts";
import { type Figures, figuresOf, type Outcome } from "./figures.ts";
import { intervalsOf } from "./intervals.ts";

/** Something that can be asked: an assistant over one index. */
export interface OpenSubject {
  /** Name of the program's own articles; undefined where the dataset brought them. */
  readonly corpus?: string;
  readonly articles: readonly Article[];
  /** How many passages it searches. */
  readonly passages: number;
  /** Name of its embedding model. */
  readonly model: string;
  readonly modelFingerprint: string;
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
  /** Does it differ from the commit? */
  readonly modified: boolean;
  /** Opens a subject over these articles, or over those the program has. */
  readonly openSubject: (
    articles: readonly Article[] | undefined,
    onProgress: ReportProgress,
  ) => Promise<OpenSubject>;
  readonly onProgress: ReportProgress;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** Figures on a dataset in groups, and beside these, in no group, what they were measured on. */
export interface EvaluationReport extends Figures {
  readonly dataset: string;
  readonly distractors?: string;
  /** Where the articles are from: the dataset, or the folder of the program's own. */
  readonly corpus: string;
  /** Sixteen hex digits over their ids and all in them that is searched. */
  readonly corpusFingerprint: string;
  readonly articles: number;
  readonly passages: number;
  readonly model: string;
  readonly modelFingerprint: string;
  readonly commit: string | null;
  readonly modified: boolean;
  /** Of the figures, by name: "answers.first". */
  readonly intervals: ReturnType<typeof intervalsOf>;
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
  const { commit, modified, onProgress, now } = options;
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
    const { articles, passages, model, modelFingerprint } = subject;
    return {
      dataset: dataset.name,
      ...(distractors === undefined ? {} : { distractors: distractors.name }),
      corpus: subject.corpus ?? dataset.name,
      corpusFingerprint: hashCorpus(articles),
      articles: articles.length,
      passages,
      model,
      modelFingerprint,
      commit,
      modified,
      ...figuresOf(outcomes),
      intervals: intervalsOf(outcomes),
      failed: failures.length,
      ...(failures[0] === undefined ? {} : { firstFailure: failures[0] }),
    };
  } finally {
    await subject.close();
  }
}

function hashCorpus(articles: readonly Article[]): string {
  const hashes = articles.map((article) => JSON.stringify([article.id, hashArticle(article)])).sort();
  return createHash("sha256").update(hashes.join("\n")).digest("hex").slice(0, 16);
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
