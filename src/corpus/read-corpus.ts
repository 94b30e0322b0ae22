import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "../errors.ts";
import type { Article } from "../types.ts";
import { parseArticleFile, toArticle } from "./article-file.ts";

export interface CorpusProblem {
  /** Below the corpus folder. */
  readonly path: string;
  readonly reason: string;
}

export interface Corpus {
  /** The default collection first, then the others by name; page-2 before page-10. */
  readonly articles: readonly Article[];
  /** Files that look like articles and are none. */
  readonly problems: readonly CorpusProblem[];
}

/** Raw files lie here, in the corpus and in a collection. */
const SOURCE_FOLDER = "source";
const byName = new Intl.Collator("en", { numeric: true });

/**
 * Every article of a corpus folder; a subfolder is a collection. `.md` files without front matter, hidden files and
 * raw sources are not articles. Throws AppError when the folder cannot be read.
 */
export async function readCorpus(folder: string): Promise<Corpus> {
  const entries = await list(folder).catch((error) => {
    throw new AppError(
      `The corpus folder ${folder} cannot be read (${messageOf(error)}); set CORPUS_DIR or --corpus.`,
    );
  });
  const collections = [
    "",
    ...entries.filter((entry) => entry.isDirectory() && entry.name !== SOURCE_FOLDER).map(({ name }) => name),
  ];
  const articles: Article[] = [];
  const problems: CorpusProblem[] = [];
  for (const collection of collections) {
    const path = join(folder, collection);
    for (const entry of collection === "" ? entries : await list(path)) {
      if (entry.isDirectory() || !entry.name.endsWith(".md")) continue;
      const name = entry.name.slice(0, -".md".length);
      try {
        const file = parseArticleFile(
          new TextDecoder("utf-8", { fatal: true }).decode(await readFile(join(path, entry.name))),
        );
        if (file) articles.push(toArticle(file, collection, name));
      } catch (error) {
        // One bad file must not hide the others; whoever reads the corpus shows what is wrong with it.
        problems.push({ path: join(collection, entry.name), reason: messageOf(error) });
      }
    }
  }
  return { articles, problems };
}

async function list(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith("."))
    .sort((a, b) => byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
}
