import { detectLanguage } from "../analysis/language.ts";
import type { ScriptCounts } from "../analysis/script.ts";
import { makePassage } from "../chunking/passages.ts";
import { AppError, messageOf } from "../errors.ts";
import type { Article, ArticleId, Passage } from "../types.ts";
import { readBuildInForce, type StoredBuild } from "./build-folder.ts";
import { decodeData, type IndexData } from "./data.ts";
import { loadHnswlib, openHnsw } from "./hnsw.ts";
import { type LexicalIndex, openLexicalIndex } from "./lexical.ts";
import { listAt } from "./lists.ts";
import { hashArticle, type Manifest, refusal } from "./manifest.ts";
import { readSpare, restrictBuild } from "./spare-build.ts";
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
  /** Only where the build in force is damaged, and another one answers as far as its articles are unchanged. */
  readonly damage?: IndexDamage;
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

export interface IndexDamage {
  /** What is wrong with the build in force, and what mends it. */
  readonly reason: string;
  /** How many articles are in no answer. */
  readonly missing: number;
}

export interface OpenOptions {
  readonly articles: readonly Article[];
  readonly indexDir: string;
  /** The embedder in use: an index made with another one is refused. */
  readonly embedder: { readonly name: string; readonly fingerprint: string };
}

/**
 * Opens the build in force after verifying it; where it is damaged or in another format, what a whole build beside it
 * has of the articles. Throws an AppError naming the command that mends it where there is no index, where nothing whole
 * is left, or where it was made from other articles or with another model.
 */
export async function openIndex(options: OpenOptions): Promise<SearchIndex> {
  const opened = await readBuildInForce(options.indexDir).then(
    (build) => openBuild(options, build),
    (damage: unknown) => openSpare(options, damage),
  );
  return makeIndex(opened);
}

/** What an opened index is made of. */
interface Opened extends Pick<SearchIndex, "fingerprint" | "scripts" | "damage"> {
  readonly data: IndexData;
  /** As the passages refer to them. */
  readonly articles: readonly Article[];
  readonly dimensions: number;
  readonly graph: string | undefined;
}

function openBuild({ articles, indexDir, embedder }: OpenOptions, build: StoredBuild | undefined): Opened {
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
  const byId = new Map<string, Article>(articles.map((article) => [article.id, article]));
  return {
    fingerprint,
    scripts,
    data: decodeData(build.files),
    articles: indexed.map(({ id }) => byId.get(id)!),
    dimensions: model.dimensions,
    graph: build.graph,
  };
}

/** Throws the damage where no whole build has any of the articles. */
async function openSpare({ articles, indexDir, embedder }: OpenOptions, damage: unknown): Promise<Opened> {
  const build = await readSpare(indexDir, embedder.fingerprint, articles.map(hashArticle));
  if (build === undefined) throw damage;
  const { fingerprint, scripts, model } = build.manifest;
  const part = restrictBuild(build, articles);
  const missing = articles.length - part.articles.length;
  return {
    fingerprint,
    scripts,
    ...part,
    dimensions: model.dimensions,
    graph: undefined,
    damage: { reason: messageOf(damage), missing },
  };
}

async function makeIndex(opened: Opened): Promise<SearchIndex> {
  const { data, articles: byNumber, graph, dimensions, ...about } = opened;
  const { spans, lexical, tokens, vectors, labels } = data;
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
    lib && graph !== undefined
      ? openHnsw(lib, dimensions, graph, labels, size)
      : openExact(vectors, dimensions);
  return {
    ...about,
    articles: new Map(byNumber.map((article) => [article.id, article])),
    size,
    passage,
    lexical: openLexicalIndex(lexical),
    search: nearest.kind,
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
