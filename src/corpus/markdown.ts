import { z } from "zod";
import { parseArticleFile, splitFrontMatter } from "./article-file.ts";
import { readAuthorLine, readNames } from "./bylines.ts";
import { readImprint, takeImprint } from "./imprint.ts";
import { LIST_ITEM, readLines } from "./lines.ts";
import { takeAuthors } from "./plain-text.ts";
import { repairPunctuation } from "./punctuation.ts";
import type { FoundArticle } from "./readers.ts";
import { isHardWrapped, partedParagraphs, unwrap } from "./wraps.ts";

/** Lists, tables, quotations and further headings: lines that mean something are no wraps. */
const STRUCTURE = /^(?:[-*+•·] |\d{1,2}[.)、]|\||>|#{1,6}[ \t])/;

const word = z.string().trim().min(1);
/** What front matter may say of a text; anything that does not fit is left alone. */
const metadata = z.object({
  title: word.optional().catch(undefined),
  authors: z.array(word).or(word).optional().catch(undefined),
  author: z.array(word).or(word).optional().catch(undefined),
  source: word.optional().catch(undefined),
  date: z.iso.date().optional().catch(undefined),
  publishedAt: z.iso.date().optional().catch(undefined),
  page: z.int().positive().optional().catch(undefined),
});

/**
 * A Markdown text as one article, a finished article file as it is; undefined where there is no text. The first
 * `# heading`, or an underlined first line, or the front matter's title, or the file's name is the title; blank lines
 * part paragraphs, and lines within one stay unless they are a column's wraps.
 */
export function readMarkdown(text: string, name: string): FoundArticle | undefined {
  const finished = readArticleFile(text);
  if (finished) return finished.paragraphs.length > 0 ? finished : undefined;
  const { fields, body } = splitMetadata(text);
  const { text: repaired, repairs } = repairPunctuation(body.trim());
  const heading =
    /^#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$/m.exec(repaired) ?? /^(\S[^\n]*)\n={2,}[ \t]*(?=\n)/.exec(repaired);
  const content = heading
    ? `${repaired.slice(0, heading.index)}\n\n${repaired.slice(heading.index + heading[0].length)}`
    : repaired;
  const lines = readLines(content);
  const wrapped = isHardWrapped(lines) || partedParagraphs(lines) !== undefined;
  const blocks = splitBlocks(content).map((block) => withoutEmphasis(wrapped ? unwrapBlock(block) : block));
  const imprint = takeImprint(blocks, (block) => block);
  const { authors, paragraphs } = takeAuthors(imprint.lines);
  if (paragraphs.length === 0) return undefined;
  const { title, author, authors: named = author, date, source, page } = fields;
  const { publishedAt = date ?? imprint.publishedAt } = fields;
  return {
    title: heading?.[1] ?? title ?? name.replace(/\.[^.]*$/, ""),
    authors: [...new Set([...namesOf(named), ...imprint.authors, ...authors])],
    paragraphs,
    repairs: repairs.length,
    ...known({ source, publishedAt, page }),
  };
}

function readArticleFile(text: string): FoundArticle | undefined {
  const fields = splitFrontMatter(text)?.fields;
  const isFinished =
    typeof fields === "object" &&
    fields &&
    ["id", "title", "authors", "source"].every((key) => key in fields);
  const file = isFinished ? parseArticleFile(text) : undefined;
  if (!file) return undefined;
  const { id: _, repairs = 0, publishedAt, page, ...article } = file;
  return { ...article, repairs, paragraphs: splitBlocks(file.text), ...known({ publishedAt, page }) };
}

/** Two lines of dashes around anything but fields are part of the text. */
function splitMetadata(text: string): { fields: z.infer<typeof metadata>; body: string } {
  const split = splitFrontMatter(text);
  const fields = metadata.safeParse(split?.fields);
  return split && fields.success ? { fields: fields.data, body: split.body } : { fields: {}, body: text };
}

function splitBlocks(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== "");
}

/** A line of authors as it is without the asterisks around it. */
function withoutEmphasis(block: string): string {
  const plain = /^([*_]{1,3})([^\n*_]+)\1$/.exec(block)?.[2];
  return plain && (readAuthorLine(plain) || readImprint(plain)) ? plain : block;
}

function unwrapBlock(block: string): string {
  const lines = readLines(block);
  return lines.some(({ text }) => STRUCTURE.test(text) || LIST_ITEM.test(text)) ? block : unwrap(lines);
}

function namesOf(named: string | readonly string[] = []): readonly string[] {
  return typeof named === "string" ? (readNames(named) ?? [named]) : named;
}

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function known<T extends object>(fields: T): Known<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Known<T>;
}
