import { type InterfaceLanguage, phrasesFor } from "../../answering/phrases.ts";
import type { Article, Span } from "../../types.ts";
import { escapeHtml, fitText } from "../html.ts";

/** HTML of the text on one page; with its heading it stays below Telegram's 4096. */
const MAX_PAGE_CHARS = 2800;
const MAX_HEADING_CHARS = 300;

/** A part of an article that fits into one message. */
export interface ArticlePage {
  readonly html: string;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
}

/**
 * One page of an article as Telegram HTML, at most 4096 UTF-16 units: title, authors, date and source, then numbered
 * paragraphs, as citations count them. A paragraph too long for a page goes on overleaf.
 *
 * @param wanted The page, from 0; or a span of the text, which is underlined on the page where it begins.
 */
export function renderArticlePage(
  article: Article,
  wanted: number | Span,
  language: InterfaceLanguage,
): ArticlePage {
  const mark = typeof wanted === "number" ? undefined : wanted;
  const pages = paginate(article);
  const found =
    mark === undefined
      ? (wanted as number)
      : pages.findIndex((parts) => parts.some(({ start, end }) => mark.start >= start && mark.start < end));
  const page = Math.min(Math.max(found, 0), pages.length - 1);
  const body = pages[page]!.map((part) => renderPart(article, part, mark)).join("\n\n");
  const counted = pages.length > 1 ? `\n\n<i>${page + 1}/${pages.length}</i>` : "";
  return { html: `${renderHeading(article, language)}\n\n${body}${counted}`, page, pages: pages.length };
}

/** A paragraph, or a part of one, on one page. */
interface Part extends Span {
  /** Number of its paragraph where it begins one, from 1. */
  readonly ordinal?: number;
}

/** Pages of parts of the text, each as full as may be. */
function paginate({ text, paragraphs }: Article): Part[][] {
  const pages: Part[][] = [];
  let left = 0;
  for (const [i, { start, end }] of paragraphs.entries()) {
    for (let from = start; from < end; ) {
      const room = left < MAX_PAGE_CHARS / 4 ? MAX_PAGE_CHARS : left;
      const to = from + fittingLength(text.slice(from, Math.min(end, from + room + 1)), room);
      const part = { start: from, end: to, ...(from === start ? { ordinal: i + 1 } : {}) };
      if (room === left) pages.at(-1)!.push(part);
      else pages.push([part]);
      left = room - escapeHtml(text.slice(from, to)).length - OVERHEAD;
      from = to;
    }
  }
  return pages.length > 0 ? pages : [[]];
}

/** What a paragraph's number and marks take. */
const OVERHEAD = 40;

/** How many units of the text fit, at a sentence's end where there is one in the second half. */
function fittingLength(text: string, room: number): number {
  if (escapeHtml(text).length <= room) return text.length;
  let length = 0;
  let taken = 0;
  for (const character of text) {
    taken += escapeHtml(character).length;
    if (taken > room) break;
    length += character.length;
  }
  const sentence = Math.max(...["。", "！", "？", ". "].map((mark) => text.lastIndexOf(mark, length - 1)));
  return sentence > length / 2 ? sentence + 1 : length;
}

function renderPart({ text }: Article, { start, end, ordinal }: Part, mark: Span | undefined): string {
  const number = ordinal === undefined ? "" : `<b>${ordinal}</b>  `;
  if (mark === undefined || mark.end <= start || mark.start >= end)
    return number + escapeHtml(text.slice(start, end));
  const [from, to] = [Math.max(mark.start, start), Math.min(mark.end, end)];
  const [before, marked, after] = [text.slice(start, from), text.slice(from, to), text.slice(to, end)];
  return `${number}${escapeHtml(before)}<u>${escapeHtml(marked)}</u>${escapeHtml(after)}`;
}

function renderHeading(
  { title, authors, publishedAt, source, page }: Article,
  language: InterfaceLanguage,
): string {
  const phrases = phrasesFor(language);
  const place = page === undefined ? source : phrases.page(source, page);
  const details = [phrases.authors(authors), publishedAt ?? "", place].filter((detail) => detail !== "");
  const line = details.join(" · ").replace(/\s+/g, " ");
  const heading = `<b>${fitText(MAX_HEADING_CHARS, title.replace(/\s+/g, " "))}</b>`;
  return line === "" ? heading : `${heading}\n${fitText(MAX_HEADING_CHARS, line)}`;
}
