import { detectLanguage } from "../analysis/language.ts";
import type { ScriptCounts } from "../analysis/script.ts";
import { makePassage } from "../chunking/passages.ts";
import { AppError } from "../errors.ts";
import type { Article, ArticleId, Passage } from "../types.ts";
import { readBuildInForce } from "./build-folder.ts";
import { decodeData } from "./data.ts";
import { loadHnswlib, openHnsw } from "./hnsw.ts";
import { type LexicalIndex, openLexicalIndex } from "./lexical.ts";
import { listAt } from "./lists.ts";
import { hashArticle, type Manifest, refusal } from "./manifest.ts";
import { cosineAt, type Neighbor, openExact } from "./vectors.ts";

/** What is read to tell the language of the articles: enough for any, at once however many there are. */
const SAMPLED = 20;
const SAMPLE_CHARS = 300;

/** An opened index: passages by number from 0, and the ways to find them. */
export interface SearchIndex {
  readonly fingerprint: string;
  readonly articles: ReadonlyMap<ArticleId, Article>;
  /** How many passages there are. */
  readonly size: number;
  readonly lexical: LexicalIndex;
  /** How vectors are searched: "exact" where HNSW is not available. */
  readonly search: "hnsw" | "exact";
  /** Letters of the articles by script. */
  readonly scripts: ScriptCounts;
  /** BCP 47 tag of the language that most of the passages are in, "und" without passages. */
  readonly language: string;
  /** The `k` passages nearest to a vector of length 1. */
  nearest(vector: Float32Array, k: number): Neighbor[];
  /** Cosine of a passage's vector with a vector of length 1. */
  cosine(passage: number, vector: Float32Array): number;
  /** Made when it is asked for: 100,000 passages would take 30 MB. Undefined where there is none of that number. */
  passage(number: number): Passage | undefined;
  /** Number of a passage of this index. */
  numberOf(passage: Passage): number;
  /** Distinct piece ids of a passage's search text. */
  tokensOf(passage: number): Uint32Array;
  /** Passages whose search text holds the piece. */
  tokenFrequency(id: number): number;
}

export interface OpenOptions {
  readonly articles: readonly Article[];
  readonly indexDir: string;
  /** The embedder in use: an index made with another one is refused. */
  readonly embedder: { readonly name: string; readonly fingerprint: string };
}

/**
 * Opens the build in force after verifying it. Throws an AppError naming the command that mends it where there is no
 * index, where it is damaged, or where it was made from other articles or with another model.
 */
export async function openIndex({ articles, indexDir, embedder }: OpenOptions): Promise<SearchIndex> {
  const build = await readBuildInForce(indexDir);
  if (build === undefined)
    throw new AppError(`There is no index in ${indexDir}. Run "npm run index" to build it.`);
  const { model, articles: indexed, fingerprint, scripts } = build.manifest;
  if (model.fingerprint !== embedder.fingerprint)
    throw refusal(
      indexDir,
      model.name === embedder.name
        ? `was built with another version of the model ${model.name} than the one in use`
        : `was built with another model (${model.name}) than the one in use (${embedder.name})`,
    );
  const differences = describeDifferences(build.manifest, articles);
  if (differences !== "") throw refusal(indexDir, `does not fit the corpus (articles: ${differences})`);

  const { spans, lexical, tokens, vectors, labels } = decodeData(build.files);
  const byId = new Map<string, Article>(articles.map((article) => [article.id, article]));
  const byNumber = indexed.map(({ id }) => byId.get(id)!);
  const size = spans.length / 3;
  // An article's passages follow each other.
  const firsts = new Map<ArticleId, number>();
  for (let number = size - 1; number >= 0; number--) firsts.set(byNumber[spans[number * 3]!]!.id, number);
  const passage = (number: number): Passage | undefined => {
    const article = byNumber[spans[number * 3] ?? -1];
    if (article === undefined) return undefined;
    const span = { start: spans[number * 3 + 1]!, end: spans[number * 3 + 2]! };
    return makePassage(article, number - firsts.get(article.id)!, span);
  };
  const frequencies = countEach(tokens.values);
  const lib = loadHnswlib();
  const nearest =
    lib && build.graph !== undefined
      ? openHnsw(lib, model.dimensions, build.graph, labels, size)
      : openExact(vectors, model.dimensions);
  return {
    fingerprint,
    articles: new Map(byNumber.map((article) => [article.id, article])),
    size,
    passage,
    lexical: openLexicalIndex(lexical),
    search: nearest.kind,
    scripts,
    language: await detectLanguage(
      sample(byNumber)
        .map(({ text }) => text.slice(0, SAMPLE_CHARS))
        .join("\n"),
    ),
    nearest: nearest.search,
    cosine: (number, vector) => cosineAt(vectors, number, vector),
    numberOf: ({ articleId, ordinal }) => firsts.get(articleId)! + ordinal,
    tokensOf: (number) => listAt(tokens, number),
    tokenFrequency: (id) => frequencies[id] ?? 0,
  };
}

/** How often each number stands in `numbers`, up to the largest. */
function countEach(numbers: Uint32Array): Uint32Array {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) if (numbers[i]! > largest) largest = numbers[i]!;
  const counts = new Uint32Array(largest + 1);
  for (let i = 0; i < numbers.length; i++) counts[numbers[i]!]!++;
  return counts;
}

/** At most `SAMPLED` of the articles, spread over all of them. */
function sample(articles: readonly Article[]): Article[] {
  const step = Math.max(1, Math.ceil(articles.length / SAMPLED));
  return articles.filter((_, i) => i % step === 0);
}

/** "1 new, 2 removed"; empty where the articles are those of the manifest. */
function describeDifferences(manifest: Manifest, articles: readonly Article[]): string {
  const indexed = new Map<string, string>(manifest.articles.map(({ id, hash }) => [id, hash]));
  const known = articles.filter(({ id }) => indexed.has(id));
  const differences = [
    [articles.length - known.length, "new"],
    [known.filter((article) => indexed.get(article.id) !== hashArticle(article)).length, "changed"],
    [indexed.size - known.length, "removed"],
  ] as const;
  return differences
    .filter(([amount]) => amount > 0)
    .map((difference) => difference.join(" "))
    .join(", ");
}
