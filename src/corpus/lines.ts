/** A line of a page as it stands, trimmed, with what its place tells. Widths are in full-width characters. */
export interface Line {
  readonly text: string;
  /** Which line of the file, blank ones counted, from 0. */
  readonly row: number;
  /** Whether white space alone separates it from the line before; no line of a page is ever blank itself. */
  readonly blankBefore: boolean;
  /** Whether white space sets it in: tabs, ideographic spaces or two spaces, for a single one is left by extractors. */
  readonly setIn: boolean;
  /** Width with every mark squeezed to half, as newspapers set them to fit a line. */
  readonly minWidth: number;
  readonly maxWidth: number;
  /** Width of what cannot be parted at the line's start: a number, a Latin word, a character and the marks before it. */
  readonly firstUnit: number;
}

const FULL_WIDTH_MARK = /[\u3001-\u303f\uff00-\uff60“”‘’…—·]/u;
/** How an item of a list begins. */
export const LIST_ITEM =
  /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、](?!\d)|第[一二三四五六七八九十]+[条，、]|[•·●] ?)/u;

/** The lines of `text` that are not blank. */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let blankBefore = false;
  text.split("\n").forEach((raw, row) => {
    const trimmed = raw.trim();
    if (trimmed === "") {
      blankBefore = true;
      return;
    }
    lines.push({ ...measureLine(trimmed, row, blankBefore), setIn: /^(?:[\t\u3000]| {2})/.test(raw) });
    blankBefore = false;
  });
  return lines;
}

/** A line of its own text and place. */
export function measureLine(text: string, row: number, blankBefore: boolean): Line {
  return {
    text,
    row,
    blankBefore,
    setIn: false,
    ...measure(text),
    firstUnit: measure(firstUnit(text)).maxWidth,
  };
}

function measure(text: string): { minWidth: number; maxWidth: number } {
  let minWidth = 0;
  let maxWidth = 0;
  for (const character of text) {
    const isSpace = character === " ";
    const isHalf = character.charCodeAt(0) < 0x250;
    maxWidth += isHalf ? 0.5 : 1;
    minWidth += isSpace ? 0 : isHalf || FULL_WIDTH_MARK.test(character) ? 0.5 : 1;
  }
  return { minWidth, maxWidth };
}

function firstUnit(text: string): string {
  return /^(?:[A-Za-z0-9.,%:/+-]+|[“‘（《〔【]*.)/u.exec(text)?.[0] ?? "";
}

/** Whether a sentence ends with the text, quoted or bracketed as it may be. */
export function endsSentence(text: string): boolean {
  return /[。！？…!?][”’」』）)]*$/u.test(text);
}

/** How much room `next` would have left on `line` in a column of this width; negative when it did not fit. */
export function roomLeft(line: Line, next: Line, width: number): number {
  return width - line.maxWidth - next.firstUnit;
}

/** Whether `line`, followed by `next`, is a full line of a column of this width. */
export function fillsColumn(line: Line, next: Line, width: number): boolean {
  return roomLeft(line, next, width) < 0 && line.minWidth <= width + 0.5;
}
