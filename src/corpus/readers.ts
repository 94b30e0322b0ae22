import { extname } from "node:path";
import { AppError } from "../errors.ts";
import { parseArticleFile, splitFrontMatter } from "./article-file.ts";
import { readMarkdown } from "./markdown.ts";
import { type PageArticle, readPage } from "./page.ts";

/** An article as a reader found it; what only a finished article file knows may be missing. */
export interface FoundArticle extends PageArticle {
  /** Body as it is to be kept, where it is more than its paragraphs. */
  readonly text?: string;
  readonly source?: string;
  readonly publishedAt?: string;
  readonly page?: number;
}

export interface FoundArticles {
  readonly articles: readonly FoundArticle[];
  /** What was left out, a sentence each. */
  readonly problems: readonly string[];
}

/** Reads one file; `name` is its name without folders. Throws AppError with the reason when it cannot. */
export type Reader = (bytes: Uint8Array, name: string) => Promise<FoundArticles>;

/** The formats that can be imported. A new one is a line here and a file of its own. */
const READERS: Readonly<Record<string, Reader>> = {
  ".txt": async (bytes) => {
    const { articles, unplaced } = readPage(decodeText(bytes));
    return {
      articles,
      problems: unplaced.map((title) => `no article was found for the headline “${title}”`),
    };
  },
  ".md": async (bytes, name) => {
    const text = decodeText(bytes);
    return { articles: [readArticle(text) ?? readMarkdown(text, name)], problems: [] };
  },
};

/** Extensions that can be imported, as `.txt`. */
export const IMPORTABLE: readonly string[] = Object.keys(READERS);

/** The reader for a file name, by its extension in any case; undefined for a format nobody reads. */
export function readerFor(name: string): Reader | undefined {
  return READERS[extname(name).toLowerCase()];
}

/** UTF-8 text without byte order mark, lines ended by LF. Throws AppError for anything else. */
export function decodeText(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("is not UTF-8 text; save it as UTF-8", { cause });
  }
  if (text.includes("\0")) throw new AppError("holds NUL bytes and is not text");
  return text.replace(/\r\n?/g, "\n");
}

/** A finished article file passes through; other front matter is metadata of a plain Markdown text. */
function readArticle(text: string): FoundArticle | undefined {
  const fields = splitFrontMatter(text)?.fields;
  if (!fields || typeof fields !== "object" || !("authors" in fields && "source" in fields)) return undefined;
  const file = parseArticleFile(text);
  if (!file) return undefined;
  const { id: _, repairs = 0, publishedAt, page, ...article } = file;
  const paragraphs = article.text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean);
  return {
    ...article,
    paragraphs,
    repairs,
    ...(publishedAt ? { publishedAt } : {}),
    ...(page ? { page } : {}),
  };
}
