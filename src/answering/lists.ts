import { splitSentences } from "../analysis/sentences.ts";
import type { Article, Span } from "../types.ts";
import { parseNumber } from "./numerals.ts";

/** An enumeration in an article. */
export interface TextList {
  readonly article: Article;
  /** From the first marker to the end of the last item, closing marks included. */
  readonly span: Span;
  /** Without marker and closing punctuation. */
  readonly items: readonly Span[];
  /** What stands before the first marker and introduces the list; empty at an article's beginning. */
  readonly lead: Span;
  /** How many items the lead says there are; null where it does not say. */
  readonly declared: number | null;
  /** Whether the source breaks off with an ellipsis. */
  readonly elided: boolean;
}

interface Marker {
  readonly start: number;
  /** Where the item's text begins. */
  readonly end: number;
  readonly ordinal: number;
}

const CJK = "[一二三四五六七八九十]{1,3}";
/** Markers stand at the beginning of a clause. */
const BORDER = "(?<=^|[\\n。！？!?；;：:，,、“‘「『（(…—]\\s*|\\.\\s+)";

/** Ways of numbering; the items of one list are all numbered in the same way. */
const FAMILIES: readonly RegExp[] = [
  new RegExp(`${BORDER}(?<n>${CJK})(?:是|要|则)(?!否)`, "gu"),
  new RegExp(`${BORDER}第(?<n>${CJK})(?:[，、,：:]|是|点[，、：])`, "gu"),
  new RegExp(`${BORDER}(?<n>${CJK})[、．]`, "gu"),
  new RegExp(`${BORDER}[（(](?<n>${CJK})[）)]`, "gu"),
  new RegExp(`${BORDER}[（(](?<n>\\d{1,2})[）)]`, "gu"),
  new RegExp(`${BORDER}(?<n>\\d{1,2})(?:[、．)）]|\\.(?!\\d))`, "gu"),
  /(?<n>[①-⑳])/gu,
  new RegExp(`${BORDER}(?<n>首先|其次|再次|第四|最后)[，,]?`, "gu"),
  new RegExp(
    `${BORDER}(?<n>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:ly)?,\\s`,
    "giu",
  ),
];
const SEQUENCE_WORDS: Readonly<Record<string, number>> = { 首先: 1, 其次: 2, 再次: 3, 第四: 4 };
/** Comes after any number of items. */
const LAST_WORD = "最后";

/** Counted nouns: what may be declared, as in 六个方面, 八条硬措施, "three steps". */
const DECLARED =
  /(?<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:[大个条项点种类步招措]|方面)(?!次)|\b(?<word>two|three|four|five|six|seven|eight|nine|ten) (?:\p{L}+[ -]){0,2}\p{L}+s\b/giu;
/** An item wider than this is prose that happens to begin like one. */
const MAX_ITEM_CHARS = 600;
/** How far back a lead may reach. */
const MAX_LEAD_CHARS = 260;
const CLOSING = /[；;。，,、.\s]+$/u;
const ELLIPSIS = /(?:…+|\.{3,})["”’」』）)]*[。.]?["”’」』]*\s*$/u;

/** Every enumeration of at least two numbered items, in the order of the text. */
export function findLists(article: Article): TextList[] {
  const { text } = article;
  const lists = FAMILIES.flatMap((family) =>
    sequences(markersOf(text, family)).map((run) => toList(article, run)),
  );
  return lists.sort((a, b) => a.span.start - b.span.start);
}

function markersOf(text: string, family: RegExp): Marker[] {
  return [...text.matchAll(family)].map((match) => {
    const numeral = match.groups!.n!;
    return { start: match.index, end: match.index + match[0].length, ordinal: ordinalOf(numeral) };
  });
}

function ordinalOf(numeral: string): number {
  if (numeral === LAST_WORD) return Number.POSITIVE_INFINITY;
  const circled = numeral.codePointAt(0)! - 0x2460;
  if (circled >= 0 && circled < 20) return circled + 1;
  return SEQUENCE_WORDS[numeral] ?? parseNumber(numeral) ?? Number.NaN;
}

/** Runs 1, 2, 3, … among markers of one family; a new 1 begins a new list, whatever came before. */
function sequences(markers: readonly Marker[]): Marker[][] {
  const runs: Marker[][] = [];
  let open: Marker[] = [];
  const close = () => {
    if (open.length >= 2) runs.push(open);
    open = [];
  };
  for (const marker of markers) {
    const last = open.at(-1);
    const follows = last !== undefined && marker.start - last.end <= MAX_ITEM_CHARS;
    if (follows && (marker.ordinal === last.ordinal + 1 || marker.ordinal === Number.POSITIVE_INFINITY)) {
      open.push(marker);
    } else if (marker.ordinal === 1) {
      close();
      open = [marker];
    }
  }
  close();
  return runs;
}

function toList(article: Article, run: readonly Marker[]): TextList {
  const { text } = article;
  const ends = run.map((marker, i) => run[i + 1]?.start ?? endOfLastItem(article, run, marker));
  const raw = run.map((marker, i) => ({ start: marker.end, end: ends[i]! }));
  const last = raw.at(-1)!;
  const elided = ELLIPSIS.test(text.slice(last.start, last.end));
  const lead = leadOf(article, run[0]!.start);
  return {
    article,
    span: {
      start: run[0]!.start,
      end: run[0]!.start + dropStrayCloser(text.slice(run[0]!.start, last.end).trimEnd()).length,
    },
    items: raw.map((span) => trimItem(text, span)),
    lead,
    declared: declaredIn(text.slice(lead.start, lead.end), run.length),
    elided,
  };
}

/**
 * The last item ends with its sentence; where items of the list run over several sentences, or stand in paragraphs of
 * their own, with its paragraph.
 */
function endOfLastItem(article: Article, run: readonly Marker[], marker: Marker): number {
  const { text, paragraphs } = article;
  const paragraph = paragraphs.find(({ start, end }) => marker.start >= start && marker.start < end);
  const end = paragraph?.end ?? text.length;
  const isLong = run.slice(0, -1).some((item, i) =>
    /[。！？!?]|\n/u.test(
      text
        .slice(item.end, run[i + 1]!.start)
        .trim()
        .slice(0, -1),
    ),
  );
  const hasOwnParagraph = paragraph?.start === marker.start && run.length > 1;
  const rest = { start: marker.end, end };
  const stop = isLong || hasOwnParagraph ? end : (splitSentences(text, rest)[0]?.end ?? end);
  return Math.min(stop, marker.end + MAX_ITEM_CHARS);
}

/** Cuts separators before the item and closing marks after it, a quotation mark opened before the list included. */
function trimItem(text: string, { start, end }: Span): Span {
  let body = text.slice(start, end).replace(/^[\s，,、：:]+/u, "");
  const from = end - body.length;
  for (let shorter = trimOnce(body); shorter !== body; shorter = trimOnce(body)) body = shorter;
  return { start: from, end: from + body.length };
}

function trimOnce(body: string): string {
  return dropStrayCloser(body.replace(/…+$|\.{3,}$/u, "").replace(CLOSING, ""));
}

function dropStrayCloser(text: string): string {
  const opened = text.match(/[“‘「『]/gu)?.length ?? 0;
  const closed = text.match(/[”’」』]/gu)?.length ?? 0;
  return closed > opened && /[”’」』]$/u.test(text) ? text.slice(0, -1) : text;
}

/** The sentences right before a list, up to `MAX_LEAD_CHARS`, never reaching past the paragraph before. */
function leadOf({ text, paragraphs }: Article, start: number): Span {
  const here = paragraphs.findIndex((paragraph) => paragraph.start <= start && start < paragraph.end);
  const own = paragraphs[here]?.start ?? 0;
  const before =
    own === start || text.slice(own, start).trim().length < 8 ? (paragraphs[here - 1]?.start ?? own) : own;
  return { start: Math.max(before, start - MAX_LEAD_CHARS), end: start };
}

/** The count nearest to the list that its items do not exceed. */
function declaredIn(lead: string, found: number): number | null {
  const counts = [...lead.matchAll(DECLARED)].map((match) =>
    parseNumber(match.groups!.n ?? match.groups!.word ?? ""),
  );
  return counts.findLast((count) => count !== undefined && count >= found) ?? null;
}
