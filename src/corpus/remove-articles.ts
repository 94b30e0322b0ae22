import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../durable.ts";
import { AppError, messageOf } from "../errors.ts";
import type { Article } from "../types.ts";
import { articlePath, hiddenPath } from "./article-file.ts";

/**
 * Removes the files of these articles, which `readCorpus` gave. All are set aside before the first goes for good, so
 * that a failure brings every one of them back; killed in between, those that are left come back with the next change
 * (`settleCorpus`). Throws AppError when it fails.
 */
export async function removeArticles(
  corpusDir: string,
  articles: readonly Pick<Article, "id">[],
): Promise<void> {
  const aside: { readonly path: string; readonly final: string }[] = [];
  let isAnyGone = false;
  try {
    for (const { id } of articles) {
      const [path, final] = [hiddenPath(corpusDir, id, "old"), articlePath(corpusDir, id)];
      await rename(final, path);
      aside.push({ path, final });
    }
    const folders = new Set(aside.map(({ final }) => dirname(final)));
    for (const folder of folders) await syncFolder(folder);
    for (const { path } of [...aside]) {
      await rm(path);
      isAnyGone = true;
      aside.shift();
    }
  } catch (error) {
    await Promise.allSettled(aside.map(({ path, final }) => rename(path, final)));
    const what = isAnyGone ? "Not all was removed" : "Nothing was removed";
    throw new AppError(`${what} from ${corpusDir}: ${messageOf(error)}`, { cause: error });
  }
}
