import { foldCharacters } from "./characters.ts";
import type { PageText, Run } from "./text-layer.ts";

/** A line of one column. In points from the page's upper left corner. */
export interface TypeLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Where its letters stand. */
  readonly baseline: number;
  /** Of the type most of it is set in. */
  readonly size: number;
  readonly font: string;
  /** How many of its marks were restored; 0 before that. */
  readonly repairs: number;
  /** Whether it is a row of a table, which nothing is joined to. */
  readonly isRow?: boolean;
}

/** Gaps in ems: what is no gap of a line in any case, and what parts columns in any case. */
const WITHIN_LINE = 0.75;
const BEYOND_LINE = 4;
/** How far above and below it shows whether a gap goes on, in ems, and in rows of all columns. */
const NEAR = 4.8;
const MIN_GUTTER = 0.6;
const NEAR_ROWS = 12;
/** What stands before an item of a list, with a gap behind it. */
const ITEM_MARK = /^(?:[•·●○■□◆▪▶➢✓–—*-]|\d{1,2}[.)、]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.])$/u;
/** A space between words is hardly ever narrower, in ems. */
const WORD_SPACE = 0.15;
const NAME_SPACE = 0.3;

export function topOf({ baseline, size }: TypeLine): number {
  return baseline - 0.88 * size;
}

export function bottomOf({ baseline, size }: TypeLine): number {
  return baseline + 0.12 * size;
}

/** The lines of a page from the top, those of a height from the left. */
export function readTypeLines(page: PageText): TypeLine[] {
  const runs = dropOverprints(page.runs).filter(
    ({ x, y, width }) => x + width > 0 && x < page.width && y > 0 && y < page.height + 2,
  );
  const rows = readRows(runs).map(readPieces);
  return rows.flatMap((row, index) =>
    joinPieces(row, rows.slice(Math.max(0, index - NEAR_ROWS), index + NEAR_ROWS + 1)),
  );
}

interface DrawnRun extends Run {
  readonly order: number;
}

/** Bold type is faked by drawing it twice. */
function dropOverprints(runs: readonly Run[]): DrawnRun[] {
  const drawn = new Map<string, Run[]>();
  let order = 0;
  return runs.flatMap((run) => {
    const text = foldCharacters(run.text);
    if (text.trim() === "") return [];
    const same = drawn.get(text) ?? [];
    const isAgain = same
      .slice(-8)
      .some(({ x, y }) => Math.abs(x - run.x) < 0.15 * run.size && Math.abs(y - run.y) < 0.15 * run.size);
    if (isAgain) return [];
    drawn.set(text, [...same.slice(-7), run]);
    return [{ ...run, text, order: order++ }];
  });
}

/** Runs whose letters stand at one height, from the left. */
function readRows(runs: readonly DrawnRun[]): DrawnRun[][] {
  const rows: DrawnRun[][] = [];
  for (const run of runs.toSorted((a, b) => a.y - b.y)) {
    const first = rows.at(-1)?.[0];
    if (first && run.y - first.y <= 0.3 * Math.min(first.size, run.size)) rows.at(-1)!.push(run);
    else rows.push([run]);
  }
  return rows.map((row) => row.sort((a, b) => a.x - b.x));
}

/** Runs that touch, of one size or nearly. */
type Piece = TypeLine & {
  /** One letter by itself. */
  readonly spaced: boolean;
  /** Which of the page's runs it begins and ends with, in the order they were drawn. */
  readonly first: number;
  readonly last: number;
};

function readPieces(row: readonly DrawnRun[]): Piece[] {
  const pieces: DrawnRun[][] = [];
  for (const run of row) {
    const piece = pieces.findLast((candidate) => {
      const last = candidate.at(-1)!;
      const gap = run.x - (last.x + last.width);
      const [small, large] = [Math.min(last.size, run.size), Math.max(last.size, run.size)];
      return gap <= WITHIN_LINE * small && gap > -1.5 * small && large <= 1.4 * small;
    });
    if (piece) piece.push(run);
    else pieces.push([run]);
  }
  return pieces.map(toPiece);
}

function toPiece(runs: readonly DrawnRun[]): Piece {
  const main = runs.reduce((best, run) => (run.text.length > best.text.length ? run : best));
  let text = "";
  let right = runs[0]!.x;
  for (const run of runs) {
    text = joinRuns(text, run.text, (run.x - right) / run.size);
    right = run.x + run.width;
  }
  return {
    text: closeTracking(text).trim(),
    left: runs[0]!.x,
    right: Math.max(...runs.map(({ x, width }) => x + width)),
    baseline: main.y,
    size: main.size,
    font: main.font,
    repairs: 0,
    spaced: [...text.trim()].length <= 1,
    first: runs[0]!.order,
    last: runs.at(-1)!.order,
  };
}

function joinRuns(before: string, text: string, gap: number): string {
  if (before === "" || before.endsWith(" ") || text.startsWith(" ")) return before + text;
  // Two names in brackets are parted by less than other words.
  if (
    gap > NAME_SPACE &&
    /[（(]\p{Script=Han}{2,4}$/u.test(before) &&
    /^\p{Script=Han}{2,4}[）)]/u.test(text)
  ) {
    return `${before} ${text}`;
  }
  const isWide =
    gap > (/[!-~\u00c0-\u024f]$/.test(before) && /^[!-~\u00c0-\u024f]/.test(text) ? WORD_SPACE : 0.5);
  return isWide ? `${before} ${text}` : before + text;
}

/** Letter-spaced Han characters without the spaces that the gaps were taken for. */
function closeTracking(text: string): string {
  const pairs = text.match(/[^ ](?= ?[^ ])/gu)?.length ?? 0;
  const parted =
    text.match(/(?<=[\p{Script=Han}，。、：；？！“”]) (?=[\p{Script=Han}，。、：；？！“”])/gu)?.length ?? 0;
  return parted > 0.6 * pairs ? text.replaceAll(" ", "") : text;
}

/** The pieces of a row that one line was cut into by wide spaces, whole again. */
function joinPieces(row: readonly Piece[], near: readonly (readonly Piece[])[]): TypeLine[] {
  const lines: Piece[] = [];
  for (const piece of row) {
    const last = lines.at(-1);
    if (last && belongTogether(last, piece, near)) {
      const text =
        last.spaced && piece.spaced && !ITEM_MARK.test(last.text)
          ? last.text + piece.text
          : `${last.text} ${piece.text}`;
      const { size, font, baseline } = piece.text.length > last.text.length ? piece : last;
      const whole = { ...last, text, size, font, baseline, right: piece.right, last: piece.last };
      lines.splice(-1, 1, { ...whole, spaced: piece.spaced });
    } else lines.push(piece);
  }
  return lines.map(({ spaced: _, first: _first, last: _last, ...line }) => line);
}

/** A wide gap is of the line where text of the lines above or below stands across it, else it parts two columns. */
function belongTogether(left: Piece, right: Piece, near: readonly (readonly Piece[])[]): boolean {
  const size = Math.min(left.size, right.size);
  const gap = right.left - left.right;
  if (ITEM_MARK.test(left.text) && gap < BEYOND_LINE * size) return true;
  if (Math.max(left.size, right.size) > 1.15 * size) return false;
  if (Math.abs(left.baseline - right.baseline) > 0.15 * size) return false;
  if (left.spaced && right.spaced) return true;
  const [above, below] = [-1, 1].map((direction) =>
    near.flat().filter((piece) => {
      const distance = (direction * (piece.baseline - left.baseline)) / size;
      const isAlike = Math.max(piece.size, size) <= 1.3 * Math.min(piece.size, size);
      return isAlike && distance > 0.5 && distance < NEAR;
    }),
  );
  const parting = [above!, below!].map((pieces) => goesOn(left.right, right.left, size, pieces));
  // Justified English leaves wide gaps, now and then below each other.
  const isLatin = /[!-~]$/.test(left.text) && /^[!-~]/.test(right.text);
  if (gap > BEYOND_LINE * size)
    return isLatin && gap < 3 * BEYOND_LINE * size && parting.every((one) => one === false);
  if (parting.includes(true) && !(isLatin && parting.includes(false))) return false;
  return parting.includes(false) || (gap <= 1.3 * size && right.first === left.last + 1);
}

/** Whether a gap goes on where these pieces stand; undefined where too few of them do. */
function goesOn(from: number, to: number, size: number, pieces: readonly Piece[]): boolean | undefined {
  const near = pieces.filter((piece) => piece.right > from - 6 * size && piece.left < to + 6 * size);
  let channel = { from, to: from };
  let covered = from;
  for (const { left, right } of [...near, { left: to, right: to }].toSorted((a, b) => a.left - b.left)) {
    const end = Math.min(left, to);
    if (end - covered > channel.to - channel.from) channel = { from: covered, to: end };
    covered = Math.max(covered, right);
  }
  if (channel.to - channel.from < MIN_GUTTER * size) return false;
  const hasBoth =
    near.some((piece) => piece.right <= channel.from + 0.1) &&
    near.some((piece) => piece.left >= channel.to - 0.1);
  return hasBoth ? true : undefined;
}
