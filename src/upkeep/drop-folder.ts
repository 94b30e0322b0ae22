import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { contentHash } from "../corpus/article-file.ts";
import { objectionToCollection } from "../corpus/collection-name.ts";
import { isWritten, planImport } from "../corpus/plan-import.ts";
import { readCorpus } from "../corpus/read-corpus.ts";
import type { FoundArticles } from "../corpus/readers.ts";
import { removeArticles } from "../corpus/remove-articles.ts";
import { writeImport } from "../corpus/write-import.ts";
import type { Log } from "../log.ts";
import { type Memory, type RememberedFile, readMemory, writeMemory } from "./drop-folder-memory.ts";

/** Where a drop folder is, and what becomes of it. Absolute paths. */
export interface DropFolderPlaces {
  readonly folder: string;
  readonly corpusDir: string;
  /** Where it is remembered which file gave which articles. */
  readonly stateDir: string;
}

export interface SyncOptions extends DropFolderPlaces {
  /** Reads one file. */
  readonly read: (path: string) => Promise<FoundArticles>;
  readonly log: Log;
  /** Told how many of how many files of a collection are read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Whether the folder holds other files than at the last sync. Throws where it, or what is remembered, cannot be read. */
export async function hasChanged({ folder, stateDir }: DropFolderPlaces): Promise<boolean> {
  const [files, memory] = await Promise.all([listFiles(folder), readMemory(stateDir)]);
  return files.size !== memory.size || [...files].some(([path, stamp]) => memory.get(path)?.stamp !== stamp);
}

/**
 * Brings the corpus up to date with a folder in which every file is imported, a changed one again; a subfolder is a
 * collection. When a file is removed, the articles that it alone gave are removed, but for those that were edited by
 * hand, or that another import has written over. A file that cannot be read takes nothing away, and is logged.
 */
export async function syncDropFolder(options: SyncOptions): Promise<void> {
  const { folder, corpusDir, stateDir, read, log, onProgress } = options;
  const [files, memory] = await Promise.all([listFiles(folder), readMemory(stateDir)]);
  const hashes = new Map<string, string>();
  for (const [path, stamp] of files) {
    const known = memory.get(path);
    if (known?.stamp === stamp) continue;
    const sha256 = await hashFile(join(folder, path));
    if (known?.sha256 === sha256) memory.set(path, { ...known, stamp });
    else hashes.set(path, sha256);
  }
  for (const [collection, paths] of byCollection([...hashes.keys()])) {
    const objection = collection === "" ? undefined : objectionToCollection(collection);
    if (objection === undefined) await importFiles(collection, paths);
    else log.warn("files not imported", { collection, reason: `the collection's name ${objection}` });
    for (const path of paths) remember(path, givenBy(memory.get(path)));
    await writeMemory(stateDir, memory);
  }
  await writeMemory(stateDir, memory);
  for (const file of [...memory.values()]) {
    const { path } = file;
    if (files.has(path)) continue;
    memory.delete(path);
    await removeUnowned(path, givenBy(file));
    await writeMemory(stateDir, memory);
  }

  function remember(
    path: string,
    given: Given,
    told = { stamp: files.get(path)!, sha256: hashes.get(path)! },
  ): void {
    const known = [...given].flatMap(([id, hash]) => (hash === undefined ? [] : [[id, hash] as const]));
    const imported = Object.fromEntries(known);
    memory.set(path, { path, ...told, articles: [...given.keys()], imported });
  }

  async function importFiles(collection: string, paths: readonly string[]): Promise<void> {
    const plan = await planImport({
      paths: paths.map((path) => join(folder, path)),
      corpusDir,
      collection,
      read,
      ...(onProgress ? { onProgress } : {}),
    });
    const fresh = plan.articles.filter(isWritten);
    const added = new Set(fresh.filter(({ replaces }) => replaces === undefined).map(({ id }) => id));
    const before = paths.map((path) => [path, givenBy(memory.get(path))] as const);
    // What a sync that is killed has written is still known to be the file's, which is read again.
    for (const path of paths) {
      const own = fresh.filter((article) => article.path === join(folder, path) && added.has(article.id));
      const given = new Map([
        ...givenBy(memory.get(path)),
        ...own.map(({ id, imported }) => [id, imported!] as const),
      ]);
      if (own.length > 0) remember(path, given, { stamp: "", sha256: "" });
    }
    await writeMemory(stateDir, memory);
    const written = new Set<string>(await writeImport(plan));
    // What another file gave as well stays while one of them is there; what was there before both is nobody's here.
    const owned = ownedBy(memory);
    for (const path of paths) {
      const articles = plan.articles.filter((article) => article.path === join(folder, path));
      const reasons = plan.skipped.filter((skipped) => skipped.path === join(folder, path));
      const warnings = articles.flatMap((article) => article.warnings);
      const fields = {
        path,
        articles: articles.filter(({ id }) => written.has(id)).length,
        ...(warnings.length > 0 ? { warnings: warnings.join("; ") } : {}),
        ...(reasons.length > 0 ? { skipped: reasons.map(({ reason }) => reason).join("; ") } : {}),
      };
      if (articles.length === 0) log.warn("file not imported", fields);
      else {
        log.info("file imported", fields);
        const own = articles.map(({ id }) => id).filter((id) => added.has(id) || owned.has(id));
        remember(path, new Map(own.map((id) => [id, owned.get(id)])));
      }
    }
    // Also of those that one that was killed had written.
    const given = plan.articles.filter(
      (article) => isWritten(article) || (article.sameAs !== undefined && owned.has(article.id)),
    );
    const hashOf = new Map<string, string>(given.map(({ id, imported }) => [id, imported!]));
    // Of all files that gave a version of it, this is the article now.
    for (const file of memory.values()) {
      const written = file.articles.filter((id) => hashOf.has(id)).map((id) => [id, hashOf.get(id)!]);
      file.imported = { ...file.imported, ...Object.fromEntries(written) };
    }
    for (const [path, given] of before) await removeUnowned(path, given);
  }

  /** Removes those of the articles that no file gives any more, nobody edited, and no other import wrote over. */
  async function removeUnowned(path: string, given: Given): Promise<void> {
    const owned = ownedBy(memory);
    const unowned = new Map([...given].filter(([id]) => !owned.has(id)));
    if (unowned.size === 0) return;
    const corpus = await readCorpus(corpusDir);
    const articles = corpus.articles.filter(({ id, imported }) => {
      const hash = unowned.get(id);
      return unowned.has(id) && (hash === undefined || hash === imported);
    });
    const removable = articles.filter((article) => article.imported === contentHash(article));
    await removeArticles(corpusDir, removable);
    const edited = articles.filter((article) => !removable.includes(article)).map(({ id }) => id);
    log.info("articles removed with their file", {
      path,
      removed: removable.length,
      ...(edited.length > 0 ? { "kept, edited by hand": edited.join(", ") } : {}),
    });
  }
}

/** The paths of each collection: the folder they lie in, or "" where they lie in none. */
function byCollection(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const collection = path.includes(sep) ? path.split(sep)[0]! : "";
    groups.set(collection, [...(groups.get(collection) ?? []), path]);
  }
  return groups;
}

/** What cannot be read is another file at every look; importing it says why. */
async function hashFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? "" : createHash("sha256").update(bytes).digest("hex");
}

/** Ids of articles, and the hashes of what was written as far as they are known. */
type Given = ReadonlyMap<string, string | undefined>;

function givenBy({ articles, imported }: Pick<RememberedFile, "articles" | "imported"> = NOTHING): Given {
  return new Map(articles.map((id) => [id, imported?.[id]]));
}

const NOTHING = { articles: [] };

/** All articles that some file gives. */
function ownedBy(memory: Memory): Given {
  return new Map([...memory.values()].flatMap((file) => [...givenBy(file)]));
}

/** The stamps of all files by their paths in the folder, hidden and lock files aside. Throws where it cannot be read. */
async function listFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const inFolder = relative(folder, path);
    if (!entry.isFile() || /(?:^|[\\/])(?:\.|~\$)/.test(inFolder)) continue;
    // One that goes while it is looked at is seen to be gone the next time.
    const info = await stat(path).catch(() => undefined);
    if (info) files.set(inFolder, `${info.size} ${info.mtimeMs}`);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
