import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import * as z from "zod";
import { AppError, messageOf } from "../errors.ts";
import type { Article } from "../types.ts";

/** Raised whenever a file of the index is laid out differently or its texts are analysed differently. */
const INDEX_FORMAT = 4;

const fileSchema = z.object({ bytes: z.int(), sha256: z.string() });
const manifestSchema = z.object({
  format: z.literal(INDEX_FORMAT),
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  model: z.object({ name: z.string(), fingerprint: z.string(), dimensions: z.int().positive() }),
  /** How articles were cut into passages. */
  chunking: z.object({ minWidth: z.number(), maxWidth: z.number() }),
  passages: z.int().nonnegative(),
  /** In the order in which the passages refer to them. */
  articles: z.array(z.object({ id: z.string(), hash: z.string(), passages: z.int().nonnegative() })),
  /** Letters of the articles by script. */
  scripts: z.record(z.string(), z.int().positive()),
  /** Points of the graph that were set or cleared since it was built as a whole. */
  changes: z.int().nonnegative(),
  files: z.record(z.string().regex(/^[a-z]+\.[a-z]+$/), fileSchema),
});

const looseSchema = z.record(z.string(), z.unknown()).catch({});

/** What a build was made from, and what its files must hold. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Hash of everything in an article that the index depends on. */
export function hashArticle(article: Article): string {
  const { title, authors, text, paragraphs } = article;
  return sha256(JSON.stringify([title, authors, text, paragraphs.map(({ start, end }) => [start, end])]));
}

/** Sixteen hex digits over everything that shapes an index. */
export function fingerprintOf(parts: unknown): string {
  return sha256(JSON.stringify([INDEX_FORMAT, parts])).slice(0, 16);
}

/** What a manifest says of a file with this content. */
export function describeFile(content: Uint8Array): Manifest["files"][string] {
  return { bytes: content.length, sha256: sha256(content) };
}

/** The same of a file that need not lie in memory as a whole. */
export async function describeFileAt(path: string): Promise<Manifest["files"][string]> {
  const hash = createHash("sha256");
  const part = Buffer.allocUnsafe(2 ** 20);
  const file = await open(path);
  try {
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(part, 0, part.length);
      if (bytesRead === 0) return { bytes, sha256: hash.digest("hex") };
      hash.update(part.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The manifest as a file, with a checksum over all of it. */
export function formatManifest(manifest: Omit<Manifest, "format">): string {
  const content = { format: INDEX_FORMAT, ...manifest };
  return `${JSON.stringify({ ...content, checksum: sha256(JSON.stringify(content)) }, null, 1)}\n`;
}

/** Reads what `formatManifest` wrote. Throws the `refusal` of another format or of a text that was altered. */
export function parseManifest(text: string, indexDir: string): Manifest {
  const { checksum, ...content } = looseSchema.parse(parseJson(text));
  if (typeof content.format === "number" && content.format !== INDEX_FORMAT)
    throw refusal(indexDir, `has format ${content.format}, and this program reads format ${INDEX_FORMAT}`);
  const manifest = manifestSchema.safeParse(content);
  // The keys keep the order in which they were written.
  if (!manifest.success || checksum !== sha256(JSON.stringify(content)))
    throw refusal(indexDir, "is damaged: its manifest.json is not as it was written");
  return manifest.data;
}

/** The error that ends the use of an index: `what` is wrong with it, as the end of a sentence about it. */
export function refusal(indexDir: string, what: string): AppError {
  return new AppError(`The index in ${indexDir} ${what}. Run "npm run index" to build it again.`);
}

/** The error that ends a build which cannot write what it has made. */
export function unwritable(indexDir: string, cause: unknown): AppError {
  return new AppError(`The index could not be written to ${indexDir}: ${messageOf(cause)}.`, { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is refused like any other text that is not as it was written.
    return {};
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
