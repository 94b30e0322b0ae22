import { countScripts } from "../analysis/script.ts";
import { extractTerms } from "../analysis/terms.ts";
import { type ChunkingSettings, DEFAULT_CHUNKING, splitIntoPassages } from "../chunking/passages.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Article, Passage, Span } from "../types.ts";
import { readBuild, readBuildInForce, type StoredBuild } from "./build-folder.ts";
import { encodeData } from "./data.ts";
import { planGraphUpdate, planWholeGraph } from "./graph-plan.ts";
import { HNSW_SETTINGS, loadHnswlib, writeHnsw } from "./hnsw.ts";
import { findKept } from "./kept-passages.ts";
import { buildLexicalData } from "./lexical.ts";
import { updateLexicalData } from "./lexical-update.ts";
import { joinLists, listAt } from "./lists.ts";
import { isLocked, withLock } from "./lock.ts";
import { fingerprintOf, hashArticle } from "./manifest.ts";
import { readSpare } from "./spare-build.ts";
import { copyVectors, makeVectors, setVector } from "./vectors.ts";
import { findRemains, putInForce, removeRemains, writeBuild } from "./write-build.ts";

/** What a build needs of a model, which may compute elsewhere. */
export type BuildEmbedder = Pick<Embedder, "name" | "fingerprint" | "dimensions" | "embed"> & {
  readonly tokenize: (text: string) => number[] | Promise<number[]>;
};

export interface BuildOptions {
  readonly articles: readonly Article[];
  readonly indexDir: string;
  readonly embedder: BuildEmbedder;
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
export function searchTextOf(article: Article, passage: Pick<Passage, "text">): string {
  return article.title === "" ? passage.text : `${article.title}\n${passage.text}`;
}

/**
 * Builds the index of `articles` in a new folder below `indexDir` and makes it the one in force; the build before is
 * left untouched until then, and kept for when the new one is found damaged, unless it has an article that is gone.
 * Vectors of unchanged articles are taken over from it. Throws an AppError where it cannot be written or another process
 * is building it.
 */
export async function buildIndex(options: BuildOptions): Promise<BuildReport> {
  const { articles, indexDir, embedder, chunking = DEFAULT_CHUNKING, onProgress = () => {} } = options;
  const hashes = articles.map(hashArticle);
  const settings = { model: embedder.fingerprint, chunking, hnsw: HNSW_SETTINGS };
  const fingerprint = fingerprintOf({ ...settings, articles: articles.map(({ id }, i) => [id, hashes[i]]) });
  const report = { fingerprint, articles: articles.length };
  const lib = loadHnswlib();
  const isReady = (build: StoredBuild | undefined): build is StoredBuild =>
    build?.manifest.fingerprint === fingerprint && (!lib || build.graph !== undefined);
  const reportOn = ({ manifest }: StoredBuild): BuildReport => {
    return { ...report, passages: manifest.passages, embeddedArticles: 0 };
  };
  const before = await readInForce(indexDir);
  if (isReady(before)) {
    await tidy(indexDir, before);
    return reportOn(before);
  }

  return withLock(indexDir, async () => {
    // Another process may have built meanwhile, or been killed when all but the pointer was written.
    const inForce = await readInForce(indexDir);
    const ready = isReady(inForce) ? inForce : await readBuild(indexDir, fingerprint).catch(() => undefined);
    if (isReady(ready)) {
      if (ready !== inForce) await putInForce(indexDir, ready.name);
      await removeRemains(indexDir, ready);
      return reportOn(ready);
    }
    const previous = inForce ?? (await readSpare(indexDir, embedder.fingerprint, hashes));
    const kept = findKept(previous, embedder.fingerprint, chunking, hashes);
    const passages = articles.flatMap((article, i): PlannedPassage[] => {
      const same = kept?.articles[i];
      if (same) return same.spans.map((span, at) => ({ article, number: i, span, row: same.firstRow + at }));
      return splitIntoPassages(article, chunking).map(({ span }) => ({ article, number: i, span, row: -1 }));
    });
    const searchText = (passage: number) =>
      searchTextOf(passages[passage]!.article, textOf(passages[passage]!));
    const rows = Int32Array.from(passages, ({ row }) => row);
    const missing = [...rows.keys()].filter((passage) => rows[passage]! < 0);
    const { dimensions } = embedder;
    const vectors = kept
      ? copyVectors(kept.data.vectors, rows, dimensions)
      : makeVectors(rows.length, dimensions);
    const tokens: ArrayLike<number>[] = Array.from(rows, (row) =>
      kept && row >= 0 ? listAt(kept.data.tokens, row) : [],
    );
    for (let start = 0; start < missing.length; start += PROGRESS_STEP) {
      const batch = missing.slice(start, start + PROGRESS_STEP);
      const texts = batch.map(searchText);
      const [embedded, pieces] = await Promise.all([
        embedder.embed(texts, "passage"),
        Promise.all(texts.map(embedder.tokenize)),
      ]);
      for (const [i, passage] of batch.entries()) {
        setVector(vectors, passage, embedded[i]!);
        tokens[passage] = [...new Set(pieces[i])];
      }
      onProgress(start + batch.length, missing.length);
    }
    const graph = previous?.graph;
    const update =
      kept && graph !== undefined
        ? planGraphUpdate({ rows: kept.data.labels, changes: previous!.manifest.changes }, rows)
        : undefined;
    const plan = update ?? planWholeGraph(rows.length);
    const termsOf = (passage: number) => extractTerms(searchText(passage));
    const data = encodeData({
      spans: Uint32Array.from(passages.flatMap(({ number, span }) => [number, span.start, span.end])),
      lexical: kept
        ? updateLexicalData(kept.data.lexical, rows, termsOf)
        : buildLexicalData(eachTerms(rows.length, termsOf)),
      tokens: joinLists(tokens),
      vectors,
      labels: plan.rows,
    });
    const counts = countPassages(passages, articles.length);
    const content = {
      fingerprint,
      model: { name: embedder.name, fingerprint: embedder.fingerprint, dimensions },
      chunking,
      passages: passages.length,
      articles: articles.map(({ id }, i) => ({ id, hash: hashes[i]!, passages: counts[i]! })),
      scripts: countScripts(articles.map(({ text }) => text).join("\n")),
      changes: plan.changes,
    };
    const writeGraph =
      lib && ((path: string) => writeHnsw(lib, vectors, dimensions, path, plan, update && graph));
    const name = await writeBuild(indexDir, content, data, writeGraph);
    await removeRemains(indexDir, { name, manifest: content }, previous?.name);
    const embeddedArticles = new Set(missing.map((passage) => passages[passage]!.number)).size;
    return { ...report, passages: passages.length, embeddedArticles };
  });
}

/** A passage of the build that is made. */
interface PlannedPassage {
  readonly article: Article;
  /** Of its article. */
  readonly number: number;
  readonly span: Span;
  /** Its number in the build before, below 0 where it is new. */
  readonly row: number;
}

function textOf({ article, span }: PlannedPassage): Pick<Passage, "text"> {
  return { text: article.text.slice(span.start, span.end) };
}

function countPassages(passages: readonly PlannedPassage[], articles: number): number[] {
  const counts = new Array<number>(articles).fill(0);
  for (const { number } of passages) counts[number]!++;
  return counts;
}

/** One text after another: the terms of 100,000 passages at once would take a gigabyte. */
function* eachTerms(total: number, termsOf: (passage: number) => string[]): Generator<string[]> {
  for (let passage = 0; passage < total; passage++) yield termsOf(passage);
}

/** A damaged or foreign build only means that less can be taken over. */
async function readInForce(indexDir: string): Promise<StoredBuild | undefined> {
  return readBuildInForce(indexDir).catch(() => undefined);
}

/** Where a build that was killed has left something, that is removed, unless another process builds just now. */
async function tidy(indexDir: string, inForce: StoredBuild): Promise<void> {
  if (!isLocked(indexDir) && (await findRemains(indexDir, inForce)).length === 0) return;
  await withLock(indexDir, () => removeRemains(indexDir, inForce), 0).catch(() => undefined);
}
