import { countScripts } from "../analysis/script.ts";
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
import { HNSW_SETTINGS, loadHnswlib, makeVectors, setVector, type Vectors, writeHnsw } from "./vectors.ts";

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
    const { dimensions } = embedder;
    const vectors = makeVectors(spans.length, dimensions);
    const missing = copyKnown(previous, embedder, keys, vectors);
    for (let start = 0; start < missing.length; start += PROGRESS_STEP) {
      const batch = missing.slice(start, start + PROGRESS_STEP);
      const embedded = await embedder.embed(
        batch.map((passage) => searchTexts[passage]!),
        "passage",
      );
      for (const [i, passage] of batch.entries()) setVector(vectors, passage, embedded[i]!);
      onProgress(start + batch.length, missing.length);
    }
    const data = encodeData({
      spans: Uint32Array.from(spans.flat()),
      lexical: buildLexicalData(eachTerms(searchTexts)),
      tokens: joinLists(searchTexts.map((text) => [...new Set(embedder.tokenize(text))])),
      vectors,
    });
    const content = {
      fingerprint,
      model: { name: embedder.name, fingerprint: embedder.fingerprint, dimensions },
      passages: spans.length,
      articles: articles.map(({ id }, i) => ({ id, hash: hashes[i]!, passages: passagesOf[i]!.length })),
      scripts: countScripts(articles.map(({ text }) => text).join("\n")),
    };
    const writeGraph = lib && ((path: string) => writeHnsw(lib, vectors, dimensions, path));
    await writeBuild(indexDir, content, data, writeGraph);
    return { ...report, embeddedArticles: new Set(missing.map((passage) => spans[passage]![0])).size };
  });
}

/** One text after another: the terms of 100,000 passages at once would take a gigabyte. */
function* eachTerms(texts: readonly string[]): Generator<string[]> {
  for (const text of texts) yield extractTerms(text);
}

async function readPrevious(indexDir: string): Promise<StoredBuild | undefined> {
  // A damaged or foreign build only means that every article is embedded again.
  return readBuildInForce(indexDir).catch(() => undefined);
}

/**
 * Copies the vectors that the build before has for these keys, where the same model made them, and gives the passages
 * whose are missing.
 */
function copyKnown(
  previous: StoredBuild | undefined,
  { fingerprint, dimensions }: Embedder,
  keys: readonly string[],
  vectors: Vectors,
): number[] {
  if (previous?.manifest.model.fingerprint !== fingerprint) return [...keys.keys()];
  const { articles } = previous.manifest;
  const { spans, vectors: before } = decodeData(previous.files);
  const rows = new Map<string, number>();
  for (let row = 0; row * 3 < spans.length; row++) {
    const [article, start, end] = spans.subarray(row * 3, row * 3 + 3) as unknown as [number, number, number];
    rows.set(contentKey(articles[article]!.hash, start, end), row);
  }
  return [...keys.keys()].filter((passage) => {
    const row = rows.get(keys[passage]!);
    if (row === undefined) return true;
    const numbers = before.numbers.subarray(row * dimensions, (row + 1) * dimensions);
    vectors.numbers.set(numbers, passage * dimensions);
    vectors.scales[passage] = before.scales[row]!;
    return false;
  });
}

/** Equal for two passages that are searched by the same text: an article's hash covers its title. */
function contentKey(articleHash: string, start: number, end: number): string {
  return `${articleHash} ${start} ${end}`;
}
