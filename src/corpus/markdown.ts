import { splitFrontMatter } from "./article-file.ts";
import { readByline } from "./bylines.ts";
import { closeSpaces, isHardWrapped, joinLines, partedParagraphs, readLines } from "./lines.ts";
import type { PageArticle } from "./page.ts";
import { repairPunctuation } from "./punctuation.ts";

/** Lists, tables, quotations and further headings: lines that mean something are no wraps. */
const STRUCTURE = /^[ \t]*(?:[-*+•·] |\d{1,2}[.)、] ?|\||>|#{1,6}[ \t])/m;

/**
 * A Markdown text as one article: its first `# heading`, or the front matter's title, or the file's name is the
 * title; blank lines part paragraphs, and lines within one stay unless they are a column's wraps.
 */
export function readMarkdown(text: string, name: string): PageArticle {
  const split = splitFrontMatter(text);
  const { text: repaired, repairs } = repairPunctuation((split?.body ?? text).trim());
  const heading = /^#[ \t]+(.+?)[ \t]*#*$/m.exec(repaired);
  const body = heading
    ? repaired.slice(0, heading.index) + repaired.slice(heading.index + heading[0].length)
    : repaired;
  const lines = readLines(body);
  const wrapped = !STRUCTURE.test(body) && (isHardWrapped(lines) || partedParagraphs(lines) !== undefined);
  const paragraphs = body
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) =>
      wrapped ? closeSpaces(joinLines(paragraph.split("\n").map((line) => line.trim()))) : paragraph,
    );
  const byline = readByline(paragraphs.at(-1) ?? "");
  if (byline) paragraphs.splice(-1, 1, ...(byline.text === "" ? [] : [byline.text]));
  return {
    title: heading?.[1] ?? titleOf(split?.fields) ?? name.replace(/\.[^.]*$/, ""),
    authors: byline?.authors ?? [],
    paragraphs,
    repairs: repairs.length,
  };
}

function titleOf(fields: unknown): string | undefined {
  if (typeof fields !== "object" || fields === null || !("title" in fields)) return undefined;
  return typeof fields.title === "string" && fields.title.trim() !== "" ? fields.title.trim() : undefined;
}
