import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "../errors.ts";
import type { Article } from "../types.ts";
import { takenName } from "./article-file.ts";
import { readCorpus } from "./read-corpus.ts";

/** The articles of one collection, "" for the default one, and the names that its folder holds, without `.md`. */
export async function readCollection(
  corpusDir: string,
  collection: string,
): Promise<{ readonly articles: readonly Article[]; readonly names: readonly string[] }> {
  const inCorpus = await list(corpusDir);
  const folder = inCorpus?.find(({ name }) => name === collection);
  if (folder && !folder.isDirectory())
    throw new AppError(`${join(corpusDir, collection)} is no folder and cannot be a collection.`);
  const entries = collection === "" ? inCorpus : folder && (await list(join(corpusDir, collection)));
  if (!entries) return { articles: [], names: [] };
  const { articles } = await readCorpus(corpusDir);
  return {
    articles: articles.filter((article) => article.collection === collection),
    names: entries.map(({ name }) => takenName(name)),
  };
}

/** Undefined where there is no such folder. */
async function list(folder: string): Promise<Dirent[] | undefined> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new AppError(`The corpus folder ${folder} cannot be read: ${messageOf(error)}`);
  });
}
