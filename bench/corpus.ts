import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { splitSentences } from "../src/analysis/sentences.ts";
import { splitIntoPassages } from "../src/chunking/passages.ts";
import { paragraphSpans } from "../src/corpus/article-file.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import {
  type DatasetQuery,
  locateEvidence,
  readDataset,
  readDistractors,
} from "../src/evaluation/dataset.ts";
import { searchTextOf } from "../src/index/build.ts";
import type { Article, ArticleId } from "../src/types.ts";
import type { Material } from "./peer.ts";

/** One question whose article is known. */
export interface Question {
  readonly text: string;
  /** Set and language, by which figures are given. */
  readonly group: string;
  readonly relevant: readonly string[];
}

/** Questions, and the articles to fill sizes with: first those that answer them, then others of their sets, then mass. */
export interface Source {
  readonly questions: readonly Question[];
  readonly articles: readonly Article[];
  /** Sentences that articles are made of where all of the above are not enough. */
  readonly sentences: readonly string[];
}

const LANGUAGES = new Set(["zh", "en", "und"]);
const SENTENCES_PER_ARTICLE = 12;

/**
 * Reads the datasets (those that hold questions alone are asked of the shipped articles) and the mass beside them. Of
 * each set and language, Chinese and English, at most `perGroup` questions are taken, spread evenly.
 */
export async function readSource(
  root: string,
  datasets: readonly string[],
  passagesFile: string | undefined,
  perGroup: number,
): Promise<Source> {
  const shipped = (await readCorpus(join(root, "corpus"))).articles;
  const questions: Question[] = [];
  const evidence: string[] = [];
  const own = new Map<ArticleId, Article>();
  for (const folder of datasets) {
    const { name, articles = shipped, queries } = await readDataset(folder);
    const inSet = (id: string) => `${name}/${id}` as ArticleId;
    for (const article of articles) own.set(inSet(article.id), { ...article, id: inSet(article.id) });
    evidence.push(...queries.flatMap((query) => query.evidence ?? []));
    const judged = locateEvidence(queries, articles).filter(
      ({ relevant, language }) => relevant !== null && relevant.size > 0 && LANGUAGES.has(language),
    );
    for (const group of new Set(judged.map(({ language }) => language))) {
      const toQuestion = ({ text, relevant }: DatasetQuery): Question => ({
        text,
        group: `${name} ${group}`,
        relevant: [...relevant!].map(inSet),
      });
      const members = judged.filter(({ language }) => language === group);
      questions.push(...spread(members, perGroup).map(toQuestion));
    }
  }
  const answering = new Set(questions.flatMap(({ relevant }) => relevant as ArticleId[]));
  const mass = passagesFile === undefined ? [] : await readMass(passagesFile);
  const sentences = (mass.length > 0 ? mass : shipped).flatMap(({ text }) =>
    splitSentences(text).map(({ start, end }) => text.slice(start, end)),
  );
  return {
    questions,
    articles: [
      ...[...answering].map((id) => own.get(id)!),
      ...[...own.values()].filter(({ id }) => !answering.has(id)),
      ...mass,
    ],
    // A random article that holds the evidence would be as right as the one that is asked for.
    sentences: sentences.filter(
      (text) => !evidence.some((part) => text.includes(part) || part.includes(text)),
    ),
  };
}

/** The first articles of `source` that come to `size` passages, at least those that answer its questions. */
export function materialOf({ questions, articles, sentences }: Source, size: number): Material {
  const answering = new Set(questions.flatMap(({ relevant }) => relevant)).size;
  const chosen: Article[] = [];
  const passages: Material["passages"][number][] = [];
  for (const article of withoutEnd(articles, sentences)) {
    if (passages.length >= size && chosen.length >= answering) break;
    chosen.push(article);
    for (const passage of splitIntoPassages(article)) {
      passages.push({ id: passage.id, articleId: article.id, text: searchTextOf(article, passage) });
    }
  }
  return { articles: chosen, passages };
}

/** The articles, then ever more of random sentences, the same in every run. */
function* withoutEnd(articles: readonly Article[], sentences: readonly string[]): Generator<Article> {
  yield* articles;
  let state = 1;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let i = 0; ; i++) {
    const pick = () => sentences[Math.floor(random() * sentences.length)]!;
    const text = Array.from({ length: SENTENCES_PER_ARTICLE }, pick).join("");
    const id = `random/${i}` as ArticleId;
    yield {
      id,
      collection: "",
      title: "",
      authors: [],
      source: "random",
      text,
      paragraphs: paragraphSpans(text),
    };
  }
}

/** The articles of any file in the form of a corpus.jsonl, which a dataset's reader looks for under that name. */
async function readMass(file: string): Promise<readonly Article[]> {
  if (basename(file) === "corpus.jsonl") return (await readDistractors(dirname(file))).articles;
  const folder = await mkdtemp(join(tmpdir(), "wenbao-bench-"));
  try {
    await symlink(resolve(file), join(folder, "corpus.jsonl"));
    return (await readDistractors(folder)).articles;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** At most `count` of the items, spread evenly over all. */
function spread<T>(items: readonly T[], count: number): T[] {
  const share = Math.min(1, count / items.length);
  return items.filter((_, i) => Math.floor(i * share) !== Math.floor((i + 1) * share));
}
