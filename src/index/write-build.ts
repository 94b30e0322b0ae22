import { existsSync } from "node:fs";
import { open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, syncFolder, writeSynced } from "../durable.ts";
import { AppError } from "../errors.ts";
import { BUILD_NAME, GRAPH, listBuilds, MANIFEST, POINTER, readPointer } from "./build-folder.ts";
import { describeFile, describeFileAt, formatManifest, type Manifest, unwritable } from "./manifest.ts";

/**
 * Writes a build to a new folder below `indexDir` and makes it the one in force; gives the name of the folder. Throws
 * an AppError where it cannot be written; the build before is then in force as it was.
 *
 * @param writeGraph Writes the HNSW graph to a path.
 */
export async function writeBuild(
  indexDir: string,
  content: Omit<Manifest, "format" | "files">,
  data: ReadonlyMap<string, Uint8Array>,
  writeGraph?: (path: string) => void,
): Promise<string> {
  const { fingerprint } = content;
  const work = join(indexDir, `${fingerprint}.${process.pid}.tmp`);
  const isTaken = (await readPointer(indexDir)) === fingerprint;
  const name = isTaken ? `${fingerprint}b` : fingerprint;
  try {
    makeFolder(work);
    const files: Manifest["files"] = {};
    for (const [file, bytes] of data) {
      await writeSynced(join(work, file), bytes);
      files[file] = await verified(join(work, file), bytes);
    }
    if (writeGraph) {
      writeGraph(join(work, GRAPH));
      await sync(join(work, GRAPH));
      files[GRAPH] = await describeFileAt(join(work, GRAPH));
    }
    const manifest = Buffer.from(formatManifest({ ...content, files }));
    await writeSynced(join(work, MANIFEST), manifest);
    await verified(join(work, MANIFEST), manifest);
    await syncFolder(work);
    // One of this name that is not in force was damaged, or left by a build that was killed.
    await rm(join(indexDir, name), { recursive: true, force: true });
    await rename(work, join(indexDir, name));
  } catch (cause) {
    // What cannot be removed must not hide what went wrong.
    await rm(work, { recursive: true, force: true }).catch(() => undefined);
    throw unwritable(indexDir, cause);
  }
  await putInForce(indexDir, name);
  return name;
}

/** Makes a whole build the one in force. */
export async function putInForce(indexDir: string, name: string): Promise<void> {
  const pointer = join(indexDir, `${POINTER}.${process.pid}.tmp`);
  try {
    await writeSynced(pointer, `${name}\n`);
    await syncFolder(indexDir);
    await rename(pointer, join(indexDir, POINTER));
    await syncFolder(indexDir);
  } catch (cause) {
    await rm(pointer, { force: true }).catch(() => undefined);
    throw unwritable(indexDir, cause);
  }
}

/** A build in force, as far as it decides what else may stay. */
export interface BuildInForce {
  readonly name: string;
  readonly manifest: Pick<Manifest, "articles" | "model">;
}

/**
 * What lies in an index folder beside the build in force and is not needed any more: builds but for the one before,
 * which answers where the one in force is found damaged, and what killed ones have left. A build with an article that
 * is gone is not kept: nothing of what was removed is to stay. Whatever else lies there is the operator's.
 *
 * @param before Name of a build that is known to be whole; by default the newest.
 */
export async function findRemains(
  indexDir: string,
  { name: inForce, manifest: { articles, model } }: BuildInForce,
  before?: string,
): Promise<readonly string[]> {
  const ids = new Set(articles.map(({ id }) => id));
  const isOfUse = ({ name, manifest }: BuildInForce) =>
    name !== inForce &&
    manifest.model.fingerprint === model.fingerprint &&
    manifest.articles.every(({ id }) => ids.has(id));
  const kept = (await listBuilds(indexDir)).filter(isOfUse);
  const spare = kept.find(({ name }) => name === before) ?? kept[0];
  return (await readdir(indexDir)).filter((name) => {
    if (isUnfinished(name)) return true;
    const isBuild = BUILD_NAME.test(name) && existsSync(join(indexDir, name, MANIFEST));
    return isBuild && name !== inForce && name !== spare?.name;
  });
}

function isUnfinished(name: string): boolean {
  return /^([0-9a-f]{16}b?|current)\.\d+\.tmp$/.test(name);
}

/** Removes `findRemains`. What cannot be removed now, the next build removes. */
export async function removeRemains(...about: Parameters<typeof findRemains>): Promise<void> {
  const [indexDir] = about;
  const remove = (name: string) => rm(join(indexDir, name), { recursive: true, force: true });
  try {
    const remains = await findRemains(...about);
    for (const name of remains.filter(isUnfinished)) await remove(name);
    for (const name of remains.filter((each) => !isUnfinished(each))) {
      // Half removed, nobody could tell it from what is the operator's.
      const going = `${name}.${process.pid}.tmp`;
      await rename(join(indexDir, name), join(indexDir, going));
      await remove(going);
    }
  } catch {
    // The build in force is none the worse for it.
  }
}

/** What the manifest says of the file. Throws where it does not hold these bytes, as on a disk that lies. */
async function verified(path: string, bytes: Uint8Array): Promise<Manifest["files"][string]> {
  const [meant, found] = [describeFile(bytes), await describeFileAt(path)];
  if (found.bytes === meant.bytes && found.sha256 === meant.sha256) return meant;
  throw new AppError(`${path} is not as it was written; is the disk full, or failing?`);
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r+");
  await file.sync().finally(() => file.close());
}
