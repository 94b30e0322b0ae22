import { createHash } from "node:crypto";
import { open, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { AppError } from "../errors.ts";
import type { Article } from "../types.ts";

/** Raised whenever a file of the index is laid out differently or its texts are analysed differently. */
export const INDEX_FORMAT = 1;

/** Small file in the index folder that names the build in force; written last, so it never names half a build. */
const POINTER = "current";
/** Says what a build was made from and what its files must hold. */
export const MANIFEST = "manifest.json";

const manifestSchema = z.object({
  format: z.literal(INDEX_FORMAT),
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  model: z.object({ name: z.string(), fingerprint: z.string(), dimensions: z.int().positive() }),
  passages: z.int().nonnegative(),
  /** In the order in which the passages refer to them. */
  articles: z.array(z.object({ id: z.string(), hash: z.string(), passages: z.int().nonnegative() })),
  files: z.record(z.string().regex(/^[a-z]+\.[a-z]+$/), z.object({ bytes: z.int(), sha256: z.string() })),
  /** Hash of all of the above, as written. */
  checksum: z.string(),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** What a build knows of itself before its files are written. */
export type ManifestContent = Omit<Manifest, "files" | "checksum">;

/** Hash of everything in an article that the index depends on. */
export function hashArticle(article: Article): string {
  const { title, authors, text, paragraphs } = article;
  return sha256(JSON.stringify([title, authors, text, paragraphs.map(({ start, end }) => [start, end])]));
}

/** Sixteen hex digits over everything that shapes an index. */
export function fingerprintOf(parts: unknown): string {
  return sha256(JSON.stringify([INDEX_FORMAT, parts])).slice(0, 16);
}

/** The folder of the build in force, or undefined where the index folder holds none. Throws on a torn pointer. */
export async function currentBuild(indexDir: string): Promise<string | undefined> {
  const pointer = await readFile(join(indexDir, POINTER), "utf8").catch(() => undefined);
  if (pointer === undefined) return undefined;
  const fingerprint = pointer.trim();
  if (!/^[0-9a-f]{16}$/.test(fingerprint))
    throw damaged(indexDir, `its pointer file "${POINTER}" is not readable`);
  return join(indexDir, fingerprint);
}

/** Makes a build the one in force, atomically. */
export async function pointTo(indexDir: string, fingerprint: string): Promise<void> {
  const temporary = join(indexDir, `${POINTER}.${process.pid}.tmp`);
  await writeFile(temporary, `${fingerprint}\n`, { flush: true });
  await rename(temporary, join(indexDir, POINTER));
}

/** Hashes `names` as they lie on disk, after flushing them, and writes the manifest last. */
export async function writeManifest(folder: string, manifest: ManifestContent, names: readonly string[]) {
  const files: Manifest["files"] = {};
  for (const name of names) {
    const path = join(folder, name);
    const handle = await open(path, "r+");
    await handle.sync().finally(() => handle.close());
    const content = await readFile(path);
    files[name] = { bytes: content.length, sha256: sha256(content) };
  }
  const content = { ...manifest, files };
  const text = JSON.stringify({ ...content, checksum: checksumOf(content) }, null, 1);
  await writeFile(join(folder, MANIFEST), `${text}\n`, { flush: true });
}

/**
 * Reads the manifest of a build and verifies every file that it names, so that nothing damaged reaches native code.
 * Throws an AppError that names the file.
 */
export async function readVerifiedManifest(folder: string, indexDir: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => {
    throw damaged(indexDir, `${MANIFEST} is missing`);
  });
  const manifest = parseManifest(text, indexDir);
  for (const [name, expected] of Object.entries(manifest.files)) {
    const path = join(folder, name);
    const size = await stat(path).then(
      (entry) => entry.size,
      () => -1,
    );
    if (size !== expected.bytes)
      throw damaged(indexDir, `${name} has ${size < 0 ? "gone" : `${size} bytes`}, not ${expected.bytes}`);
    if (sha256(await readFile(path)) !== expected.sha256)
      throw damaged(indexDir, `${name} has changed since it was built`);
  }
  return manifest;
}

function parseManifest(text: string, indexDir: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(indexDir, `${MANIFEST} is not JSON`);
  }
  const format = z.object({ format: z.number() }).safeParse(value);
  if (format.success && format.data.format !== INDEX_FORMAT) {
    throw new AppError(
      `The index in ${indexDir} has format ${format.data.format}, this program reads format ${INDEX_FORMAT}. Run "npm run index".`,
    );
  }
  const manifest = manifestSchema.safeParse(value);
  if (!manifest.success)
    throw damaged(indexDir, `${MANIFEST}: ${z.prettifyError(manifest.error).replace(/\s+/g, " ")}`);
  const { checksum, ...content } = value as Manifest;
  if (checksum !== checksumOf(content)) throw damaged(indexDir, `${MANIFEST} has changed since it was built`);
  return manifest.data;
}

/** Over the object as it was parsed: its keys keep the order in which they were written. */
function checksumOf(content: Omit<Manifest, "checksum">): string {
  return sha256(JSON.stringify(content));
}

export function damaged(indexDir: string, detail: string): AppError {
  return new AppError(
    `The index in ${indexDir} is damaged: ${detail}. Run "npm run index" to build it again.`,
  );
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
