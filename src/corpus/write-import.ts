import { copyFile, link, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder, syncFolder, writeSynced } from "../durable.ts";
import { AppError, messageOf } from "../errors.ts";
import type { ArticleId } from "../types.ts";
import {
  type ArticleFile,
  articlePath,
  contentHash,
  formatArticleFile,
  hiddenPath,
  parseArticleFile,
} from "./article-file.ts";
import { appear, settleFolder } from "./leftovers.ts";
import { type ImportPlan, isWritten, type PlannedArticle } from "./plan-import.ts";

/** As much of a plan as is written. */
export interface WritablePlan extends Pick<ImportPlan, "corpusDir" | "collection"> {
  readonly articles: readonly (ArticleFile & Pick<PlannedArticle, "id" | "sameAs" | "replaces" | "keeps">)[];
}

/**
 * Writes the plan's new articles and returns their ids. All of them are on disk under hidden names before the first
 * appears, no file is overwritten but those that are replaced, and a failure takes everything back. Whenever it is
 * killed, every article is whole: as it was, or as it is planned. Throws AppError when it fails.
 */
export async function writeImport({ corpusDir, collection, articles }: WritablePlan): Promise<ArticleId[]> {
  const fresh = articles.filter(isWritten);
  const folder = join(corpusDir, collection);
  const hidden: string[] = [];
  const undo: (() => Promise<void>)[] = [];
  try {
    const made = makeFolder(folder);
    if (made !== undefined) await syncFolder(dirname(made));
    await settleFolder(folder);
    for (const article of fresh) {
      const path = hiddenPath(corpusDir, article.id, "tmp");
      hidden.push(path);
      await writeSynced(path, formatArticleFile(article));
    }
    for (const [i, { id, replaces }] of fresh.entries()) {
      const final = articlePath(corpusDir, id);
      if (replaces === undefined) {
        await appear(hidden[i]!, final);
        undo.push(() => rm(final, { force: true }));
        continue;
      }
      refuseEdited(id, await readFile(final, "utf8"));
      const earlier = hiddenPath(corpusDir, id, "old");
      hidden.push(earlier);
      // A copy where the file system has no hard links.
      await link(final, earlier).catch(() => copyFile(final, earlier));
      await rename(hidden[i]!, final);
      undo.push(() => rename(earlier, final));
    }
    await syncFolder(folder);
  } catch (error) {
    const undone = await Promise.allSettled(undo.map((takeBack) => takeBack()));
    const isTaken = (error as NodeJS.ErrnoException).code === "EEXIST";
    const reason = isTaken ? "another import wrote there meanwhile; import once more" : messageOf(error);
    const isUndone = undone.every(({ status }) => status === "fulfilled");
    const what = isUndone ? "Nothing was imported into" : "The import could not be taken back in";
    throw new AppError(`${what} ${folder}: ${reason}`, { cause: error });
  } finally {
    // What cannot be removed now, the next change removes.
    await Promise.allSettled(hidden.map((path) => rm(path, { force: true })));
  }
  return fresh.map(({ id }) => id);
}

/** Reading the sources may have taken minutes, in which the article was edited. */
function refuseEdited(id: ArticleId, file: string): void {
  const article = parseArticleFile(file);
  if (article && article.imported === contentHash(article)) return;
  throw new AppError(`${id} was edited in the meantime; import once more`);
}
