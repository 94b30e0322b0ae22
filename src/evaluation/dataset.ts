import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { articleId, cleanText } from "../corpus/article-file.ts";
import { AppError } from "../errors.ts";
import type { Article, ArticleId, Span } from "../types.ts";
import { malformedLine, readJsonRows, readRows, refuseRepeatedIds } from "./dataset-files.ts";
import type { Gold } from "./gold.ts";

/** One question and what is known about its answer. */
export interface DatasetQuery {
  readonly text: string;
  /** BCP 47; "und" where the dataset does not say. */
  readonly language: string;
  /** False where the right answer is that nothing answers. */
  readonly answerable: boolean;
  /** What a right answer holds; null where the dataset does not say, and for what is not answerable. */
  readonly gold: Gold | null;
  /** Ids of the articles that answer, whether or not they are in the corpus; null where the dataset does not say. */
  readonly relevant: ReadonlySet<ArticleId> | null;
  /** Verbatim, where the dataset names a piece of text in place of article ids. */
  readonly evidence?: string;
  readonly kind?: string;
  readonly split?: string;
}

export interface Dataset {
  /** The folder's own name. */
  readonly name: string;
  /** Undefined where the questions are about the articles the program has. */
  readonly articles: readonly Article[] | undefined;
  readonly queries: readonly DatasetQuery[];
}

const spelling = z.string().trim().min(1);
const documentRow = z.object({ _id: z.string().min(1), title: z.string().default(""), text: z.string() });
const queryRow = z.object({
  _id: z.string().min(1),
  text: spelling,
  lang: z.string().min(1).default("und"),
  answers: z.array(spelling).default([]),
  parts: z.array(z.array(spelling).min(1)).default([]),
  answerable: z.boolean().default(true),
});
const questionRow = z
  .object({
    question: spelling,
    lang: z.string().min(1).default("und"),
    article: z.int().positive().nullable(),
    evidence: spelling.nullable(),
    keys: z.array(spelling).default([]),
    kind: z.string().min(1).optional(),
    split: z.enum(["tune", "test"]).optional(),
    /** Not answerable, yet about something the articles speak of: the hard ones. */
    near: z.boolean().default(false),
  })
  .refine(({ article, evidence }) => article === null || evidence !== null, {
    path: ["evidence"],
    message: "a question with an article needs evidence",
  });

/**
 * Reads a dataset folder: BEIR layout, or `questions.jsonl` alone. Throws AppError where a file is missing or a line
 * malformed. Evidence of `questions.jsonl` is yet to be located in the articles: `locateEvidence`.
 */
export async function readDataset(folder: string): Promise<Dataset> {
  const name = basename(resolve(folder));
  const articles = await readDocuments(folder, "");
  if (articles !== undefined) return { name, articles, queries: await readQueries(folder) };
  const questions = await readJsonRows(join(folder, "questions.jsonl"), questionRow);
  if (questions === undefined) {
    throw new AppError(`${folder} is not a dataset: it holds neither corpus.jsonl nor questions.jsonl.`);
  }
  return { name, articles: undefined, queries: questions.map(({ value }) => toQuestion(value)) };
}

/** The `corpus.jsonl` of another dataset, under ids of its own. Throws AppError where it has none. */
export async function readDistractors(
  folder: string,
): Promise<{ readonly name: string; readonly articles: readonly Article[] }> {
  const articles = await readDocuments(folder, "distractors");
  if (articles === undefined) throw new AppError(`${folder} has no corpus.jsonl to take distractors from.`);
  return { name: basename(resolve(folder)), articles };
}

async function readDocuments(folder: string, group: string): Promise<Article[] | undefined> {
  const path = join(folder, "corpus.jsonl");
  const rows = await readJsonRows(path, documentRow);
  if (rows === undefined) return undefined;
  refuseRepeatedIds(path, rows);
  const source = basename(resolve(folder));
  return rows.map(({ value }): Article => {
    const text = cleanText(value.text);
    const title = cleanText(value.title);
    const paragraphs = paragraphLines(text);
    return { id: articleId(group, value._id), collection: "", title, authors: [], source, text, paragraphs };
  });
}

async function readQueries(folder: string): Promise<DatasetQuery[]> {
  const path = join(folder, "queries.jsonl");
  const rows = await readJsonRows(path, queryRow);
  if (rows === undefined) throw new AppError(`${folder} has a corpus.jsonl but no queries.jsonl to ask.`);
  refuseRepeatedIds(path, rows);
  const relevant = await readJudgements(join(folder, "qrels", "test.tsv"));
  return rows.map(({ value: { _id, text, lang, answers, parts, answerable } }) => {
    const spellings: Gold = { kind: "any", ways: answers.map((answer) => [answer]) };
    const gold: Gold = parts.length > 0 ? { kind: "parts", parts } : spellings;
    return {
      text,
      language: lang,
      answerable,
      gold: answerable && answers.length + parts.length > 0 ? gold : null,
      relevant: (answerable && relevant.get(_id)) || null,
    };
  });
}

/** Relevant articles by query id; a line scored 0 says that an article is not relevant. */
async function readJudgements(path: string): Promise<Map<string, Set<ArticleId>>> {
  const relevant = new Map<string, Set<ArticleId>>();
  for (const { number, value } of (await readRows(path)) ?? []) {
    const [query, article, score, ...rest] = value.split("\t").map((cell) => cell.trim());
    if (number === 1 && query === "query-id") continue;
    if (!query || !article || !/^-?\d+(\.\d+)?$/.test(score ?? "") || rest.length > 0) {
      throw malformedLine(path, number, 'not "query-id", "corpus-id" and a number with tabs between them');
    }
    if (Number(score) <= 0) continue;
    relevant.set(query, (relevant.get(query) ?? new Set()).add(articleId("", article)));
  }
  return relevant;
}

function toQuestion(row: z.output<typeof questionRow>): DatasetQuery {
  const { question, lang, article, evidence, keys, kind, split, near } = row;
  const ways = [evidence === null ? [] : [evidence], keys].filter(({ length }) => length > 0);
  return {
    text: question,
    language: lang,
    answerable: article !== null,
    gold: article === null ? null : { kind: "any", ways },
    relevant: null,
    ...(article === null || evidence === null ? {} : { evidence }),
    ...(kind === undefined ? {} : { kind: near ? `${kind}-near` : kind }),
    ...(split === undefined ? {} : { split }),
  };
}

/** One span a line that is not blank, without the white space around it. */
function paragraphLines(text: string): Span[] {
  return [...text.matchAll(/\S(?:.*\S)?/g)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
}
