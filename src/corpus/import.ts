import {
  constants,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { AppError, messageOf } from "../errors.ts";
import type { ArticleId } from "../types.ts";
import { type ArticleFile, articleId, articleName, cleanText, formatArticleFile } from "./article-file.ts";
import { readCorpus } from "./read-corpus.ts";
import { type FoundArticle, IMPORTABLE, readerFor } from "./readers.ts";

export interface PlannedArticle extends ArticleFile {
  readonly paragraphs: readonly string[];
  /** The same title and text, already in the corpus or earlier in the plan; such an article is not written. */
  readonly sameAs?: ArticleId;
  /** What an earlier version of the same file gave under the same title; it is written over. */
  readonly replaces?: ArticleId;
}

export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

export interface ImportPlan {
  readonly corpusDir: string;
  readonly articles: readonly PlannedArticle[];
  /** Files, or parts of one, that give no new article, each with one reason. */
  readonly skipped: readonly Skipped[];
}

/** What `import --dry-run --json` prints; other programs rely on it. */
export interface ImportReport {
  readonly articles: readonly (Pick<PlannedArticle, "title" | "authors" | "paragraphs" | "id"> & {
    readonly repairs: number;
    readonly sameAs?: string;
    readonly replaces?: string;
  })[];
  readonly skipped: readonly Skipped[];
}

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const byName = new Intl.Collator("en", { numeric: true });

/**
 * What importing these files and folders would add to a corpus; nothing is written. Folders are searched through, in
 * order of names, hidden files left out. Whatever cannot be read is skipped with its reason.
 */
export async function planImport(paths: readonly string[], corpusDir: string): Promise<ImportPlan> {
  const skipped: Skipped[] = [];
  const files = await findFiles(paths, skipped);
  const corpus = await existingArticles(corpusDir);
  const articles: PlannedArticle[] = [];
  for (const path of files) {
    try {
      const found = await readArticles(path);
      for (const reason of found.problems) skipped.push({ path, reason });
      if (found.articles.length === 0) skipped.push({ path, reason: "holds no article" });
      for (const article of found.articles) {
        const isOnly = found.articles.filter(({ title }) => title === article.title).length === 1;
        const planned = plan(article, path, corpus, isOnly);
        articles.push(planned);
        if (planned.sameAs) {
          skipped.push({ path, reason: `“${planned.title}” is already in the corpus as ${planned.sameAs}` });
        }
      }
    } catch (error) {
      // One unreadable file must not stop the others; the reason is shown with its path.
      skipped.push({ path, reason: reasonOf(error) });
    }
  }
  return { corpusDir, articles, skipped };
}

/** The plan as other programs read it. */
export function reportImport(plan: ImportPlan): ImportReport {
  return {
    articles: plan.articles.map(({ title, authors, paragraphs, id, repairs = 0, sameAs, replaces }) => ({
      title,
      authors,
      paragraphs,
      id,
      repairs,
      ...(sameAs ? { sameAs } : {}),
      ...(replaces ? { replaces } : {}),
    })),
    skipped: plan.skipped,
  };
}

/**
 * Writes the plan's new articles and returns their ids. All of them are on disk under hidden names before the first
 * appears, no file is overwritten but those that are replaced, and a failure takes everything back. Throws AppError
 * when it fails.
 */
export async function writeImport(plan: ImportPlan): Promise<ArticleId[]> {
  const fresh = plan.articles.filter(({ sameAs }) => sameAs === undefined);
  const prepared: { hidden: string; final: string; replaces: boolean }[] = [];
  const undo: (() => Promise<void>)[] = [];
  try {
    await mkdir(plan.corpusDir, { recursive: true });
    await removeLeftovers(plan.corpusDir);
    for (const { paragraphs: _, sameAs: __, replaces, ...file } of fresh) {
      const hidden = join(plan.corpusDir, `.${file.id}.${process.pid}.tmp`);
      prepared.push({
        hidden,
        final: join(plan.corpusDir, `${file.id}.md`),
        replaces: replaces !== undefined,
      });
      await writeSynced(hidden, formatArticleFile(file));
    }
    for (const { hidden, final, replaces } of prepared) {
      const before = replaces ? await readFile(final) : undefined;
      await (before ? rename : appear)(hidden, final);
      undo.push(() => (before ? writeFile(final, before) : rm(final, { force: true })));
    }
  } catch (error) {
    await Promise.all(undo.map((takeBack) => takeBack()));
    throw new AppError(`Nothing was imported into ${plan.corpusDir}: ${messageOf(error)}`, { cause: error });
  } finally {
    await Promise.all(prepared.map(({ hidden }) => rm(hidden, { force: true })));
  }
  return fresh.map(({ id }) => articleId("", id));
}

/** What an import that was killed has written and not made visible. */
async function removeLeftovers(corpusDir: string): Promise<void> {
  const leftovers = (await readdir(corpusDir)).filter((name) => /^\..+\.\d+\.tmp$/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(corpusDir, name), { force: true })));
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A hard link fails where a file exists, which a rename would silently replace. */
async function appear(hidden: string, final: string): Promise<void> {
  await link(hidden, final).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw error;
    // Some file systems have no hard links; a copy refuses to overwrite as well.
    await copyFile(hidden, final, constants.COPYFILE_EXCL);
  });
}

/** What the default collection holds, and what is planned for it. */
interface Known {
  /** From an article's content to its id. */
  readonly contents: Map<string, string>;
  /** From a source's name and a title to the content found there before. */
  readonly versions: Map<string, string>;
  /** File names, without `.md`. */
  readonly taken: Set<string>;
}

/** `isOnly`: no other article of the file has its title, so that an earlier version can be told. */
function plan(found: FoundArticle, path: string, known: Known, isOnly: boolean): PlannedArticle {
  const { paragraphs, text, source = basename(path), title, ...rest } = found;
  const body = cleanText(text ?? paragraphs.join("\n\n"));
  const heading = cleanText(title).replace(/\s+/g, " ").trim();
  const content = keyOf(heading, body);
  const version = keyOf(source, heading);
  const same = known.contents.get(content);
  const earlier = isOnly && same === undefined ? known.versions.get(version) : undefined;
  const replaced = earlier === undefined ? undefined : known.contents.get(earlier);
  const id = same ?? replaced ?? freeName(path, known.taken);
  if (earlier !== undefined) known.contents.delete(earlier);
  known.versions.delete(version);
  known.contents.set(content, id);
  known.taken.add(id);
  return {
    ...rest,
    authors: [...rest.authors],
    title: heading,
    id,
    source,
    text: body,
    paragraphs,
    ...(same === undefined ? {} : { sameAs: articleId("", same) }),
    ...(replaced === undefined ? {} : { replaces: articleId("", replaced) }),
  };
}

function freeName(path: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = articleName(path, number);
    if (!taken.has(name)) return name;
  }
}

async function existingArticles(corpusDir: string): Promise<Known> {
  const names = await readdir(corpusDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new AppError(`The corpus folder ${corpusDir} cannot be read: ${messageOf(error)}`);
  });
  const contents = new Map<string, string>();
  const versions = new Map<string, string>();
  if (!names) return { contents, versions, taken: new Set() };
  const several = new Set<string>();
  for (const { collection, id, title, text, source } of (await readCorpus(corpusDir)).articles) {
    if (collection !== "") continue;
    const version = keyOf(source, title);
    if (versions.has(version)) several.add(version);
    contents.set(keyOf(title, text), id);
    versions.set(version, keyOf(title, text));
  }
  for (const version of several) versions.delete(version);
  return { contents, versions, taken: new Set(names.map((name) => name.replace(/\.md$/, ""))) };
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts.map((part) => part.replace(/\s+/g, "")));
}

async function readArticles(path: string) {
  const reader = readerFor(path);
  if (!reader) {
    const extension = extname(path);
    throw new AppError(
      `${extension === "" ? "a file without extension" : extension} cannot be imported; ${IMPORTABLE.join(", ")} can`,
    );
  }
  const { size } = await stat(path);
  if (size > MAX_FILE_BYTES)
    throw new AppError(
      `is ${Math.ceil(size / 1024 / 1024)} MB; the limit is ${MAX_FILE_BYTES / 1024 / 1024} MB`,
    );
  return reader(await readFile(path), basename(path));
}

/** The files to read, each once. What was named must exist; within folders only known formats are taken. */
async function findFiles(paths: readonly string[], skipped: Skipped[]): Promise<string[]> {
  const files: string[] = [];
  const seen = new Set<string>();
  const visit = async (path: string, isNamed: boolean): Promise<void> => {
    try {
      const place = await realpath(path);
      if (seen.has(place)) {
        if (isNamed) skipped.push({ path, reason: "was given twice" });
        return;
      }
      seen.add(place);
      const info = await stat(place);
      if (info.isDirectory()) {
        const before = files.length + skipped.length;
        const names = (await readdir(place)).filter((name) => !name.startsWith("."));
        for (const name of names.sort(byName.compare)) await visit(join(path, name), false);
        if (isNamed && files.length + skipped.length === before) {
          skipped.push({ path, reason: `holds no file of a known format (${IMPORTABLE.join(", ")})` });
        }
      } else if (!info.isFile()) skipped.push({ path, reason: "is neither a file nor a folder" });
      else files.push(path);
    } catch (error) {
      skipped.push({ path, reason: reasonOf(error) });
    }
  };
  for (const path of paths) await visit(path, true);
  return files;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read",
  EPERM: "may not be read",
  ELOOP: "is a link that leads to itself",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? messageOf(error);
}
