import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { AppError, messageOf } from "../errors.ts";
import type { Article, ArticleId } from "../types.ts";
import { parseArticleFile, toArticle } from "./article-file.ts";
import { SOURCE_FOLDER } from "./collection-name.ts";

/** A file that was left out. */
export interface CorpusProblem {
  /** Below the corpus folder. */
  readonly path: string;
  readonly reason: string;
}

export interface Corpus {
  /** The default collection first, then the others by name; page-2 before page-10. */
  readonly articles: readonly Article[];
  /** Files that seem to be meant as articles and are none: what shows the corpus shows these too. */
  readonly problems: readonly CorpusProblem[];
  /** Articles whose front matter gives another id than their file's name, which counts; absent where there are none. */
  readonly misnamed?: readonly ArticleId[];
}

/** Files about the corpus, which nobody means as articles. */
const ABOUT = /^(readme|licen[cs]e)\b/i;
const NO_FRONT_MATTER = 'has no front matter: move it to source/ and run "npm run import" on it';
const TOO_DEEP = "is a folder in a collection, of which nothing is read: move its articles up";
/** One after another, 23,000 files took 4.1 s to read instead of 1.5. */
const READ_AT_ONCE = 64;
const byName = new Intl.Collator("en", { numeric: true });

/** What was read of files by their paths, for a corpus that is read again: files that are as they were are not. */
export type CorpusMemory = Map<string, ReadFile>;

interface ReadFile {
  /** Differs when the file was written. */
  readonly stamp: string;
  readonly result: FileResult;
}

type FileResult =
  | { readonly kind: "article"; readonly article: Article; readonly isMisnamed: boolean }
  | { readonly kind: "problem"; readonly reason: string }
  | { readonly kind: "none" };

/**
 * Every article of a corpus folder; a subfolder is a collection. Hidden files, raw sources, READMEs, licences and, in
 * collections, `.md` files without front matter are left out in silence. Throws AppError when a folder cannot be read.
 */
export async function readCorpus(folder: string, memory: CorpusMemory = new Map()): Promise<Corpus> {
  const articles: Article[] = [];
  const problems: CorpusProblem[] = [];
  const misnamed: ArticleId[] = [];
  const seen = new Set<string>();
  const entries = await list(folder);
  for (const collection of ["", ...(await foldersAmong(entries, folder))]) {
    const all = collection === "" ? entries : await list(join(folder, collection));
    const files = all.filter((entry) => !entry.isDirectory() && entry.name.endsWith(".md"));
    if (collection !== "") {
      for (const name of await foldersAmong(all, join(folder, collection)))
        if (await holdsMarkdown(join(folder, collection, name)))
          problems.push({ path: join(collection, name), reason: TOO_DEEP });
    }
    for (let start = 0; start < files.length; start += READ_AT_ONCE) {
      const group = files.slice(start, start + READ_AT_ONCE);
      const results = await Promise.all(
        group.map(({ name }) => readRemembered(join(folder, collection, name), collection, name, memory)),
      );
      for (const [i, { name }] of group.entries()) {
        const result = results[i]!;
        seen.add(join(folder, collection, name));
        if (result.kind === "article") {
          articles.push(result.article);
          if (result.isMisnamed) misnamed.push(result.article.id);
        } else if (result.kind === "problem" && !ABOUT.test(name))
          problems.push({ path: join(collection, name), reason: result.reason });
      }
    }
  }
  for (const path of memory.keys()) if (!seen.has(path)) memory.delete(path);
  return { articles, problems, ...(misnamed.length > 0 ? { misnamed } : {}) };
}

/** Folders, and links to such, but for that of raw files. */
async function foldersAmong(entries: readonly Dirent[], parent: string): Promise<string[]> {
  const are = entries.map(async (entry) => {
    if (!entry.isSymbolicLink()) return entry.isDirectory();
    return stat(join(parent, entry.name)).then(
      (target) => target.isDirectory(),
      // A link to nothing is no folder.
      () => false,
    );
  });
  const isFolder = await Promise.all(are);
  return entries.flatMap(({ name }, i) => (isFolder[i] && name !== SOURCE_FOLDER ? [name] : []));
}

async function holdsMarkdown(folder: string): Promise<boolean> {
  return (await readdir(folder, { recursive: true }).catch(() => [])).some((path) => path.endsWith(".md"));
}

async function readRemembered(
  path: string,
  collection: string,
  name: string,
  memory: CorpusMemory,
): Promise<FileResult> {
  // What cannot be looked at cannot be read either; reading says why.
  const info = await stat(path, { bigint: true }).catch(() => undefined);
  // Reading a pipe or a device may never end.
  if (info && !info.isFile()) return { kind: "problem", reason: "is no file" };
  const stamp = info ? `${info.ino} ${info.size} ${info.mtimeNs} ${info.ctimeNs}` : "";
  const remembered = memory.get(path);
  if (remembered && stamp !== "" && remembered.stamp === stamp) return remembered.result;
  const result = await readArticle(path, collection, name);
  memory.set(path, { stamp, result });
  return result;
}

async function readArticle(path: string, collection: string, name: string): Promise<FileResult> {
  try {
    const file = parseArticleFile(new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path)));
    if (file) {
      const stem = basename(name, ".md");
      const article = toArticle(file, collection, stem);
      return { kind: "article", article, isMisnamed: file.id !== stem && file.id !== article.id };
    }
    return collection === "" ? { kind: "problem", reason: NO_FRONT_MATTER } : { kind: "none" };
  } catch (error) {
    // One bad file must not hide the others; whoever reads the corpus shows what is wrong with it.
    return { kind: "problem", reason: messageOf(error) };
  }
}

async function list(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    const reason = messageOf(cause);
    throw new AppError(
      `The corpus folder ${folder} cannot be read (${reason}); set CORPUS_DIR or --corpus.`,
      {
        cause,
      },
    );
  });
  return entries
    .filter(({ name }) => !name.startsWith("."))
    .sort((a, b) => byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
}
