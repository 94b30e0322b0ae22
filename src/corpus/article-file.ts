import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { startOf } from "../processes.ts";
import type { Article, ArticleId, Span } from "../types.ts";

/** What stands between the `---` lines. Unknown fields are left alone by the reader. */
const frontMatter = z.object({
  id: z.string().min(1),
  title: z.string().trim().min(1),
  authors: z.preprocess(
    (value) => (typeof value === "string" ? [value] : value), // one author may stand without brackets
    z.array(z.string().trim().min(1)),
  ),
  source: z.string(),
  publishedAt: z.iso.date().optional(),
  page: z.int().positive().optional(),
  /** How many mis-mapped marks were restored in it. */
  repairs: z.int().nonnegative().optional(),
  /** What an import wrote, as `contentHash` gives it: another hash of the same file tells that it was edited. */
  imported: z.string().optional(),
});

export type FrontMatter = z.infer<typeof frontMatter>;

/** An article as it lies on disk: everything but the place it lies in. */
export interface ArticleFile extends FrontMatter {
  readonly text: string;
}

const FENCE = "---\n";
const MISSING = "is missing";

/**
 * The file of an article: front matter between two `---` lines, then the text and one newline that is not the text's.
 * `parseArticleFile` gives back exactly `cleanText(text)`.
 */
export function formatArticleFile({ text, ...fields }: ArticleFile): string {
  const header = frontMatter.parse(fields);
  return `${FENCE}${stringify(header, { lineWidth: 0 })}${FENCE}${cleanText(text)}\n`;
}

/**
 * The article in a file, or undefined for a file without front matter. The text is all that follows the closing `---`
 * line, less one newline at the very end. Throws AppError when the front matter is damaged or not an article's.
 */
export function parseArticleFile(file: string): ArticleFile | undefined {
  const split = splitFrontMatter(file);
  if (!split) {
    if (/^\ufeff?---\s*\n/.test(file))
      throw new AppError("front matter does not stand between two lines of three hyphens");
    return undefined;
  }
  const result = frontMatter.safeParse(split.fields, {
    error: ({ input }) => ((input ?? null) === null ? MISSING : undefined),
  });
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    const field = path.join(".") || "(all of it)";
    const reason = message === MISSING ? `${field} ${MISSING}` : `${field}: ${message}`;
    throw new AppError(`front matter is not an article's: ${reason}`);
  }
  return { ...result.data, text: split.body };
}

/** The YAML between the `---` lines a file opens with, whatever it holds, and the text behind them. */
export function splitFrontMatter(file: string): { fields: unknown; body: string } | undefined {
  const text = cleanText(file.replace(/^\ufeff/, ""));
  if (!text.startsWith(FENCE)) return undefined;
  const close = text.indexOf(`\n${FENCE}`, FENCE.length - 1);
  const end = close >= 0 ? close + 1 + FENCE.length : text.endsWith("\n---") ? text.length : -1;
  if (end < 0) return undefined;
  const header = text.slice(FENCE.length, close >= 0 ? close + 1 : -3);
  try {
    // What the library warns of, such as tags of other programs, it would write to the terminal as it stands.
    return { fields: parse(header, { logLevel: "error" }) ?? {}, body: text.slice(end).replace(/\n$/, "") };
  } catch (error) {
    throw new AppError(
      `front matter is not YAML: ${error instanceof Error ? error.message.split("\n")[0] : error}`,
    );
  }
}

/** Sixteen hex digits over what a person would edit: title, authors, date and text. */
export function contentHash(
  article: Pick<ArticleFile, "title" | "publishedAt" | "text"> & { readonly authors: readonly string[] },
): string {
  const { title, authors, publishedAt = null, text } = article;
  return createHash("sha256")
    .update(JSON.stringify([title, authors, publishedAt, text]))
    .digest("hex")
    .slice(0, 16);
}

/** Text as files keep it: LF, and U+FFFD where half a character stood alone. */
export function cleanText(text: string): string {
  return Buffer.from(text.replace(/\r\n?/g, "\n")).toString();
}

/** One span a paragraph: what blank lines part, without the white space around it. */
export function paragraphSpans(text: string): Span[] {
  return [...text.matchAll(/(?:^[^\n]*\S[^\n]*\n?)+/gm)].map(({ index, 0: block }) => {
    const start = index + block.length - block.trimStart().length;
    return { start, end: start + block.trim().length };
  });
}

/** The article of a file that lies in `collection` under `name`, without `.md`; the file's name is the id. */
export function toArticle(file: ArticleFile, collection: string, name: string): Article {
  return {
    id: articleId(collection, name),
    collection,
    title: file.title,
    authors: file.authors,
    source: file.source,
    ...(file.publishedAt === undefined ? {} : { publishedAt: file.publishedAt }),
    ...(file.page === undefined ? {} : { page: file.page }),
    ...(file.imported === undefined ? {} : { imported: file.imported }),
    text: file.text,
    paragraphs: paragraphSpans(file.text),
  };
}

/** The one place where article ids are made. */
export function articleId(collection: string, name: string): ArticleId {
  return (collection === "" ? name : `${collection}/${name}`) as ArticleId;
}

/** Where the article with this id lies. */
export function articlePath(corpusDir: string, id: ArticleId): string {
  return join(corpusDir, `${id}.md`);
}

/**
 * Where this process keeps an article's file out of sight during a change: a "tmp" until all that belongs to the change
 * is there, an "old" one until nothing can fail any more. Killed in between, the former counts for nothing, and the
 * latter is the article.
 */
export function hiddenPath(corpusDir: string, id: ArticleId, kind: "tmp" | "old"): string {
  const path = articlePath(corpusDir, id);
  return join(dirname(path), `.${basename(path, ".md")}.${process.pid}-${startOf(process.pid)}.${kind}`);
}

/** The name that a file of a collection takes, without `.md`; also one that was set aside, which may get it again. */
export function takenName(file: string): string {
  return file.replace(/^\.(.+)\.\d+(?:-\d*)?\.old$/, "$1").replace(/\.md$/, "");
}

/** A file name for the nth article (from 1) of a source: `page-03`; ASCII, at most 28 characters, no path in it. */
export function articleName(source: string, number: number): string {
  const stem = source.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
  const slug = stem
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 24)
    .replace(/^-+|-+$/g, "");
  return `${slug || "article"}-${String(number).padStart(2, "0")}`;
}
