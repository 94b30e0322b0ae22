import { findBodyStart } from "./body-start.ts";
import { type Byline, readAuthorLine, readByline } from "./bylines.ts";
import { type HeadlineZone, joinDecks, placeHeadlines } from "./headlines.ts";
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
import { makeTitle, readPlainText } from "./plain-text.ts";
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

/** The articles of a raw newspaper page, or of a plain text, mostly one. */
export function readPage(text: string): PageReading {
  const { text: repaired, repairs } = repairPunctuation(text);
  const lines = readLines(repaired);
  const sections = divide(lines);
  const { articles, unplaced } = readSections(sections, isHardWrapped(lines));
  const rowStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return {
    articles: articles.map(({ rows, ...article }) => {
      const start = rowStarts[rows.start]!;
      const end = rowStarts[rows.end + 1] ?? text.length;
      return {
        ...article,
        repairs: repairs.filter(({ offset }) => offset >= start && offset < end).length,
      };
    }),
    unplaced,
  };
}

interface Found {
  readonly articles: readonly (Body & { readonly title: string })[];
  readonly unplaced: readonly string[];
}

interface Body {
  readonly paragraphs: readonly string[];
  readonly authors: readonly string[];
  /** First and last row, the byline's included. */
  readonly rows: { readonly start: number; readonly end: number };
}

/** Lines up to a byline; the last section of a page may have none. */
interface Section {
  readonly lines: readonly Line[];
  readonly authors: readonly string[];
  readonly endsInByline: boolean;
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
    sections.push({ lines: open, authors: byline.authors, endsInByline: true, lastRow: line.row });
    open = [];
  }
  if (open.length > 0)
    sections.push({ lines: open, authors: [], endsInByline: false, lastRow: open.at(-1)!.row });
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

function readWrapped(sections: readonly Section[]): Found {
  const likelyBodies = sections.map(({ lines }) => lines.slice(findBodyStart(lines, true)));
  const indented = isIndented(likelyBodies);
  const bodies: Body[] = [];
  const zones: HeadlineZone[] = [];
  for (const section of sections.map(takeAuthorLine)) {
    const start = findBodyStart(section.lines, indented);
    zones.push({ before: bodies.length, lines: section.lines.slice(0, start) });
    const end = section.endsInByline ? section.lines.length : bodyEnd(section.lines);
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
  if (bodies.length === 0) return readPlain(sections);
  const [body] = bodies;
  if (body && sections.length === 1) return { articles: [keepAll(body, zones)], unplaced: [] };
  const bodyTexts = bodies.map(({ paragraphs }) => paragraphs.join("\n"));
  const { titles, unplaced } = placeHeadlines(joinZones(zones), bodyTexts);
  const articles = bodies.map((body, index) => ({
    ...body,
    title: titles[index] ?? makeTitle(body.paragraphs[0]!),
  }));
  return { articles, unplaced };
}

/** Where there is one article, what stands above its body is its title, and what stands below is no headline. */
function keepAll(body: Body, zones: readonly HeadlineZone[]): Found["articles"][number] {
  const above = zones.flatMap(({ before, lines }) => (before === 0 ? lines : []));
  const below = zones.flatMap(({ before, lines }) => (before === 0 ? [] : lines));
  return {
    ...body,
    title: above.length > 0 ? joinDecks(above) : makeTitle(body.paragraphs[0]!),
    paragraphs: [...body.paragraphs, ...below.map(({ text }) => text)],
  };
}

/** A line that names the authors above a body, out of the way of its headlines. */
function takeAuthorLine(section: Section): Section {
  const top = section.lines.slice(1, 4);
  const at = top.findIndex(({ text }) => readAuthorLine(text)) + 1;
  if (at === 0) return section;
  return {
    ...section,
    lines: section.lines.toSpliced(at, 1),
    authors: [...readAuthorLine(section.lines[at]!.text)!, ...section.authors],
  };
}

/** Behind the last sentence of a page without a byline there are headlines only. */
function bodyEnd(lines: readonly Line[]): number {
  return lines.findLastIndex((line) => endsSentence(line.text)) + 1;
}

/** One article's blank lines may be relied on where they part whole sentences; a page's may not. */
function readSections(sections: readonly Section[], hardWrapped: boolean): Found {
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

/** A line is a paragraph; a single one behind the last byline belongs to the article before. */
function readPlain(sections: readonly Section[]): Found {
  const articles: Found["articles"][number][] = [];
  for (const { lines, authors, lastRow } of sections) {
    const before = articles.at(-1);
    if (before && lines.length === 1 && authors.length === 0) {
      articles.splice(-1, 1, { ...before, paragraphs: [...before.paragraphs, lines[0]!.text] });
    } else if (lines.length > 0) {
      const text = readPlainText(lines.map(({ text }) => text));
      articles.push({
        ...text,
        authors: [...authors, ...text.authors],
        rows: { start: lines[0]!.row, end: lastRow },
      });
    }
  }
  return { articles, unplaced: [] };
}

/** Zones that nothing parts are one. */
function joinZones(zones: readonly HeadlineZone[]): HeadlineZone[] {
  const joined = new Map<number, Line[]>();
  for (const { before, lines } of zones) joined.set(before, [...(joined.get(before) ?? []), ...lines]);
  return [...joined].filter(([, lines]) => lines.length > 0).map(([before, lines]) => ({ before, lines }));
}
