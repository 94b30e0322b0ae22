import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import { describeFile, describeFileAt, type Manifest, parseManifest, refusal } from "./manifest.ts";

/** Small file in the index folder that names the build in force; written last, so it never names half a build. */
export const POINTER = "current";
export const MANIFEST = "manifest.json";
export const GRAPH = "hnsw.bin";
/** A build's folder has its fingerprint for a name; where the one in force has the same, it differs by the letter. */
export const BUILD_NAME = /^[0-9a-f]{16}b?$/;

/** A build whose files are what its manifest says. */
export interface StoredBuild {
  /** Of its folder. */
  readonly name: string;
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
    const name = await readPointer(indexDir);
    if (name === undefined) return undefined;
    try {
      return await readBuild(indexDir, name);
    } catch (error) {
      // Another process may have put a new build in force and removed the one that was being read.
      if ((await readPointer(indexDir)) === name) throw error;
    }
  }
}

/** The builds of an index folder whose manifests can be read, the newest first. */
export async function listBuilds(
  indexDir: string,
): Promise<readonly { readonly name: string; readonly manifest: Manifest }[]> {
  const names = (await readdir(indexDir).catch(() => [])).filter((name) => BUILD_NAME.test(name));
  const builds = await Promise.all(
    names.map(async (name) => {
      const path = join(indexDir, name, MANIFEST);
      try {
        const manifest = parseManifest(await readFile(path, "utf8"), indexDir);
        return [{ name, manifest, writtenMs: (await stat(path)).mtimeMs }];
      } catch {
        // What cannot be read is no build.
        return [];
      }
    }),
  );
  return builds.flat().sort((a, b) => b.writtenMs - a.writtenMs);
}

/** What the pointer says; undefined where there is none. */
export async function readPointer(indexDir: string): Promise<string | undefined> {
  const pointer = await readFile(join(indexDir, POINTER), "utf8").catch(() => undefined);
  return pointer?.trim();
}

/** A build by the name of its folder. Throws an AppError where it is not whole. */
export async function readBuild(indexDir: string, name: string): Promise<StoredBuild> {
  if (!BUILD_NAME.test(name)) throw refusal(indexDir, `is damaged: its file "${POINTER}" names no build`);
  const folder = join(indexDir, name);
  const readBytes = (path: string) => readFile(path);
  const read = <Content>(file: string, by: (path: string) => Promise<Content>) =>
    by(join(folder, file)).catch((error) => {
      throw refusal(indexDir, `is damaged: ${file} cannot be read (${messageOf(error)})`);
    });
  const manifest = parseManifest((await read(MANIFEST, readBytes)).toString(), indexDir);
  const files = new Map<string, Uint8Array>();
  // Side by side: one is read while another is hashed.
  await Promise.all(
    Object.entries(manifest.files).map(async ([file, { bytes, sha256 }]) => {
      // The graph is read by the library: it need not lie in memory twice.
      if (file !== GRAPH) files.set(file, await read(file, readBytes));
      const found = file === GRAPH ? await read(file, describeFileAt) : describeFile(files.get(file)!);
      if (found.bytes !== bytes || found.sha256 !== sha256)
        throw refusal(indexDir, `is damaged: ${file} is not as it was built`);
    }),
  );
  return { name, manifest, files, graph: GRAPH in manifest.files ? join(folder, GRAPH) : undefined };
}
