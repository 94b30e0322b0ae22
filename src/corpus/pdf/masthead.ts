import { locateDate } from "../dates.ts";
import type { PageLines } from "./furniture.ts";
import { bottomOf, type TypeLine, topOf } from "./type-lines.ts";

/** A masthead lies in this share of the page at its top, in so many rows. */
const MAX_HEIGHT = 0.16;
const MAX_ROWS = 6;
const MAX_LABEL_CHARS = 80;
/** A paper's name is larger than the line of its issue, and a page has headlines larger than its text, by these factors. */
const NAME = 1.3;
const HEADLINE = 1.15;
const MAX_NAME_CHARS = 12;
const MAX_LATIN_NAME_CHARS = 40;
const MAX_NAMES = 2;

/** What numbers an issue beside its date. */
const ISSUE =
  /(?:星期|周)[一二三四五六日天]|第\s?[A-Z]?[\d一二三四五六七八九十]{1,4}\s?[期版号]|\b(?:Vol|No|Issue)\b\.? ?\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day/u;

/**
 * The lines of a paper's name and of what stands around it, down to the line that dates the issue; none where no
 * headline stands below, for then the name is one.
 */
export function findMasthead({ lines, height }: PageLines): TypeLine[] {
  const atop = lines.filter((line) => bottomOf(line) < MAX_HEIGHT * height);
  const dated = atop.filter(({ text }) => isLabel(text) && locateDate(text) !== undefined);
  const issue = dated.at(-1);
  if (!issue) return [];
  const masthead = atop.filter((line) => topOf(line) < bottomOf(issue));
  const rows = new Set(masthead.map(({ baseline }) => Math.round(baseline / issue.size)));
  const names = masthead.filter(({ size }) => size >= NAME * issue.size);
  const isIssue = masthead.some(({ text }) => ISSUE.test(text));
  if (!isIssue || rows.size > MAX_ROWS || names.length === 0 || names.length > MAX_NAMES) return [];
  if (!masthead.every(({ text }) => isLabel(text)) || !names.every(({ text }) => isName(text))) return [];
  const below = lines.filter((line) => !masthead.includes(line));
  const textSize = usualSize(below);
  return below.some(({ size }) => size >= HEADLINE * textSize) ? masthead : [];
}

function isLabel(text: string): boolean {
  return text.length <= MAX_LABEL_CHARS && !/[，。；！？]/u.test(text);
}

function isName(text: string): boolean {
  const limit = /\p{Script=Han}/u.test(text) ? MAX_NAME_CHARS : MAX_LATIN_NAME_CHARS;
  return text.replaceAll(" ", "").length <= limit && !/[：“”、,:;!?]/u.test(text);
}

/** The size half of the characters are not larger than. */
function usualSize(lines: readonly TypeLine[]): number {
  const sorted = lines.toSorted((a, b) => a.size - b.size);
  const half = sorted.reduce((total, { text }) => total + text.length, 0) / 2;
  let passed = 0;
  for (const { text, size } of sorted) {
    passed += text.length;
    if (passed >= half) return size;
  }
  return 0;
}
