import { rememberRecent } from "../analysis/remember.ts";
import { splitSentences } from "../analysis/sentences.ts";
import type { Article, Span } from "../types.ts";
import { readCountOfAbove, readDeclaration } from "./declared.ts";
import { dropStrayCloser, enclosureAt, endWithin } from "./enclosure.ts";
import { beginsLine, findMarkerRuns, type Marker } from "./list-markers.ts";

/** An enumeration in an article. */
export interface TextList {
  readonly article: Article;
  /** From the first marker to the end of the last item, closing marks included. */
  readonly span: Span;
  /** Without marker and closing punctuation. */
  readonly items: readonly Span[];
  /** What stands before the first marker and introduces the list; empty at an article's beginning. */
  readonly lead: Span;
  /** What the sentence of an enumeration without markers says after it; else empty. */
  readonly tail: Span;
  /** How many items the lead says there are; null where it does not say. */
  readonly declared: number | null;
  /** What the lead says that there are so many of; empty where it does not say. */
  readonly name: string;
  /** Whether the source breaks off, or leaves out items, with an ellipsis. */
  readonly elided: boolean;
}

/** Of articles whose lists, or enumerations, are remembered. */
export const REMEMBERED_CHARS = 100_000;

/** A last item of several sentences ends with one that begins this far into it, at the latest. */
const MAX_LAST_ITEM_CHARS = 600;
/** How far back a lead may reach. */
const MAX_LEAD_CHARS = 260;
const BLANK_LINE = /\n\s*\n/u;
const SEQUEL =
  /^(?:[会會][议議上后後]|据(?:悉|了解|介绍)|據(?:悉|了解|介紹)|此外|另外|目前|下一步|接下来|接下來|以上|上述|[记記]者|截至|截止|近年来|近年來|今年以来|今年以來)/u;
const SEPARATORS = /^[\s，,、：:]+/u;
const AND_SO_ON = /[，,、]\s*(?:等等?|and so on|etc\.?)$/u;
const CLOSING = /(?:[；;。，,、\s—“‘「『（(]|(?<!\b[ap]\.m)\.|…)+$/u;
const CONJUNCTION = /[；;，,\s](?:and|or|then)$|(?:以及|并且|並且)$/u;
const ELLIPSIS = "(?:…+|\\.{3,})";
const ENDS_IN_ELLIPSIS = new RegExp(`${ELLIPSIS}["”’」』）)；;，,。.\\s]*$`, "u");
const ELLIPSIS_FOLLOWS = new RegExp(`^["”’」』）)；;。\\s]*${ELLIPSIS}`, "u");

/** Every enumeration that is numbered or bulleted, in the order of the text: two items, or one before an ellipsis. */
export const findLists = rememberRecent(
  (article: Article): readonly TextList[] =>
    findMarkerRuns(article)
      .flatMap((run) => toList(article, run) ?? [])
      .sort((a, b) => a.span.start - b.span.start),
  { max: REMEMBERED_CHARS, sizeOf: ({ text }) => text.length },
);

function toList(article: Article, run: readonly Marker[]): TextList | undefined {
  const { text } = article;
  const around = enclosureAt(article, run[0]!.start);
  const raw = run.map((marker, i): Span => {
    const span = { start: marker.end, end: run[i + 1]?.start ?? endOfLastItem(article, run) };
    return { start: span.start, end: (around && endWithin(text, span, around)) ?? span.end };
  });
  const last = raw.at(-1)!;
  const elided =
    run.some(({ ordinal }, i) => i > 0 && ordinal !== run[i - 1]!.ordinal + 1) ||
    ENDS_IN_ELLIPSIS.test(text.slice(last.start, last.end)) ||
    AND_SO_ON.test(text.slice(last.start, last.end).replace(CLOSING, "")) ||
    ELLIPSIS_FOLLOWS.test(text.slice(last.end, last.end + 20));
  const trimmed = raw.map((span) => trimItem(text, span));
  // "三、……" is the ellipsis of what went before; any other empty item shows that this is no list ("第一、第二产业").
  const items = elided ? trimmed.filter(isFilled) : trimmed;
  if (!items.every(isFilled)) return undefined;
  const { start } = run[0]!;
  const lead = leadOf(article, start);
  const declaration =
    readDeclaration(text.slice(lead.start, lead.end), items.length, elided) ??
    readCountOfAbove(text.slice(last.end, last.end + 60).replace(/^[。.；;]/u, ""), items.length);
  // "三条经验，一是……，二是……" may break off after the first.
  if (items.length === 0 || (items.length === 1 && declaration === null)) return undefined;
  return {
    article,
    span: { start, end: start + dropStrayCloser(text.slice(start, last.end).trimEnd()).length },
    items,
    lead,
    tail: { start: last.end, end: last.end },
    declared: declaration?.count ?? null,
    name: declaration?.name ?? "",
    elided,
  };
}

/**
 * The last item ends with its sentence; where items of the list run over several sentences, with its paragraph or
 * before a sentence that turns to something else; where they are lines or paragraphs of their own, after as many of
 * these as the shortest of the others.
 */
function endOfLastItem({ text, paragraphs }: Article, run: readonly Marker[]): number {
  const marker = run.at(-1)!;
  const here = paragraphs.findIndex(({ start, end }) => marker.start >= start && marker.start < end);
  const end = paragraphs[here]?.end ?? text.length;
  const others = run.slice(0, -1).map((item, i) => text.slice(item.end, run[i + 1]!.start).trim());
  let stop = end;
  if (run.every((item) => beginsLine(text, item))) {
    const areParagraphs = others.some((other) => BLANK_LINE.test(other));
    const parts = Math.min(...others.map((other) => other.split(areParagraphs ? BLANK_LINE : "\n").length));
    const line = text.indexOf("\n", marker.end);
    if (areParagraphs) stop = paragraphs[Math.min(here + parts, paragraphs.length) - 1]?.end ?? end;
    else if (parts === 1 && line >= 0) stop = Math.min(line, end);
  } else {
    const areLong = others.some((other) => /[。！？!?]|\.\s|\n/u.test(other.slice(0, -1)));
    // However long the paragraph is, no item is longer.
    const rest = { start: marker.end, end: Math.min(end, marker.end + 2 * MAX_LAST_ITEM_CHARS) };
    stop = areLong ? startOfSequel(text, rest) : endOfSentence(text, rest);
    // "先打通便道，再清理路面；换人不停机" goes on with something else.
    const other = text.slice(marker.end, stop).search(/[；;]/u);
    if (other >= 0 && others.every((one) => /[，,]$|[，,] (?:and|or)$/u.test(one))) stop = marker.end + other;
  }
  const rest = text.slice(marker.end, stop);
  return marker.end + (endOfElision(rest) ?? rest.length);
}

/** Where a sentence begins that plainly tells of something after the list, or the end. */
function startOfSequel(text: string, rest: Span): number {
  const [, ...sentences] = splitSentences(text, rest);
  return (
    sentences.find(
      ({ start }) => start - rest.start > MAX_LAST_ITEM_CHARS || SEQUEL.test(text.slice(start, rest.end)),
    )?.start ?? rest.end
  );
}

/** An ellipsis that ends a quotation ends no item: 念“嗯……”字. */
function endOfSentence(text: string, rest: Span): number {
  const sentences = splitSentences(text, rest);
  const last = sentences.find(({ end }) => {
    const item = text.slice(rest.start, end);
    return !/…["”’」』]+$/u.test(item) || dropStrayCloser(item) !== item;
  });
  return (last ?? sentences.at(-1) ?? rest).end;
}

/** Where a text breaks off with ……, which no quotation of its own encloses. */
function endOfElision(text: string): number | undefined {
  for (const match of text.matchAll(/…+/gu)) {
    const before = text.slice(0, match.index);
    const opened = before.match(/[“‘「『（]/gu)?.length ?? 0;
    const closed = before.match(/[”’」』）]/gu)?.length ?? 0;
    if (opened <= closed && !/^[，,]/u.test(text.slice(match.index + match[0].length)))
      return match.index + match[0].length;
  }
  return undefined;
}

/** Cuts separators before the item and closing marks after it, a quotation mark opened before the list included. */
function trimItem(text: string, { start, end }: Span): Span {
  let body = text.slice(start, end).replace(SEPARATORS, "");
  const from = end - body.length;
  for (let shorter = trimOnce(body); shorter !== body; shorter = trimOnce(body)) body = shorter;
  return { start: from, end: from + body.length };
}

function trimOnce(body: string): string {
  const shorter = body.replace(CLOSING, "").replace(AND_SO_ON, "").replace(CONJUNCTION, "");
  const isStray = shorter.endsWith('"') && shorter.indexOf('"') === shorter.length - 1;
  return dropStrayCloser(isStray ? shorter.slice(0, -1) : shorter);
}

function isFilled({ start, end }: Span): boolean {
  return end > start;
}

/** The sentences right before a list, up to `MAX_LEAD_CHARS`, never reaching past the paragraph before. */
function leadOf({ text, paragraphs }: Article, start: number): Span {
  const here = paragraphs.findIndex((paragraph) => paragraph.start <= start && start < paragraph.end);
  const own = paragraphs[here]?.start ?? 0;
  const before =
    own === start || text.slice(own, start).trim().length < 8 ? (paragraphs[here - 1]?.start ?? own) : own;
  return { start: Math.max(before, start - MAX_LEAD_CHARS), end: start };
}
