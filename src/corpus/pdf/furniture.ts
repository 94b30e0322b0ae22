import { findMasthead } from "./masthead.ts";
import { bottomOf, type TypeLine, topOf } from "./type-lines.ts";

export interface PageLines {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly TypeLine[];
}

export interface Bared {
  readonly pages: readonly PageLines[];
  /** What stood in the margins, in the order of the pages. */
  readonly furniture: readonly string[];
}

/** Furniture lies in this share of the page at its top and bottom. */
const MARGIN = 0.16;
/** A running head that returns on so many pages, and on such a share of them. */
const MIN_RETURNS = 2;
const MIN_RETURN_SHARE = 0.4;
const MAX_CHARS = 80;
const FOOT_AT = 0.93;

const PAGE_NUMBER =
  /^(?:[-–—·•.\s]*\d{1,4}[-–—·•.\s]*|第 ?\d+ ?页(?: ?[/，,、]? ?共 ?\d+ ?页)?|(?:page|p\.) ?\d+(?: ?(?:of|\/) ?\d+)?|\d+ ?\/ ?\d+|[A-Z]?\d{1,2}|[ivxlc]{1,6})$/iu;
const NEWSPAPER =
  /星期[一二三四五六日天]|第? ?[A-Z]?[\d一二三四五六七八九十]{1,3} ?版|^[A-D]\d{2}\b|\b[A-D]\d{2}\b|(?:责任编辑|责编|编辑|美编|校对|版式|组版|编审|值班编委|电话|邮箱|E-mail)[：: ]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? /u;
/** A periodical's name with its issue or the number of the page, and what a browser prints around a page. */
const PERIODICAL =
  /^《?[^，。：]{1,14}》?\d{4}年第?[^，。：]{1,4}[期号]$|[|｜·•–—] ?page\d{1,4}$|^\d{1,4} ?[|｜·•] ?[^，。：]{2,14}$|^[^，。：]{2,14} ?[|｜·•] ?\d{1,4}$/iu;
const PRINT = /^(?:https?|file):\/\/\S+$|^\d{1,4}\/\d{1,2}\/\d{1,4},? \d{1,2}:\d{2}(?: [AP]M)?$/u;
/** The number of a page with a periodical's name, at its foot. */
const FOOT = /^\d{1,4} [^，。：\d ]{2,10}$|^[^，。：\d ]{2,10} \d{1,4}$/u;

/** Twelve monthly reports may begin with one sentence and other numbers; no running head is a sentence, or a part of one. */
const SENTENCE = /[，。；！？]|[a-z]{2}[.,;!?]$/u;

/** The pages without page numbers, running heads and the lines that say issue, day and editors. */
export function dropFurniture(pages: readonly PageLines[]): Bared {
  const returning = countMarginLines(pages);
  const furniture: string[] = [];
  const bared = pages.map((page) => {
    const isReturning = (line: TypeLine) => {
      if (SENTENCE.test(line.text)) return false;
      const count = returning.get(keyOf(line, page)) ?? 0;
      return count >= MIN_RETURNS && count >= MIN_RETURN_SHARE * pages.length;
    };
    const dropped = new Set(findMasthead(page));
    for (const rows of [rowsOf(page.lines), rowsOf(page.lines).reverse()]) {
      for (const row of rows) {
        const marked = row.filter(
          (line) =>
            dropped.has(line) ||
            (isInMargin(line, page) && (isMarked(line.text) || isReturning(line))) ||
            (topOf(line) > FOOT_AT * page.height && FOOT.test(line.text)),
        );
        if (marked.length === 0) break;
        // What stands beside a date or a page number is furniture as well, if it is short enough for a row of labels.
        const labels = row.filter(({ text }) => text.length <= 40 && !/[，。；]/u.test(text));
        for (const line of labels.length === row.length ? row : marked) dropped.add(line);
      }
    }
    // The day a page was printed on is not the text's.
    const left = [...dropped].filter(({ text }) => !PRINT.test(text));
    furniture.push(
      ...left.sort((a, b) => a.baseline - b.baseline || a.left - b.left).map(({ text }) => text),
    );
    return { ...page, lines: page.lines.filter((line) => !dropped.has(line)) };
  });
  return { pages: bared, furniture };
}

function isMarked(text: string): boolean {
  if (PRINT.test(text)) return true;
  if (text.length > MAX_CHARS) return false;
  const isNewspaper = NEWSPAPER.test(text) && !/[。；]/u.test(text);
  return PAGE_NUMBER.test(text) || isNewspaper || PERIODICAL.test(text.replaceAll(" ", ""));
}

function isInMargin(line: TypeLine, { height }: PageLines): boolean {
  return bottomOf(line) < MARGIN * height || topOf(line) > (1 - MARGIN) * height;
}

/** How many pages have a line, its digits aside, at the same height of a margin. */
function countMarginLines(pages: readonly PageLines[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const page of pages) {
    const keys = page.lines.filter((line) => isInMargin(line, page)).map((line) => keyOf(line, page));
    for (const key of new Set(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function keyOf({ text, baseline }: TypeLine, { height }: PageLines): string {
  return `${text.replace(/\d+/g, "#")}\n${Math.round((20 * baseline) / height)}`;
}

/** Lines of one height, whatever their column, from the top. */
function rowsOf(lines: readonly TypeLine[]): TypeLine[][] {
  const rows: TypeLine[][] = [];
  for (const line of lines) {
    const before = rows.at(-1)?.[0];
    if (before && line.baseline - before.baseline <= 0.6 * before.size) rows.at(-1)!.push(line);
    else rows.push([line]);
  }
  return rows;
}
