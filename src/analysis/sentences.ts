import type { Span } from "../types.ts";

/** Closing marks that belong to the sentence which they end. */
const CLOSERS = "[”’」』）)】》〉\"']*";
/** One letter before a full stop is an initial, and some words are abbreviations. */
const ABBREVIATION = "(?<!\\b\\p{Lu}|\\b(?:Mr|Mrs|Ms|Dr|St|No|vs))";
/** A small letter after white space goes on with the sentence: "5 p.m. on Monday", "“Really?” he said." */
const NO_SMALL_LETTER = "(?!\\s+\\p{Ll})";
/**
 * Ends of sentences: CJK marks anywhere, an ellipsis before a closing mark, ASCII marks before white space, of which
 * ! and ? may also stand before a script without spaces, but not inside an address ("?a=1").
 */
const SENTENCE_END = new RegExp(
  [
    `[!?]*[。！？][。！？!?]*${CLOSERS}`,
    // Bounded: long runs of dots are a table of contents.
    "(?<!…)…{2,12}[”’」』）】]+",
    `[!?]+${CLOSERS}(?=\\s|$|\\p{Lo}|[“‘「『（《])${NO_SMALL_LETTER}`,
    `${ABBREVIATION}[.]${CLOSERS}(?=\\s|$)${NO_SMALL_LETTER}`,
    "\\n+",
  ].join("|"),
  "gu",
);
/** 杨明杰说。 — who said what stands before it; by itself it tells nothing. */
const ATTRIBUTION = /^[^。！？，,；;]{0,24}(?:说|表示|介绍|指出|称|道|强调)[。]?$/u;

/** Sentences of `text` within `within` (default all of it), in order, without the white space around them. */
export function splitSentences(text: string, within: Span = { start: 0, end: text.length }): Span[] {
  const slice = text.slice(within.start, within.end);
  const spans: Span[] = [];
  let start = 0;
  const close = (end: number) => {
    const span = trimSpan(slice, { start, end });
    start = end;
    if (span.start === span.end) return;
    const last = spans.at(-1);
    const body = slice.slice(span.start, span.end);
    if (
      last !== undefined &&
      /[”’」』]$/u.test(slice.slice(last.start, last.end)) &&
      ATTRIBUTION.test(body)
    ) {
      spans[spans.length - 1] = { start: last.start, end: span.end };
    } else spans.push(span);
  };
  for (const match of slice.matchAll(SENTENCE_END)) close(match.index + match[0].length);
  close(slice.length);
  return spans.map((span) => ({ start: span.start + within.start, end: span.end + within.start }));
}

/** Clauses of a sentence: cut after ，,；;：: and dashes, so that they tile `within` save for white space. */
export function splitClauses(text: string, within: Span): Span[] {
  const spans: Span[] = [];
  let start = within.start;
  const slice = text.slice(within.start, within.end);
  for (const match of slice.matchAll(/[，；：]["”’]*|[,;:]["”’]*(?=\s)|——+/gu)) {
    const end = within.start + match.index + match[0].length;
    const span = trimSpan(text, { start, end });
    if (span.end > span.start) spans.push(span);
    start = end;
  }
  const rest = trimSpan(text, { start, end: within.end });
  if (rest.end > rest.start) spans.push(rest);
  return spans;
}

/** The span without white space at either end. */
export function trimSpan(text: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && /\s/u.test(text[start]!)) start++;
  while (end > start && /\s/u.test(text[end - 1]!)) end--;
  return { start, end };
}
