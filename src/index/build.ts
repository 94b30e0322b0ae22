import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extractTerms } from "../analysis/terms.ts";
import { type ChunkingSettings, DEFAULT_CHUNKING, splitIntoPassages } from "../chunking/passages.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { AppError, messageOf } from "../errors.ts";
import type { Article, Passage } from "../types.ts";
import { concatenate, readFloat32, writeArray } from "./arrays.ts";
import { buildLexicalData } from "./lexical.ts";
import {
  currentBuild,
  fingerprintOf,
  hashArticle,
  MANIFEST,
  type Manifest,
  type ManifestContent,
  pointTo,
  readVerifiedManifest,
  writeManifest,
} from "./manifest.ts";
import { readSpans, SPANS_FILE } from "./spans.ts";
import { HNSW_SETTINGS, loadHnswlib, writeHnsw } from "./vectors.ts";

export interface BuildOptions {
  readonly articles: readonly Article[];
  readonly indexDir: string;
  readonly embedder: Embedder;
  readonly chunking?: ChunkingSettings;
  /** Told how many of how many passages have their vector. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface BuildReport {
  readonly fingerprint: string;
  readonly articles: number;
  readonly passages: number;
  /** Articles that had to be embedded; the others' vectors were taken from the build before. */
  readonly embeddedArticles: number;
  /** False where the build in force was already this one. */
  readonly changed: boolean;
  /** "exact" where hnswlib-node could not be compiled on this machine. */
  readonly search: "hnsw" | "exact";
}

/** Passages embedded between two reports of progress. */
const PROGRESS_STEP = 64;

/** What a passage is searched by: its article's title gives it the names that its own text only refers to. */
export function searchTextOf(article: Article, passage: Passage): string {
  return article.title === "" ? passage.text : `${article.title}\n${passage.text}`;
}

/**
 * Builds the index of `articles` in a new folder below `indexDir` and makes it the one in force; the build before is
 * left untouched until then and removed after. Vectors of unchanged articles are taken over from it.
 */
export async function buildIndex(options: BuildOptions): Promise<BuildReport> {
  const { articles, indexDir, embedder, chunking = DEFAULT_CHUNKING } = options;
  const hashes = articles.map(hashArticle);
  const settings = { model: embedder.fingerprint, chunking, hnsw: HNSW_SETTINGS };
  const fingerprint = fingerprintOf({ ...settings, articles: articles.map(({ id }, i) => [id, hashes[i]]) });
  const passagesOf = articles.map((article) => splitIntoPassages(article, chunking));
  const total = passagesOf.reduce((sum, list) => sum + list.length, 0);
  const lib = loadHnswlib();
  const report = {
    fingerprint,
    articles: articles.length,
    passages: total,
    search: lib ? "hnsw" : "exact",
  } as const;

  const previous = await openPrevious(indexDir);
  const complete =
    previous?.manifest.fingerprint === fingerprint && (!lib || "hnsw.bin" in previous.manifest.files);
  if (complete) return { ...report, embeddedArticles: 0, changed: false };

  const { vectors, embeddedArticles } = await embedAll(options, hashes, passagesOf, previous);
  const searchTexts = articles.flatMap((article, i) =>
    passagesOf[i]!.map((passage) => searchTextOf(article, passage)),
  );
  const lexical = buildLexicalData(searchTexts.map(extractTerms));
  const tokens = concatenate(searchTexts.map((text) => [...new Set(embedder.tokenize(text))]));
  const spans = passagesOf.flatMap((list, i) => list.map(({ span }) => [i, span.start, span.end]));

  const work = join(indexDir, `${fingerprint}.${process.pid}.tmp`);
  try {
    await mkdir(work, { recursive: true });
    const postings = [lexical.offsets, lexical.passages, lexical.counts, lexical.lengths];
    await writeFile(join(work, SPANS_FILE), JSON.stringify(spans));
    await writeFile(join(work, "terms.json"), JSON.stringify(lexical.terms));
    await writeArray(join(work, "postings.bin"), concatenate(postings).values);
    await writeArray(join(work, "tokens.bin"), concatenate([tokens.offsets, tokens.values]).values);
    await writeArray(join(work, "vectors.bin"), vectors);
    if (lib) writeHnsw(lib, vectors, embedder.dimensions, join(work, "hnsw.bin"));
    const names = [SPANS_FILE, "terms.json", "postings.bin", "tokens.bin", "vectors.bin"];
    const { name, fingerprint: modelFingerprint, dimensions } = embedder;
    const manifest: ManifestContent = {
      format: 1,
      fingerprint,
      model: { name, fingerprint: modelFingerprint, dimensions },
      passages: total,
      articles: articles.map(({ id }, i) => ({ id, hash: hashes[i]!, passages: passagesOf[i]!.length })),
    };
    await writeManifest(work, manifest, lib ? [...names, "hnsw.bin"] : names);
    await rm(join(indexDir, fingerprint), { recursive: true, force: true });
    await rename(work, join(indexDir, fingerprint));
    await pointTo(indexDir, fingerprint);
  } catch (cause) {
    // What cannot be removed must not hide what went wrong.
    await rm(work, { recursive: true, force: true }).catch(() => undefined);
    throw new AppError(`The index could not be written to ${indexDir}: ${messageOf(cause)}.`, { cause });
  }
  await removeOtherBuilds(indexDir, fingerprint);
  return { ...report, embeddedArticles, changed: true };
}

interface PreviousBuild {
  readonly manifest: Manifest;
  readonly folder: string;
}

async function openPrevious(indexDir: string): Promise<PreviousBuild | undefined> {
  try {
    const folder = await currentBuild(indexDir);
    if (folder === undefined) return undefined;
    return { folder, manifest: await readVerifiedManifest(folder, indexDir) };
  } catch {
    // A damaged or foreign build only means that every article is embedded again.
    return undefined;
  }
}

async function embedAll(
  { articles, embedder, onProgress }: BuildOptions,
  hashes: readonly string[],
  passagesOf: readonly (readonly Passage[])[],
  previous: PreviousBuild | undefined,
): Promise<{ vectors: Float32Array; embeddedArticles: number }> {
  const { dimensions } = embedder;
  const known = await vectorsByContent(previous, embedder);
  const total = passagesOf.reduce((sum, list) => sum + list.length, 0);
  const vectors = new Float32Array(total * dimensions);
  const missing: { row: number; text: string }[] = [];
  let row = 0;
  let embeddedArticles = 0;
  articles.forEach((article, i) => {
    const spans = passagesOf[i]!.map(({ span }) => [span.start, span.end]);
    const reused = known.get(contentKey(hashes[i]!, spans));
    if (reused !== undefined) vectors.set(reused, row * dimensions);
    else {
      embeddedArticles++;
      passagesOf[i]!.forEach((passage, p) => {
        missing.push({ row: row + p, text: searchTextOf(article, passage) });
      });
    }
    row += passagesOf[i]!.length;
  });
  for (let start = 0; start < missing.length; start += PROGRESS_STEP) {
    const batch = missing.slice(start, start + PROGRESS_STEP);
    const embedded = await embedder.embed(batch.map(({ text }) => text));
    batch.forEach((entry, i) => {
      vectors.set(embedded[i]!, entry.row * dimensions);
    });
    onProgress?.(start + batch.length, missing.length);
  }
  return { vectors, embeddedArticles };
}

/** Vectors of the articles in the build before, where the same model made them. */
async function vectorsByContent(
  previous: PreviousBuild | undefined,
  embedder: Embedder,
): Promise<Map<string, Float32Array>> {
  const known = new Map<string, Float32Array>();
  if (previous === undefined || previous.manifest.model.fingerprint !== embedder.fingerprint) return known;
  const vectors = await readFloat32(join(previous.folder, "vectors.bin"));
  const spans = (await readSpans(previous.folder)).map(([, start, end]) => [start, end]);
  let row = 0;
  for (const { hash, passages } of previous.manifest.articles) {
    const end = row + passages;
    const rows = vectors.subarray(row * embedder.dimensions, end * embedder.dimensions);
    known.set(contentKey(hash, spans.slice(row, end)), rows);
    row = end;
  }
  return known;
}

/** Equal for two articles that say the same and are cut into the same passages. */
function contentKey(hash: string, spans: readonly (readonly number[])[]): string {
  return `${hash} ${spans.join(" ")}`;
}

/** Builds that are no longer in force, and what killed ones left behind; whatever else lies there is the operator's. */
async function removeOtherBuilds(indexDir: string, fingerprint: string): Promise<void> {
  for (const name of await readdir(indexDir)) {
    const unfinished = /^([0-9a-f]{16}|current)\.\d+\.tmp$/.test(name);
    const finished =
      name !== fingerprint && /^[0-9a-f]{16}$/.test(name) && existsSync(join(indexDir, name, MANIFEST));
    if (unfinished || finished) await rm(join(indexDir, name), { recursive: true, force: true });
  }
}
