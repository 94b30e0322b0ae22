import { extname } from "node:path";
import { decodeText } from "./decode-text.ts";
import { readDocx } from "./docx/read-docx.ts";
import { readHtml } from "./html/read-html.ts";
import { readMarkdown } from "./markdown.ts";
import { type PageArticle, readPage } from "./page.ts";

/** An article as a reader found it; what only a finished article file knows may be missing. */
export interface FoundArticle extends PageArticle {
  /** Body as it is to be kept, where it is more than its paragraphs. */
  readonly text?: string;
  readonly source?: string;
  /** Page of the source the article begins on, from 1. */
  readonly page?: number;
}

export interface FoundArticles {
  readonly articles: readonly FoundArticle[];
  /** What was left out, a sentence each. */
  readonly problems: readonly string[];
}

/** Told after every step of reading a file, and of one with pages also which of how many is read. */
export type OnPage = (page?: number, pages?: number) => void;

/**
 * Reads one file; `name` is its name without folders, `onProgress` is told after every step. Throws
 * AppError with the reason, as the end of a sentence about the file ("is encrypted; …"), when it cannot.
 */
export type Reader = (bytes: Uint8Array, name: string, onProgress?: OnPage) => Promise<FoundArticles>;

/** The formats that can be imported. A new one is a line here and a file of its own. */
const READERS: Readonly<Record<string, Reader>> = {
  ".txt": async (bytes) => {
    const { text, warning } = decodeText(bytes);
    const { articles, unplaced } = readPage(text);
    return {
      articles: articles.map((article) => withWarning(article, warning)),
      problems: unplaced.map((title) => `no article was found for the headline “${title}”`),
    };
  },
  ".md": async (bytes, name) => {
    const { text, warning } = decodeText(bytes);
    const article = readMarkdown(text, name);
    return { articles: article ? [withWarning(article, warning)] : [], problems: [] };
  },
  ".pdf": async (bytes, _name, onProgress) => {
    const { readPdf } = await import("./pdf/read-pdf.ts");
    return readPdf(bytes, onProgress);
  },
  ".html": readHtml,
  ".htm": readHtml,
  ".docx": readDocx,
};

/** Extensions that can be imported, as `.txt`. */
export const IMPORTABLE: readonly string[] = Object.keys(READERS);

/** The reader for a file name, by its extension in any case; undefined for a format nobody reads. */
export function readerFor(name: string): Reader | undefined {
  return READERS[extname(name).toLowerCase()];
}

function withWarning(article: FoundArticle, warning: string | undefined): FoundArticle {
  return warning === undefined ? article : { ...article, warnings: [...(article.warnings ?? []), warning] };
}
