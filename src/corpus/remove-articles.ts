import { rename, rm } from "node:fs/promises";
import { AppError, messageOf } from "../errors.ts";
import type { Article } from "../types.ts";
import { articlePath, hiddenPath } from "./article-file.ts";

/**
 * Removes the files of these articles, which `readCorpus` gave. All are hidden before the first goes for good, so that
 * a failure brings every one of them back. Throws AppError when it fails.
 */
export async function removeArticles(
  corpusDir: string,
  articles: readonly Pick<Article, "id">[],
): Promise<void> {
  const hidden: { readonly path: string; readonly final: string }[] = [];
  try {
    for (const { id } of articles) {
      const [path, final] = [hiddenPath(corpusDir, id), articlePath(corpusDir, id)];
      await rename(final, path);
      hidden.push({ path, final });
    }
  } catch (error) {
    await Promise.all(hidden.map(({ path, final }) => rename(path, final)));
    throw new AppError(`Nothing was removed from ${corpusDir}: ${messageOf(error)}`, { cause: error });
  }
  await Promise.all(hidden.map(({ path }) => rm(path, { force: true })));
}
