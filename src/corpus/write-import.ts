import {
  constants,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
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
import { type ImportPlan, isWritten, type PlannedArticle } from "./plan-import.ts";

/** As much of a plan as is written. */
export interface WritablePlan extends Pick<ImportPlan, "corpusDir" | "collection"> {
  readonly articles: readonly (ArticleFile & Pick<PlannedArticle, "id" | "sameAs" | "replaces" | "keeps">)[];
}

/**
 * Writes the plan's new articles and returns their ids. All of them are on disk under hidden names before the first
 * appears, no file is overwritten but those that are replaced, and a failure takes everything back. Throws AppError
 * when it fails.
 */
export async function writeImport({ corpusDir, collection, articles }: WritablePlan): Promise<ArticleId[]> {
  const fresh = articles.filter(isWritten);
  const folder = join(corpusDir, collection);
  const hidden: string[] = [];
  const undo: (() => Promise<void>)[] = [];
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder);
    for (const article of fresh) {
      const path = hiddenPath(corpusDir, article.id);
      hidden.push(path);
      await writeSynced(path, formatArticleFile(article));
    }
    for (const [i, { id, replaces }] of fresh.entries()) {
      const final = articlePath(corpusDir, id);
      const before = replaces === undefined ? undefined : await readFile(final);
      if (before) refuseEdited(id, before.toString());
      await (before ? rename : appear)(hidden[i]!, final);
      undo.push(() => (before ? writeFile(final, before) : rm(final, { force: true })));
    }
  } catch (error) {
    await Promise.all(undo.map((takeBack) => takeBack()));
    const isTaken = (error as NodeJS.ErrnoException).code === "EEXIST";
    const reason = isTaken ? "another import wrote there meanwhile; import once more" : messageOf(error);
    throw new AppError(`Nothing was imported into ${folder}: ${reason}`, { cause: error });
  } finally {
    await Promise.all(hidden.map((path) => rm(path, { force: true })));
  }
  return fresh.map(({ id }) => id);
}

/** Reading the sources may have taken minutes, in which the article was edited. */
function refuseEdited(id: ArticleId, file: string): void {
  const article = parseArticleFile(file);
  if (article && article.imported === contentHash(article)) return;
  throw new AppError(`${id} was edited in the meantime; import once more`);
}

/** What an import or a removal that was killed has left under hidden names. */
async function removeLeftovers(folder: string): Promise<void> {
  const leftovers = (await readdir(folder)).filter((name) => /^\..+\.\d+\.tmp$/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

/** Writes a file; it is on disk when it resolves. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives a hidden file its name, where nothing has it. A hard link fails where a file exists, which a rename would silently replace. */
export async function appear(hidden: string, final: string): Promise<void> {
  await link(hidden, final).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw error;
    // Some file systems have no hard links; a copy refuses to overwrite as well.
    await copyFile(hidden, final, constants.COPYFILE_EXCL);
  });
}
