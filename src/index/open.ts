import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { countScripts, type ScriptCounts } from "../analysis/script.ts";
import { AppError } from "../errors.ts";
import type { Article, ArticleId, Passage, PassageId } from "../types.ts";
import { readFloat32, readUint32 } from "./arrays.ts";
import { type LexicalIndex, openLexicalIndex } from "./lexical.ts";
import { currentBuild, damaged, hashArticle, type Manifest, readVerifiedManifest } from "./manifest.ts";
import { readSpans } from "./spans.ts";
import { dotRow, loadHnswlib, type Neighbor, openExact, openHnsw } from "./vectors.ts";

/** An opened index: passages by number, and the ways to find them. */
export interface SearchIndex {
  readonly fingerprint: string;
  readonly articles: ReadonlyMap<ArticleId, Article>;
  readonly passages: readonly Passage[];
  readonly lexical: LexicalIndex;
  /** How vectors are searched: "exact" where HNSW is not available. */
  readonly search: "hnsw" | "exact";
  /** Letters of the passages by script. */
  readonly scripts: ScriptCounts;
  /** The `k` passages nearest to a vector of length 1. */
  nearest(vector: Float32Array, k: number): Neighbor[];
  /** Cosine of a passage's vector with a vector of length 1. */
  cosine(passage: number, vector: Float32Array): number;
  /** Number of a passage of this index. */
  numberOf(id: PassageId): number;
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
  const folder = await currentBuild(indexDir);
  if (folder === undefined)
    throw new AppError(`There is no index in ${indexDir}. Run "npm run index" to build it.`);
  const manifest = await readVerifiedManifest(folder, indexDir);
  refuseMismatch(manifest, articles, indexDir, embedder);

  const { dimensions } = manifest.model;
  const vectors = await readFloat32(join(folder, "vectors.bin"));
  const byNumber = orderArticles(manifest, articles);
  const passages = readPassages(await readSpans(folder), byNumber);
  if (vectors.length !== passages.length * dimensions)
    throw damaged(indexDir, "its vectors do not fit its passages");
  const terms = z.array(z.string()).parse(JSON.parse(await readFile(join(folder, "terms.json"), "utf8")));
  const lexical = openLexicalIndex(
    sliceLexical(terms, await readUint32(join(folder, "postings.bin")), passages.length),
  );
  const tokens = await readUint32(join(folder, "tokens.bin"));
  const offsets = tokens.subarray(0, passages.length + 1);
  const ids = tokens.subarray(passages.length + 1);
  const frequencies = new Map<number, number>();
  for (const id of ids) frequencies.set(id, (frequencies.get(id) ?? 0) + 1);

  const numbers = new Map(passages.map(({ id }, number) => [id, number]));

  const lib = "hnsw.bin" in manifest.files ? loadHnswlib() : undefined;
  const nearest = lib ? openHnsw(lib, dimensions, join(folder, "hnsw.bin")) : openExact(vectors, dimensions);
  return {
    fingerprint: manifest.fingerprint,
    articles: new Map(byNumber.map((article) => [article.id, article])),
    passages,
    lexical,
    search: nearest.kind,
    scripts: countScripts(byNumber.map(({ text }) => text).join("\n")),
    nearest: nearest.search,
    cosine: (passage, vector) => dotRow(vectors, passage, vector),
    numberOf: (id) => numbers.get(id)!,
    tokensOf: (passage) => ids.subarray(offsets[passage], offsets[passage + 1]),
    tokenFrequency: (id) => frequencies.get(id) ?? 0,
  };
}

function refuseMismatch(
  manifest: Manifest,
  articles: readonly Article[],
  indexDir: string,
  embedder: OpenOptions["embedder"],
): void {
  if (manifest.model.fingerprint !== embedder.fingerprint) {
    throw new AppError(
      `The index in ${indexDir} was built with another model (${manifest.model.name}) than the one in use (${embedder.name}). Run "npm run index".`,
    );
  }
  const indexed = new Map<string, string>(manifest.articles.map(({ id, hash }) => [id, hash]));
  const known = articles.filter(({ id }) => indexed.has(id));
  const differences = [
    [articles.length - known.length, "new"],
    [known.filter((article) => indexed.get(article.id) !== hashArticle(article)).length, "changed"],
    [indexed.size - known.length, "removed"],
  ] as const;
  const counts = differences.filter(([amount]) => amount > 0).map((difference) => difference.join(" "));
  if (counts.length > 0) {
    throw new AppError(
      `The index in ${indexDir} does not fit the corpus (articles: ${counts.join(", ")}). Run "npm run index".`,
    );
  }
}

function orderArticles(manifest: Manifest, articles: readonly Article[]): Article[] {
  const byId = new Map<string, Article>(articles.map((article) => [article.id, article]));
  return manifest.articles.map(({ id }) => byId.get(id)!);
}

function readPassages(spans: Awaited<ReturnType<typeof readSpans>>, articles: readonly Article[]): Passage[] {
  const ordinals = new Map<ArticleId, number>();
  return spans.map(([number, start, end]) => {
    const article = articles[number]!;
    const ordinal = ordinals.get(article.id) ?? 0;
    ordinals.set(article.id, ordinal + 1);
    return {
      id: `${article.id}#${ordinal}` as PassageId,
      articleId: article.id,
      ordinal,
      span: { start, end },
      text: article.text.slice(start, end),
    };
  });
}

function sliceLexical(terms: string[], numbers: Uint32Array, passages: number) {
  const postings = (numbers.length - (terms.length + 1) - passages) / 2;
  const cut = (start: number, length: number) => numbers.subarray(start, start + length);
  const offsetsEnd = terms.length + 1;
  return {
    terms,
    offsets: cut(0, offsetsEnd),
    passages: cut(offsetsEnd, postings),
    counts: cut(offsetsEnd + postings, postings),
    lengths: cut(offsetsEnd + 2 * postings, passages),
  };
}
