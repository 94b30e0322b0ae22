import { findBodyStart } from "./body-start.ts";
import { type Byline, readAuthorLine, readByline } from "./bylines.ts";
import { type HeadlineZone, placeHeadlines } from "./headlines.ts";
import {
  closeSpaces,
  endsSentence,
  isHardWrapped,
  joinLines,
  type Line,
  measureLine,
  partedParagraphs,
  readLines,
} from "./lines.ts";
import { isIndented, splitParagraphs } from "./paragraphs.ts";
import { repairPunctuation } from "./punctuation.ts";

export interface PageArticle {
  readonly title: string;
  readonly authors: readonly string[];
  readonly paragraphs: readonly string[];
  /** How many mis-mapped marks were restored in it. */
  readonly repairs: number;
}

export interface PageReading {
  /** In the order of their bodies. */
  readonly articles: readonly PageArticle[];
  /** Headlines that belong to no body on the page. */
  readonly unplaced: readonly string[];
}

/** What a body's first words may give as a title when the page has no headline for it. */
const MAX_MADE_TITLE_CHARS = 30;

/** The articles of a raw newspaper page, or the one article of a plain text. */
export function readPage(text: string): PageReading {
  const { text: repaired, repairs } = repairPunctuation(text);
  const rowOf = rowCounter(text);
  const repairedRows = repairs.map(({ offset }) => rowOf(offset));
  const lines = readLines(repaired);
  const sections = divide(lines);
  const { bodies, zones } = readSections(sections, isHardWrapped(lines));
  const bodyTexts = bodies.map(({ paragraphs }) => paragraphs.join("\n"));
  const { titles, unplaced } = placeHeadlines(zones, bodyTexts);
  const articles = bodies.map(({ paragraphs, authors, rows }, index) => ({
    title: titles[index] ?? makeTitle(paragraphs[0]!),
    authors,
    paragraphs,
    repairs: repairedRows.filter((row) => row >= rows.start && row <= rows.end).length,
  }));
  return { articles, unplaced };
}

interface Body {
  readonly paragraphs: readonly string[];
  readonly authors: readonly string[];
  /** First and last row, the byline's included. */
  readonly rows: { readonly start: number; readonly end: number };
}

interface Divided {
  readonly bodies: readonly Body[];
  readonly zones: readonly HeadlineZone[];
}

/** Lines up to a byline; the last section of a page may have none. */
interface Section {
  readonly lines: readonly Line[];
  readonly authors: readonly string[];
  readonly lastRow: number;
}

/** A byline ends an article, whatever surrounds it. */
function divide(lines: readonly Line[]): Section[] {
  const sections: Section[] = [];
  let open: Line[] = [];
  for (const line of lines) {
    const { byline, taken } = bylineAt(open, line);
    if (!byline) {
      open.push(line);
      continue;
    }
    const last = taken === 0 ? line : open.at(-1)!;
    open = open.slice(0, open.length - taken);
    if (byline.text !== "") open.push(measureLine(byline.text, last.row, last.blankBefore));
    sections.push({ lines: open, authors: byline.authors, lastRow: line.row });
    open = [];
  }
  if (open.length > 0) sections.push({ lines: open, authors: [], lastRow: open.at(-1)!.row });
  return sections;
}

/** A byline at the line's end, alone on it, or begun on the line before; `taken` counts lines before that it uses. */
function bylineAt(open: readonly Line[], line: Line): { byline: Byline | undefined; taken: number } {
  const before = open.at(-1);
  const whole = readByline(line.text);
  if (whole && (/[。！？…!?]/u.test(whole.text) || (before && endsSentence(before.text))))
    return { byline: whole, taken: 0 };
  const isTail = before && /^[^（(]{0,20}[）)]$/u.test(line.text) && /[（(][^）)]{0,20}$/u.test(before.text);
  return { byline: isTail ? readByline(`${before.text}\n${line.text}`) : undefined, taken: 1 };
}

function readWrapped(sections: readonly Section[]): Divided {
  const likelyBodies = sections.map(({ lines }) => lines.slice(findBodyStart(lines, true)));
  const indented = isIndented(likelyBodies);
  const bodies: Body[] = [];
  const zones: HeadlineZone[] = [];
  for (const section of sections) {
    const start = findBodyStart(section.lines, indented);
    zones.push({ before: bodies.length, lines: section.lines.slice(0, start) });
    const end = section.authors.length > 0 ? section.lines.length : bodyEnd(section.lines);
    const lines = section.lines.slice(start, end);
    if (lines.length > 0) {
      const paragraphs = splitParagraphs(lines, indented).map((paragraph) =>
        closeSpaces(joinLines(paragraph.map(({ text }) => text))),
      );
      bodies.push({
        paragraphs,
        authors: section.authors,
        rows: { start: lines[0]!.row, end: section.lastRow },
      });
    }
    zones.push({ before: bodies.length, lines: section.lines.slice(Math.max(start, end)) });
  }
  return { bodies, zones: joinZones(zones) };
}

/** Behind the last sentence of a page without a byline there are headlines only. */
function bodyEnd(lines: readonly Line[]): number {
  return lines.findLastIndex((line) => endsSentence(line.text)) + 1;
}

/** One article's blank lines may be relied on where they part whole sentences; a page's may not. */
function readSections(sections: readonly Section[], hardWrapped: boolean): Divided {
  const [only] = sections;
  const paragraphs = only && sections.length === 1 ? partedParagraphs(only.lines) : undefined;
  if (only && paragraphs) return readPlain([{ ...only, lines: paragraphs.map(unwrap) }]);
  return hardWrapped ? readWrapped(sections) : readPlain(sections);
}

function unwrap(paragraph: readonly Line[]): Line {
  const [first, ...others] = paragraph;
  if (others.length === 0) return first!;
  return measureLine(
    closeSpaces(joinLines(paragraph.map(({ text }) => text))),
    first!.row,
    first!.blankBefore,
  );
}

/** A line is a paragraph; the first one of a section is its title, and the second or last may name its authors. */
function readPlain(sections: readonly Section[]): Divided {
  const bodies: Body[] = [];
  const zones: HeadlineZone[] = [];
  for (const { lines, authors, lastRow } of sections) {
    const hasTitle = lines.length > 1 && !/[。！？…!?.][”’」』）)"']*$/u.test(lines[0]!.text);
    zones.push({ before: bodies.length, lines: hasTitle ? lines.slice(0, 1) : [] });
    const body = lines.slice(hasTitle ? 1 : 0);
    const names = [...authors];
    for (const at of [0, -1]) {
      const found = body.length > 1 && readAuthorLine(body.at(at)!.text);
      if (found) {
        names.push(...found);
        body.splice(at, 1);
      }
    }
    const paragraphs = body.map(({ text }) => text);
    if (paragraphs.length > 0)
      bodies.push({ paragraphs, authors: names, rows: { start: lines[0]!.row, end: lastRow } });
  }
  return { bodies, zones: joinZones(zones) };
}

/** Zones that nothing parts are one. */
function joinZones(zones: readonly HeadlineZone[]): HeadlineZone[] {
  const joined = new Map<number, Line[]>();
  for (const { before, lines } of zones) joined.set(before, [...(joined.get(before) ?? []), ...lines]);
  return [...joined].filter(([, lines]) => lines.length > 0).map(([before, lines]) => ({ before, lines }));
}

function makeTitle(paragraph: string): string {
  const clause = paragraph.split(/[。！？；]/u)[0]!;
  return clause.length <= MAX_MADE_TITLE_CHARS ? clause : clause.slice(0, MAX_MADE_TITLE_CHARS);
}

function rowCounter(text: string): (offset: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ends.push(at);
  return (offset) =>
    ends.findIndex((end) => end >= offset) >= 0 ? ends.findIndex((end) => end >= offset) : ends.length;
}
