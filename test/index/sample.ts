import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import type { SearchIndex } from "../../src/index/open.ts";
import type { Article, ArticleId, Passage, Span } from "../../src/types.ts";

/** The repository's folder, or one in it. */
export function projectPath(...names: string[]): string {
  return join(fileURLToPath(new URL("../../", import.meta.url)), ...names);
}

export function makeArticle(id: string, title: string, ...paragraphs: string[]): Article {
  const spans: Span[] = [];
  let text = "";
  for (const paragraph of paragraphs) {
    if (text !== "") text += "\n\n";
    spans.push({ start: text.length, end: text.length + paragraph.length });
    text += paragraph;
  }
  return { id: id as ArticleId, collection: "", title, authors: [], source: "", text, paragraphs: spans };
}

/** Every passage of an index, by number. */
export function passagesOf({ size, passage }: Pick<SearchIndex, "size" | "passage">): Passage[] {
  return Array.from({ length: size }, (_, number) => passage(number)!);
}

export async function shippedArticles(): Promise<readonly Article[]> {
  return (await readCorpus(projectPath("corpus"))).articles;
}

/** A folder with these files that is removed when the test is over; a list of objects is written as JSON lines. */
export async function makeFolder(
  files: Readonly<Record<string, string | Uint8Array | readonly object[]>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wenbao-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    const isPlain = typeof content === "string" || content instanceof Uint8Array;
    await writeFile(
      join(folder, name),
      isPlain ? content : content.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
  }
  return folder;
}

/** Every file below a folder with its bytes. */
export async function readTree(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      paths.sort().map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const),
    ),
  );
}

export interface CountingEmbedder extends Embedder {
  /** Every text that was embedded, in order. */
  readonly embedded: string[];
}

/** A stand-in without a model: a piece a character, each with a vector of its own; a text's is their mean. */
export function createCharacterEmbedder(fingerprint = "f".repeat(64)): CountingEmbedder {
  const dimensions = 16;
  const embedded: string[] = [];
  const tokenize = (text: string) =>
    [...text].filter((char) => char.trim() !== "").map((char) => char.codePointAt(0)!);
  const vectorOf = (id: number) =>
    Array.from({ length: dimensions }, (_, d) => Math.sin((id + 1) * (d + 1) * 0.7));
  const pool = (text: string) => {
    const sum = new Float32Array(dimensions);
    for (const id of tokenize(text))
      vectorOf(id).forEach((value, d) => {
        sum[d]! += value;
      });
    const norm = Math.hypot(...sum);
    return sum.map((value) => (norm === 0 ? 0 : value / norm));
  };
  return {
    name: "characters",
    fingerprint,
    dimensions,
    tokenDimensions: dimensions,
    embedded,
    tokenize,
    pieces: (ids) => ids.map((id) => String.fromCodePoint(id)),
    surprise: () => 10,
    embed: async (texts) => {
      embedded.push(...texts);
      return texts.map(pool);
    },
    pool: async (texts) => texts.map(pool),
    tokenVectors: async (ids) => Float32Array.from(ids.flatMap(vectorOf)),
  };
}
