import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import {
  describeFile,
  describeFileAt,
  formatManifest,
  type Manifest,
  parseManifest,
  refusal,
  unwritable,
} from "./manifest.ts";

/** Small file in the index folder that names the build in force; written last, so it never names half a build. */
const POINTER = "current";
const MANIFEST = "manifest.json";
const GRAPH = "hnsw.bin";

/** A build whose files are what its manifest says. */
export interface StoredBuild {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Path of the HNSW graph; undefined where the build has none. */
  readonly graph: string | undefined;
}

/**
 * The build in force, or undefined where the index folder holds none. Every file is verified, so that nothing damaged
 * reaches native code: throws an AppError that names the file.
 */
export async function readBuildInForce(indexDir: string): Promise<StoredBuild | undefined> {
  for (;;) {
    const fingerprint = await readPointer(indexDir);
    if (fingerprint === undefined) return undefined;
    try {
      return await readBuild(indexDir, fingerprint);
    } catch (error) {
      // Another process may have put a new build in force and removed the one that was being read.
      if ((await readPointer(indexDir)) === fingerprint) throw error;
    }
  }
}

async function readPointer(indexDir: string): Promise<string | undefined> {
  const pointer = await readFile(join(indexDir, POINTER), "utf8").catch(() => undefined);
  return pointer?.trim();
}

async function readBuild(indexDir: string, fingerprint: string): Promise<StoredBuild> {
  if (!/^[0-9a-f]{16}$/.test(fingerprint))
    throw refusal(indexDir, `is damaged: its file "${POINTER}" names no build`);
  const folder = join(indexDir, fingerprint);
  const readBytes = (path: string) => readFile(path);
  const read = <Content>(name: string, by: (path: string) => Promise<Content>) =>
    by(join(folder, name)).catch((error) => {
      throw refusal(indexDir, `is damaged: ${name} cannot be read (${messageOf(error)})`);
    });
  const manifest = parseManifest((await read(MANIFEST, readBytes)).toString(), indexDir);
  const files = new Map<string, Uint8Array>();
  // Side by side: one is read while another is hashed.
  await Promise.all(
    Object.entries(manifest.files).map(async ([name, { bytes, sha256 }]) => {
      // The graph is read by the library: it need not lie in memory twice.
      if (name !== GRAPH) files.set(name, await read(name, readBytes));
      const found = name === GRAPH ? await read(name, describeFileAt) : describeFile(files.get(name)!);
      if (found.bytes !== bytes || found.sha256 !== sha256)
        throw refusal(indexDir, `is damaged: ${name} is not as it was built`);
    }),
  );
  return { manifest, files, graph: GRAPH in manifest.files ? join(folder, GRAPH) : undefined };
}

/**
 * Writes a build to a new folder below `indexDir`, makes it the one in force and removes the others. Throws an AppError
 * where it cannot be written; the build before is then in force as it was.
 *
 * @param writeGraph Writes the HNSW graph to a path.
 */
export async function writeBuild(
  indexDir: string,
  content: Omit<Manifest, "format" | "files">,
  data: ReadonlyMap<string, Uint8Array>,
  writeGraph?: (path: string) => void,
): Promise<void> {
  const { fingerprint } = content;
  const folder = join(indexDir, fingerprint);
  const work = join(indexDir, `${fingerprint}.${process.pid}.tmp`);
  const pointer = join(indexDir, `${POINTER}.${process.pid}.tmp`);
  try {
    await mkdir(work, { recursive: true });
    for (const [name, bytes] of data) await writeFile(join(work, name), bytes);
    writeGraph?.(join(work, GRAPH));
    const files: Manifest["files"] = {};
    for (const name of [...data.keys(), ...(writeGraph ? [GRAPH] : [])]) {
      await sync(join(work, name));
      files[name] = await describeFileAt(join(work, name));
    }
    await writeFile(join(work, MANIFEST), formatManifest({ ...content, files }), { flush: true });
    await rm(folder, { recursive: true, force: true });
    await rename(work, folder);
    await writeFile(pointer, `${fingerprint}\n`, { flush: true });
    await rename(pointer, join(indexDir, POINTER));
  } catch (cause) {
    for (const path of [work, pointer]) {
      // What cannot be removed must not hide what went wrong.
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
    throw unwritable(indexDir, cause);
  }
  // The build is in force; what cannot be removed now, the next build removes.
  await removeOtherBuilds(indexDir, fingerprint).catch(() => undefined);
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r+");
  await file.sync().finally(() => file.close());
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
