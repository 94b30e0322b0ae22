import { readAuthorLine, readNameLine, readNames } from "../bylines.ts";
import { endsSentence } from "../lines.ts";
import { type Block, blockOf, isSameSize, sharedWidth } from "./blocks.ts";
import { hull } from "./places.ts";

/** A headline with all that belongs to it: decks, what is set smaller above and below, and who wrote the article. */
export interface Headline extends Pick<Block, "left" | "right" | "top" | "bottom" | "size"> {
  /** The decks of the largest type. */
  readonly decks: readonly string[];
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly authors: readonly string[];
  /** How many of its marks were restored. */
  readonly repairs: number;
}

/** Headlines are larger than the text by this factor. */
const LARGER = 1.18;

/** How headings of a report's parts begin. */
const PART =
  /^(?:\d+(?:\.\d+)*[.、\s]|[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十\d]+[章节条部篇]|[（(][一二三四五六七八九十\d]+[）)]|附[件录]|摘要|参考文献|目录|abstract|references|contents|appendix|introduction|conclusion)/iu;

export interface Sorted {
  readonly headlines: readonly Headline[];
  readonly bodies: readonly Block[];
}

/** Whether a block is a column's text, whatever its size: several lines with sentences in them. */
export function isProse({ lines }: Block): boolean {
  const text = lines.map(({ text }) => text).join("");
  return (
    (lines.length >= 3 && /[。；]|[a-z]\. /u.test(text)) ||
    (lines.length >= 5 && /[，。]|\p{L}[,.]/u.test(text))
  );
}

/** Whether a heading is that of a report's part, numbered or named as such. */
export function isPartHeading(text: string): boolean {
  return PART.test(text);
}

/** The size most of the text is set in. */
export function bodySizeOf(blocks: readonly Block[]): number {
  const chars = new Map<number, number>();
  for (const block of blocks) {
    const weight = isProse(block) ? 3 : 1;
    for (const { size, text } of block.lines) {
      const rounded = Math.round(size * 4) / 4;
      chars.set(rounded, (chars.get(rounded) ?? 0) + weight * text.length);
    }
  }
  return [...chars].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** A page's blocks as headlines, each with what is set around it, and what is text. */
export function sortBlocks(all: readonly Block[]): Sorted {
  const blocks = all.flatMap(partNames);
  const bodySize = bodySizeOf(blocks);
  const display = blocks.filter((block) => isDisplay(block, blocks, bodySize));
  const groups = groupStacked(display, blocks);
  const taken = new Set<Block>(display);
  const headlines = groups.map((group) => {
    let minor = findMinor(group, blocks, taken);
    while (minor) {
      group.push(minor);
      taken.add(minor);
      minor = findMinor(group, blocks, taken);
    }
    return toHeadline(group);
  });
  return { headlines, bodies: blocks.filter((block) => !taken.has(block)) };
}

/** A first line that names the authors may stand over several columns, and touch the text of one. */
function partNames(block: Block): Block[] {
  const [first, ...rest] = block.lines;
  if (rest.length === 0) return [block];
  const inset = Math.min(first!.left - block.left, block.right - first!.right);
  const names =
    readNamesOf(first!.text) ?? (inset > 2 * block.size ? readSeveralNames(first!.text) : undefined);
  return names ? [blockOf([first!]), blockOf(rest)] : [block];
}

function isDisplay(block: Block, blocks: readonly Block[], bodySize: number): boolean {
  const text = block.lines.map(({ text }) => text).join("");
  if (isProse(block) || block.lines.length > 5 || /。/u.test(text)) return false;
  const below = blocks
    .filter((other) => isProse(other) && other.top > block.top && sharedWidth(other, block) > 0)
    .sort((a, b) => a.top - b.top)[0];
  const isNear = below && below.top - block.bottom < 4 * block.size;
  return block.size >= LARGER * (isNear ? below.size : bodySize) && /\p{L}/u.test(text);
}

/** Display lines right above each other, with nothing between. */
function groupStacked(display: readonly Block[], blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of display) {
    const group = groups.find((candidate) => {
      const whole = hull(candidate);
      const gap = block.top - whole.bottom;
      const reach = 0.9 * Math.max(...candidate.map(({ size }) => size), block.size);
      return (
        gap > -0.5 * block.size &&
        gap < reach &&
        sharedWidth(whole, block) > 0.5 * Math.min(whole.right - whole.left, block.right - block.left) &&
        !blocks.some((other) => !display.includes(other) && stands(other, whole, block))
      );
    });
    if (group) group.push(block);
    else groups.push([block]);
  }
  return groups;
}

function stands(between: Block, above: Pick<Block, "bottom">, below: Block): boolean {
  return between.top > above.bottom - 1 && between.bottom < below.top + 1 && sharedWidth(between, below) > 0;
}

/** A line of about the text's size that belongs to a headline: right below it, centred or naming the author. */
function findMinor(
  group: readonly Block[],
  blocks: readonly Block[],
  taken: ReadonlySet<Block>,
): Block | undefined {
  const whole = hull(group);
  const size = Math.max(...group.map((block) => block.size));
  return blocks.find((block) => {
    if (taken.has(block) || block.lines.length > 2 || isProse(block) || hasNeighbour(block, blocks))
      return false;
    const text = block.lines.map((line) => line.text).join("");
    const isBelow = block.top > whole.bottom - 0.5 * block.size && block.top - whole.bottom < 1.1 * size;
    const isAbove = block.bottom < whole.top + 0.5 * block.size && whole.top - block.bottom < 0.6 * size;
    if (sharedWidth(whole, block) < 0.5 * (block.right - block.left)) return false;
    if (isBelow && block.lines.length === 1 && readAuthors(text)) return true;
    if (endsSentence(text) || (!isBelow && !isAbove)) return false;
    const isCentred = Math.abs(block.left + block.right - whole.left - whole.right) < block.size;
    const next = blocks.find((other) => other.top >= block.bottom - 1 && sharedWidth(other, block) > 0);
    const isApart = !next || !isSameSize(next.size, block.size) || next.top - block.bottom > 0.6 * block.size;
    return (isCentred || /^[—–]{1,2}/u.test(text)) && (isAbove || isApart);
  });
}

/** Whether it begins a row of columns: another block begins beside it at the same height. */
function hasNeighbour(block: Block, blocks: readonly Block[]): boolean {
  return blocks.some(
    (other) =>
      other !== block &&
      isSameSize(other.size, block.size) &&
      Math.abs(other.top - block.top) < 0.3 * block.size &&
      sharedWidth(other, block) <= 0 &&
      Math.max(other.left - block.right, block.left - other.right) < 4 * block.size,
  );
}

/** Names with no family name that is common, where there is more than one of them. */
function readSeveralNames(text: string): readonly string[] | undefined {
  const names = text.length <= 14 && /\s/.test(text) ? readNames(text) : undefined;
  return names && names.length > 1 ? names : undefined;
}

function readAuthors(text: string): readonly string[] | undefined {
  return readNamesOf(text) ?? readSeveralNames(text);
}

/** The names of a line that is a byline; where it says so, what the authors are may stand behind them in brackets. */
export function readNamesOf(text: string): readonly string[] | undefined {
  const bare = text.replace(/[（(][^（）()]{2,12}[）)]$/u, "");
  return readAuthorLine(bare) ?? readNameLine(text);
}

function toHeadline(group: readonly Block[]): Headline {
  const lines = group
    .flatMap((block) => block.lines)
    .sort((a, b) => a.baseline - b.baseline || a.left - b.left);
  const size = Math.max(...lines.map((line) => line.size));
  const isMain = (line: { readonly size: number }) => isSameSize(line.size, size);
  const first = lines.findIndex(isMain);
  const last = lines.findLastIndex(isMain);
  const minor = (from: number, to: number) => lines.slice(from, to).map(({ text }) => text);
  const below = minor(last + 1, lines.length);
  const authorLine = below.find((text) => readAuthors(text));
  return {
    ...hull(group),
    size,
    decks: lines.slice(first, last + 1).map(({ text }) => text),
    above: minor(0, first),
    below: below.filter((text) => text !== authorLine),
    authors: authorLine ? readAuthors(authorLine)! : [],
    repairs: lines.reduce((total, { repairs }) => total + repairs, 0),
  };
}
