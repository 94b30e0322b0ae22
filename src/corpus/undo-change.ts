import { readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder, syncFolder, writeSynced } from "../durable.ts";
import { AppError, messageOf } from "../errors.ts";
import type { ArticleId, CorpusChange } from "../types.ts";
import { articlePath, contentHash, hiddenPath, parseArticleFile } from "./article-file.ts";
import { appear } from "./leftovers.ts";

/** What became of the articles of a change that was taken back. */
export interface Undone {
  readonly removed: readonly ArticleId[];
  /** Are again as they were. */
  readonly restored: readonly ArticleId[];
  /** Were edited, removed or put in the place of a removed one since, and stay as they are. */
  readonly kept: readonly ArticleId[];
}

/**
 * Takes a change back: what it wrote goes, what it wrote over or removed comes again. What was changed again since
 * stays. Whatever happens in between, it may be called once more. Throws AppError when it fails.
 */
export async function undoChange(corpusDir: string, { written, before }: CorpusChange): Promise<Undone> {
  const hashes = new Map(written.map(({ id, imported }) => [id, imported]));
  const files = new Map(before.map(({ id, file }) => [id, file]));
  const [removed, restored, kept]: [ArticleId[], ArticleId[], ArticleId[]] = [[], [], []];
  try {
    for (const id of new Set([...hashes.keys(), ...files.keys()])) {
      const [now, earlier] = [await readIfThere(articlePath(corpusDir, id)), files.get(id)];
      if (now === earlier) continue;
      if (hashOf(now) !== hashes.get(id)) kept.push(id);
      else if (earlier === undefined) {
        await rm(articlePath(corpusDir, id));
        await syncFolder(dirname(articlePath(corpusDir, id)));
        removed.push(id);
      } else {
        await putBack(corpusDir, id, earlier, now !== undefined);
        restored.push(id);
      }
    }
  } catch (error) {
    throw new AppError(`Not all of it was taken back: ${messageOf(error)}`, { cause: error });
  }
  return { removed, restored, kept };
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/** Of what a file says now; undefined where there is none. */
function hashOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    const article = parseArticleFile(file);
    return article ? contentHash(article) : "";
  } catch {
    // Front matter that cannot be read is no import's.
    return "";
  }
}

async function putBack(corpusDir: string, id: ArticleId, file: string, isThere: boolean): Promise<void> {
  const [hidden, final] = [hiddenPath(corpusDir, id, "tmp"), articlePath(corpusDir, id)];
  makeFolder(dirname(final));
  try {
    await writeSynced(hidden, file);
    await (isThere ? rename : appear)(hidden, final);
    await syncFolder(dirname(final));
  } finally {
    await rm(hidden, { force: true }).catch(() => undefined);
  }
}
