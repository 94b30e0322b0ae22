import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { foldForComparison } from "../analysis/fold.ts";
import { articleId, cleanText } from "../corpus/article-file.ts";
import { AppError } from "../errors.ts";
import type { Article, ArticleId, Span } from "../types.ts";
import type { Gold } from "./gold.ts";
import type { GoldList } from "./gold-list.ts";
import { readRecords, readRows } from "./rows.ts";

/** One question and what is known about its answer. */
export interface DatasetQuery {
  readonly text: string;
  /** BCP 47; "und" where the dataset does not say. */
  readonly language: string;
  /** False where the right answer is that nothing answers. */
  readonly answerable: boolean;
  /** What a right answer holds; null where the dataset does not say, and for what is not answerable. */
  readonly gold: Gold | null;
  /** The list that a right answer gives, where the dataset says that one is asked for. */
  readonly list?: GoldList | undefined;
  /** Ids of the articles that answer, whether or not they are in the corpus; null where the dataset does not say. */
  readonly relevant: ReadonlySet<ArticleId> | null;
  /** Verbatim, where the dataset names a piece of text in place of article ids. */
  readonly evidence?: string | undefined;
  readonly kind?: string | undefined;
  readonly split?: string | undefined;
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
  list: z
    .object({
      items: z.array(spelling).min(1),
      declared: z.int().positive().nullable(),
      complete: z.boolean(),
    })
    .optional(),
  split: z.enum(["tune", "test"]).optional(),
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
  const questions = await readRecords(join(folder, "questions.jsonl"), questionRow);
  if (questions === undefined) {
    throw new AppError(`${folder} is not a dataset: it holds neither corpus.jsonl nor questions.jsonl.`);
  }
  return { name, articles: undefined, queries: questions.map(toQuery) };
}

/** The `corpus.jsonl` of another dataset, under ids of its own. Throws AppError where it has none. */
export async function readDistractors(
  folder: string,
): Promise<{ readonly name: string; readonly articles: readonly Article[] }> {
  const articles = await readDocuments(folder, "distractors");
  if (articles === undefined) throw new AppError(`${folder} has no corpus.jsonl to take distractors from.`);
  return { name: basename(resolve(folder)), articles };
}

/**
 * The queries with the articles whose text, title or authors hold their evidence as the relevant ones: none where no
 * article does, so that such a question counts as not found. Queries without evidence stay as they are.
 */
export function locateEvidence(
  queries: readonly DatasetQuery[],
  articles: readonly Article[],
): readonly DatasetQuery[] {
  const folded = articles.map(({ id, text, title, authors }) => ({
    id,
    fields: [text, title, authors.join("、")].map(foldForComparison),
  }));
  return queries.map((query) => {
    if (query.evidence === undefined) return query;
    const evidence = foldForComparison(query.evidence);
    const holding = folded.filter(({ fields }) => fields.some((field) => field.includes(evidence)));
    return { ...query, relevant: new Set(holding.map(({ id }) => id)) };
  });
}

async function readDocuments(folder: string, collection: string): Promise<Article[] | undefined> {
  const documents = await readRecords(join(folder, "corpus.jsonl"), documentRow);
  const source = basename(resolve(folder));
  return documents?.map((document): Article => {
    const text = cleanText(document.text);
    const title = cleanText(document.title);
    const id = articleId(collection, document._id);
    return { id, collection: "", title, authors: [], source, text, paragraphs: paragraphLines(text) };
  });
}

async function readQueries(folder: string): Promise<DatasetQuery[]> {
  const rows = await readRecords(join(folder, "queries.jsonl"), queryRow);
  if (rows === undefined) throw new AppError(`${folder} has a corpus.jsonl but no queries.jsonl to ask.`);
  const relevant = await readJudgements(join(folder, "qrels", "test.tsv"));
  return rows.map(({ _id, text, lang, answers, parts, answerable, list, split }) => {
    const spellings: Gold = { kind: "any", ways: answers.map((answer) => [answer]) };
    const gold: Gold = parts.length > 0 ? { kind: "parts", parts } : spellings;
    return {
      text,
      language: lang,
      answerable,
      gold: answerable && answers.length + parts.length > 0 ? gold : null,
      relevant: (answerable && relevant.get(_id)) || null,
      ...(answerable && list !== undefined ? { list } : {}),
      ...(split === undefined ? {} : { split }),
    };
  });
}

/** Relevant articles by query id; a line scored 0 says that an article is not relevant. */
async function readJudgements(path: string): Promise<Map<string, Set<ArticleId>>> {
  const relevant = new Map<string, Set<ArticleId>>();
  for (const [i, { line, refuse }] of ((await readRows(path)) ?? []).entries()) {
    const [query, article, score, ...rest] = line.split("\t").map((cell) => cell.trim());
    if (i === 0 && query === "query-id") continue;
    if (!query || !article || !/^-?\d+(\.\d+)?$/.test(score ?? "") || rest.length > 0)
      throw refuse('not "query-id", "corpus-id" and a number with tabs between them');
    if (Number(score) <= 0) continue;
    relevant.set(query, (relevant.get(query) ?? new Set()).add(articleId("", article)));
  }
  return relevant;
}

function toQuery(row: z.output<typeof questionRow>): DatasetQuery {
  const { question, lang, article, evidence, keys, kind, split, near } = row;
  const answerable = article !== null;
  const ways = [evidence === null ? [] : [evidence], keys].filter(({ length }) => length > 0);
  return {
    text: question,
    language: lang,
    answerable,
    gold: answerable ? { kind: "any", ways } : null,
    relevant: null,
    evidence: answerable ? (evidence ?? undefined) : undefined,
    kind: kind && near ? `${kind}-near` : kind,
    split,
  };
}

/** One span a line that is not blank, without the white space around it. */
function paragraphLines(text: string): Span[] {
  return [...text.matchAll(/\S(?:.*\S)?/g)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
}
