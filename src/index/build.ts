import { extractTerms } from "../analysis/terms.ts";
import { type ChunkingSettings, DEFAULT_CHUNKING, splitIntoPassages } from "../chunking/passages.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Article, Passage } from "../types.ts";
import { readBuildInForce, type StoredBuild, writeBuild } from "./build-folder.ts";
import { decodeData, encodeData } from "./data.ts";
import { buildLexicalData } from "./lexical.ts";
import { joinLists } from "./lists.ts";
import { withLock } from "./lock.ts";
import { fingerprintOf, hashArticle } from "./manifest.ts";
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
}

/** Passages embedded between two reports of progress. */
const PROGRESS_STEP = 64;

/** What a passage is searched by: its article's title gives it the names that its own text only refers to. */
export function searchTextOf(article: Article, passage: Passage): string {
  return article.title === "" ? passage.text : `${article.title}\n${passage.text}`;
}

/**
 * Builds the index of `articles` in a new folder below `indexDir` and makes it the one in force; the build before is
 * left untouched until then and removed after. Vectors of unchanged articles are taken over from it. Throws an
 * AppError where it cannot be written or another process is building it.
 */
export async function buildIndex(options: BuildOptions): Promise<BuildReport> {
  const { articles, indexDir, embedder, chunking = DEFAULT_CHUNKING, onProgress = () => {} } = options;
  const hashes = articles.map(hashArticle);
  const settings = { model: embedder.fingerprint, chunking, hnsw: HNSW_SETTINGS };
  const fingerprint = fingerprintOf({ ...settings, articles: articles.map(({ id }, i) => [id, hashes[i]]) });
  const passagesOf = articles.map((article) => splitIntoPassages(article, chunking));
  const spans = passagesOf.flatMap((list, i) => list.map(({ span }) => [i, span.start, span.end] as const));
  const report = { fingerprint, articles: articles.length, passages: spans.length };

  const lib = loadHnswlib();
  const previous = await readPrevious(indexDir);
  const isInForce = previous?.manifest.fingerprint === fingerprint && (!lib || previous.graph !== undefined);
  if (isInForce) return { ...report, embeddedArticles: 0 };

  return withLock(indexDir, async () => {
    const searchTexts = articles.flatMap((article, i) =>
      passagesOf[i]!.map((passage) => searchTextOf(article, passage)),
    );
    const keys = spans.map(([article, start, end]) => contentKey(hashes[article]!, start, end));
    const known = knownVectors(previous, embedder);
    const { dimensions } = embedder;
    const vectors = new Float32Array(spans.length * dimensions);
    const missing: number[] = [];
    for (const [passage, key] of keys.entries()) {
      const vector = known.get(key);
      if (vector) vectors.set(vector, passage * dimensions);
      else missing.push(passage);
    }
    for (let start = 0; start < missing.length; start += PROGRESS_STEP) {
      const batch = missing.slice(start, start + PROGRESS_STEP);
      const embedded = await embedder.embed(
        batch.map((passage) => searchTexts[passage]!),
        "passage",
      );
      for (const [i, passage] of batch.entries()) vectors.set(embedded[i]!, passage * dimensions);
      onProgress(start + batch.length, missing.length);
    }
    const data = encodeData({
      spans,
      lexical: buildLexicalData(searchTexts.map(extractTerms)),
      tokens: joinLists(searchTexts.map((text) => [...new Set(embedder.tokenize(text))])),
      vectors,
    });
    const content = {
      fingerprint,
      model: { name: embedder.name, fingerprint: embedder.fingerprint, dimensions },
      passages: spans.length,
      articles: articles.map(({ id }, i) => ({ id, hash: hashes[i]!, passages: passagesOf[i]!.length })),
    };
    const writeGraph = lib && ((path: string) => writeHnsw(lib, vectors, dimensions, path));
    await writeBuild(indexDir, content, data, writeGraph);
    return { ...report, embeddedArticles: new Set(missing.map((passage) => spans[passage]![0])).size };
  });
}

async function readPrevious(indexDir: string): Promise<StoredBuild | undefined> {
  // A damaged or foreign build only means that every article is embedded again.
  return readBuildInForce(indexDir).catch(() => undefined);
}

/** Vectors of the build before by what they were made from, where the same model made them. */
function knownVectors(
  previous: StoredBuild | undefined,
  { fingerprint, dimensions }: Embedder,
): ReadonlyMap<string, Float32Array> {
  if (previous?.manifest.model.fingerprint !== fingerprint) return new Map();
  const { articles } = previous.manifest;
  const { spans, vectors } = decodeData(previous.files);
  return new Map(
    spans.map(([article, start, end], passage) => [
      contentKey(articles[article]!.hash, start, end),
      vectors.subarray(passage * dimensions, (passage + 1) * dimensions),
    ]),
  );
}

/** Equal for two passages that are searched by the same text: an article's hash covers its title. */
function contentKey(articleHash: string, start: number, end: number): string {
  return `${articleHash} ${start} ${end}`;
}
