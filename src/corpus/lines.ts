import { isCut } from "./cuts.ts";

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
  /** Width of what cannot be parted at the line's start: a number, a Latin word, a character and the marks behind it. */
  readonly firstUnit: number;
}

const FULL_WIDTH_MARK = /[\u3001-\u303f\uff00-\uff60“”‘’…—·]/u;
const NEVER_FIRST = /[，。、：；？！”’）》〕】」』…—％,.:;?!)%]/u;
/** Lines longer than this are paragraphs, not wraps. */
const MAX_WRAPPED_WIDTH = 48;

/** How an item of a list begins. */
export const LIST_ITEM =
  /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、](?!\d)|第[一二三四五六七八九十]+[条，、]|[•·●] ?)/u;

/** How a paragraph, or the byline behind it, ends. */
const CLOSED = /[。！？…：；.!?:;）)][”’」』）)"']*$/u;

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
  return { text, row, blankBefore, setIn: false, ...measure(text), firstUnit: firstUnit(text) };
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

function firstUnit(text: string): number {
  const latin = /^[A-Za-z0-9.,%:/+-]+/.exec(text)?.[0];
  const head = latin ?? /^[“‘（《〔【]*./u.exec(text)?.[0] ?? "";
  const rest = [...text.slice(head.length)];
  const glued = rest.findIndex((character) => !NEVER_FIRST.test(character));
  const marks = glued < 0 ? rest.length : glued;
  return measure(head).maxWidth + marks / 2;
}

/**
 * Whether the lines are a column's wraps, not paragraphs: of a length, mostly ended in mid-sentence and many of them
 * inside a word. The lines of a list end in mid-sentence too, but never in mid-word.
 */
export function isHardWrapped(lines: readonly Line[]): boolean {
  const long = lines.filter((line) => line.maxWidth >= 8);
  if (long.length < 3 || long.some((line) => line.maxWidth > 2 * MAX_WRAPPED_WIDTH)) return false;
  // A subheading breaks off as well, but the paragraph behind it is longer by far.
  const wrapped = long.flatMap((line, index) => {
    const next = long[index + 1] ?? line;
    const isWrap =
      line.maxWidth <= MAX_WRAPPED_WIDTH && !endsSentence(line.text) && line.maxWidth >= 0.6 * next.maxWidth;
    return isWrap ? [[line, next] as const] : [];
  });
  return wrapped.length >= long.length / 2 && cutWords(wrapped);
}

/** A fixed width cuts a Chinese word, or the phrase around it, at every second break. */
function cutWords(breaks: readonly (readonly [Line, Line])[]): boolean {
  return breaks.filter(([line, next]) => isCut(line.text, next.text)).length >= breaks.length / 6;
}

/**
 * The paragraphs of a hard-wrapped text in which blank lines, or white space before a first line, part paragraphs and
 * nothing else; undefined for any other text. What shows it: paragraphs of several lines break at about one width,
 * mostly in mid-sentence, and end with a sentence.
 */
export function partedParagraphs(lines: readonly Line[]): Line[][] | undefined {
  const blocks: Line[][] = [];
  for (const line of lines) {
    if (line.blankBefore || line.setIn || blocks.length === 0) blocks.push([line]);
    else blocks.at(-1)!.push(line);
  }
  const several = blocks.filter((block) => block.length > 1);
  const breaks = several.flatMap((block) =>
    block.slice(1).map((line, index) => [block[index]!, line] as const),
  );
  const width = Math.max(0, ...breaks.map(([{ maxWidth }]) => maxWidth));
  const isWrapped =
    several.length >= blocks.length / 3 &&
    width <= MAX_WRAPPED_WIDTH &&
    breaks.every(([{ maxWidth }]) => maxWidth >= 0.7 * width) &&
    breaks.filter(([{ text }]) => /[。！？…：；.][”’」』）)"']*$/u.test(text)).length <= breaks.length / 2 &&
    !breaks.some(([, { text }]) => LIST_ITEM.test(text)) &&
    several.every((block) => block.at(-1)!.maxWidth <= 1.25 * width && CLOSED.test(block.at(-1)!.text));
  return isWrapped ? blocks : undefined;
}

/** Whether a sentence ends with the text, quoted or bracketed as it may be. */
export function endsSentence(text: string): boolean {
  return /[。！？…!?][”’」』）)]*$/u.test(text);
}

/** The column's width most lines agree with; squeezed and short lines are outvoted. 0 for no lines. */
export function columnWidth(lines: readonly Line[]): number {
  const votes = new Map<number, number>();
  for (const { minWidth, maxWidth } of lines) {
    const first = Math.ceil(minWidth * 2);
    const last = Math.floor(maxWidth * 2);
    for (let halves = first; halves <= last; halves++) {
      votes.set(halves, (votes.get(halves) ?? 0) + 1 / Math.sqrt(last - first + 1));
    }
  }
  let best = 0;
  for (const [halves, count] of votes) {
    const most = votes.get(best) ?? 0;
    if (count > most || (count === most && halves > best)) best = halves;
  }
  return best / 2;
}

/** How much room `next` would have left on `line` in a column of this width; negative when it did not fit. */
export function roomLeft(line: Line, next: Line, width: number): number {
  return width - line.maxWidth - next.firstUnit;
}

/** Whether `line`, followed by `next`, is a full line of a column of this width. */
export function fillsColumn(line: Line, next: Line, width: number): boolean {
  return roomLeft(line, next, width) < 0 && line.minWidth <= width + 0.5;
}

/** Lines as one run of text: Han characters meet, Latin words keep their space. */
export function joinLines(lines: readonly string[]): string {
  return lines.reduce((joined, line) => {
    const seam = joined.slice(-20) + line;
    const isLatin = /[A-Za-z]/.test(seam) && !/\p{Script=Han}/u.test(seam) && /[!-~]$/.test(joined);
    const parted = isLatin || (/[A-Za-z,.]$/.test(joined) && /^[A-Za-z]{2}/.test(line));
    return parted ? `${joined} ${line}` : joined + line;
  }, "");
}

/** White space gone that a typesetter's digits and Latin words leave beside Han characters. */
export function closeLatinSpaces(text: string): string {
  return text
    .replace(/(?<=[\p{Script=Han}\u3001-\u303f\uff00-\uff60“”‘’…—·])[ \t\u3000\u00a0]+(?=[!-~])/gu, "")
    .replace(/(?<=[!-~])[ \t\u3000\u00a0]+(?=[\p{Script=Han}\u3001-\u303f\uff00-\uff60“”‘’…—·])/gu, "");
}

/** As `closeLatinSpaces`, and the white space beside marks gone. */
export function closeSpaces(text: string): string {
  return closeLatinSpaces(text)
    .replace(/(?<=[\u3001-\u303f\uff00-\uff60“”‘’…—·])[ \t\u3000\u00a0]+(?=\p{Script=Han})/gu, "")
    .replace(/(?<=\p{Script=Han})[ \t\u3000\u00a0]+(?=[\u3001-\u303f\uff00-\uff60“”‘’…—·])/gu, "");
}
