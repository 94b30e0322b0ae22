import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ArticleId } from "../types.ts";
import { articleId, articleName, cleanText, contentHash, takenName } from "./article-file.ts";
import { writeImport } from "./write-import.ts";

/** An article that comes from no file. */
export interface NewArticle {
  readonly title: string;
  readonly authors: readonly string[];
  readonly text: string;
  /** Its name gives the id, as that of a file does. */
  readonly source: string;
  /** "" is the default one. It is made where it is missing. */
  readonly collection: string;
}

/** Writes an article as an import does, under an id that is free, and returns that. Throws AppError when it fails. */
export async function addArticle(corpusDir: string, article: NewArticle): Promise<ArticleId> {
  const { collection, source } = article;
  const content = {
    title: oneLine(article.title),
    authors: article.authors.map(oneLine).filter((author) => author !== ""),
    text: cleanText(article.text).trim(),
  };
  const names = await readdir(join(corpusDir, collection)).catch(() => []);
  const taken = new Set(names.map(takenName));
  let number = 1;
  while (taken.has(articleName(source, number))) number++;
  const id = articleId(collection, articleName(source, number));
  const file = { ...content, id, source, imported: contentHash(content) };
  await writeImport({ corpusDir, collection, articles: [file] });
  return id;
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}
