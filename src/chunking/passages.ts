import { splitClauses, splitSentences, trimSpan } from "../analysis/sentences.ts";
import type { Article, Passage, PassageId, Span } from "../types.ts";

/** Widths are in Han characters; a letter, digit or mark of another script counts for `NARROW_WIDTH` of one. */
export interface ChunkingSettings {
  /** A passage ends at the end of a paragraph once it is this wide. */
  readonly minWidth: number;
  /** No passage is wider. */
  readonly maxWidth: number;
}

export const DEFAULT_CHUNKING: ChunkingSettings = { minWidth: 100, maxWidth: 240 };

const NARROW_WIDTH = 0.4;

/**
 * Sentence-aligned passages of an article: whole sentences are gathered up to `maxWidth`, a paragraph's end is
 * preferred as a border, and only a sentence that is too wide by itself is cut, between clauses, and a clause that
 * still is, wherever it must be. Every character but white space lies in exactly one passage.
 */
export function splitIntoPassages(
  article: Article,
  settings: ChunkingSettings = DEFAULT_CHUNKING,
): Passage[] {
  const passages: Passage[] = [];
  let open: Span | undefined;
  const close = () => {
    if (open === undefined) return;
    passages.push(makePassage(article, passages.length, open));
    open = undefined;
  };
  for (const paragraph of article.paragraphs) {
    for (const unit of quotableUnits(article.text, paragraph, settings.maxWidth)) {
      if (
        open !== undefined &&
        widthOf(article.text, { start: open.start, end: unit.end }) > settings.maxWidth
      )
        close();
      open = { start: open?.start ?? unit.start, end: unit.end };
    }
    if (open !== undefined && widthOf(article.text, open) >= settings.minWidth) close();
  }
  close();
  return passages;
}

/** The one place where passages and their ids are made: `ordinal` is the place among those of the article, from 0. */
export function makePassage(article: Article, ordinal: number, span: Span): Passage {
  return {
    id: `${article.id}#${ordinal}` as PassageId,
    articleId: article.id,
    ordinal,
    span,
    text: article.text.slice(span.start, span.end),
  };
}

function quotableUnits(text: string, paragraph: Span, maxWidth: number): Span[] {
  const fits = (span: Span) => widthOf(text, span) <= maxWidth;
  return splitSentences(text, paragraph)
    .flatMap((sentence) => (fits(sentence) ? [sentence] : splitClauses(text, sentence)))
    .flatMap((clause) => (fits(clause) ? [clause] : cutToWidth(text, clause, maxWidth)));
}

/** Pieces of a span, cut behind the last 、 or white space that fits, else between any two characters. */
function cutToWidth(text: string, span: Span, maxWidth: number): Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  while (start < span.end) {
    let end = start;
    let border = span.start;
    let width = 0;
    while (end < span.end) {
      const next = end + String.fromCodePoint(text.codePointAt(end)!).length;
      width += widthOf(text, { start: end, end: next });
      if (width > maxWidth && end > start) break;
      end = next;
      if (/[、\s]/u.test(text[end - 1]!)) border = end;
    }
    if (end < span.end && border > start) end = border;
    pieces.push(trimSpan(text, { start, end }));
    start = end;
  }
  return pieces.filter((piece) => piece.end > piece.start);
}

/** In Han characters; others count for `NARROW_WIDTH` of one. */
export function widthOf(text: string, span: Span): number {
  let width = 0;
  for (let i = span.start; i < span.end; i++) width += text.charCodeAt(i) >= 0x2e80 ? 1 : NARROW_WIDTH;
  return width;
}
