import { readByline } from "../bylines.ts";
import { endsSentence, LIST_ITEM, measureLine } from "../lines.ts";
import { unwrap } from "../wraps.ts";
import { type Block, isSameSize } from "./blocks.ts";
import type { TypeLine } from "./type-lines.ts";

/** Set in by less is set unevenly, in ems. */
const MIN_INDENT = 0.8;
/** Set in by more is set to the right, in ems. */
const SIGNATURE_INDENT = 6;
/** From one line to the next, beyond the usual distance, where a paragraph begins. */
const WIDE_STEP = 1.3;

/** How many blocks before and behind show what a block's column is. */
const NEAR_BLOCKS = 12;
/** The share of lines within the column; a long address may stick out. */
const REACHED = 0.95;
/** By so much the right edge of justified text is uneven, in ems. */
const UNEVEN = 0.4;

interface Style {
  /** Whether first lines are set in. */
  readonly isIndented: boolean;
  /** Whether lines reach the column's right edge, but for the last ones. */
  readonly isJustified: boolean;
}

/** A line with the edges of its column. */
interface PlacedLine extends TypeLine {
  readonly columnLeft: number;
  readonly columnRight: number;
  readonly block: Block;
}

/** The paragraphs of blocks in the order they are read, each as one run of text. */
export function readParagraphs(blocks: readonly Block[]): string[] {
  const lines = placeLines(blocks);
  const style = { isIndented: usesIndents(lines), isJustified: isJustified(lines) };
  const paragraphs: PlacedLine[][] = [];
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (!before || beginsParagraph(before, line, lines[index - 2], style)) paragraphs.push([line]);
    else paragraphs.at(-1)!.push(line);
  });
  const join = (paragraph: readonly PlacedLine[], index: number) => {
    if (paragraph[0]!.isRow) return paragraph[0]!.text;
    return unwrap(mendHyphens(index === paragraphs.length - 1 ? mendByline(paragraph) : paragraph));
  };
  return paragraphs.map(join).filter((text) => text !== "");
}

/** A block of few lines says little about its column: the others at its place say more. */
function placeLines(blocks: readonly Block[]): PlacedLine[] {
  return blocks.flatMap((block, index) => {
    const alike = blocks
      .slice(Math.max(0, index - NEAR_BLOCKS), index + NEAR_BLOCKS + 1)
      .filter(
        (other) =>
          isSameSize(other.size, block.size) &&
          other.right > block.left &&
          (Math.abs(other.left - block.left) < 4 * block.size || holds(other, block)),
      );
    const columnLeft = Math.min(...alike.map(({ left }) => left));
    const rights = alike.flatMap(({ lines }) => lines.map(({ right }) => right)).sort((a, b) => a - b);
    const columnRight = rights[Math.ceil(REACHED * rights.length) - 1]!;
    return block.lines.map((line) => ({ ...line, columnLeft, columnRight, block }));
  });
}

function holds(outer: Block, { left, right, size }: Block): boolean {
  return outer.left <= left && outer.right >= right - size;
}

/** Whether first lines are set in: lines that are, with one behind that is not, are common. */
function usesIndents(lines: readonly PlacedLine[]): boolean {
  const setIn = lines.filter((line, index) => {
    const next = lines[index + 1];
    return next && indentOf(line) > MIN_INDENT && indentOf(line) < 5 && indentOf(next) < 0.3;
  });
  return setIn.length > 0 && setIn.length >= lines.length / 30;
}

function isJustified(lines: readonly PlacedLine[]): boolean {
  const inside = lines.filter(({ text, isRow }) => !endsSentence(text) && !isRow);
  const full = inside.filter((line) => roomBehind(line) < UNEVEN * line.size);
  return inside.length > 2 && full.length >= 0.85 * inside.length;
}

function indentOf({ left, columnLeft, size }: PlacedLine): number {
  return (left - columnLeft) / size;
}

function roomBehind(line: PlacedLine): number {
  return line.columnRight - line.right;
}

function beginsParagraph(
  before: PlacedLine,
  line: PlacedLine,
  third: PlacedLine | undefined,
  { isIndented, isJustified }: Style,
): boolean {
  if (!isSameSize(before.size, line.size)) return true;
  if (before.isRow || line.isRow) return true;
  const unit = measureLine(line.text, 0, false).firstUnit + (endsSentence(before.text) ? 0.8 : 1.8);
  const isFull = roomBehind(before) < (isJustified && endsSentence(before.text) ? UNEVEN : unit) * line.size;
  const setIn = indentOf(line);
  if (setIn > SIGNATURE_INDENT) return true;
  if (setIn > MIN_INDENT) {
    // Lines set in alike are of one quotation, or of an item that hangs.
    const goesOn = Math.abs(setIn - indentOf(before)) < 0.3 && isFull && !LIST_ITEM.test(line.text);
    return !(goesOn || hangs(before, line, isFull));
  }
  if (!isFull) return true;
  if (LIST_ITEM.test(line.text) && endsSentence(before.text)) return true;
  const isNewBlock = before.block !== line.block;
  if (isNewBlock && line.baseline > before.baseline) {
    const usual = usualStep(line.block) ?? usualStep(before.block) ?? 1.8 * line.size;
    return (
      line.baseline - before.baseline > WIDE_STEP * usual &&
      (!isIndented || endsSentence(before.text)) &&
      sharesColumn(before, line)
    );
  }
  const step = line.baseline - before.baseline;
  const stepBefore = third && third.block === before.block ? before.baseline - third.baseline : step;
  return !isNewBlock && step > WIDE_STEP * stepBefore && endsSentence(before.text);
}

function sharesColumn(before: PlacedLine, line: PlacedLine): boolean {
  return Math.abs(before.columnLeft - line.columnLeft) < 2 * line.size;
}

/** Whether the line goes on with an item whose first line begins further left. */
function hangs(before: PlacedLine, line: PlacedLine, isFull: boolean): boolean {
  return isFull && indentOf(before) < indentOf(line) - 0.3 && LIST_ITEM.test(before.text);
}

function usualStep({ lines }: Block): number | undefined {
  const steps = lines.slice(1).map((line, index) => line.baseline - lines[index]!.baseline);
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)];
}

/** A byline that a line's end cuts, with a sign between its names; between the lines there was none. */
function mendByline(lines: readonly { readonly text: string }[]): readonly { readonly text: string }[] {
  const [before, last] = lines.slice(-2).map(({ text }) => text);
  if (last === undefined || !/[（(][^（）()]{0,20}$/u.test(before!)) return lines;
  const cutsRole = /^(?:报?记?者|通?讯?员)(?:\s|$)/u.test(last);
  const byline = readByline(`${before}${cutsRole ? "" : "\n"}${last}`);
  return byline ? [...lines.slice(0, -2), { text: `${byline.text}（${byline.authors.join("、")}）` }] : lines;
}

/** English words cut by a hyphen, whole again. */
function mendHyphens(lines: readonly { readonly text: string }[]): { text: string }[] {
  const texts: string[] = [];
  for (const { text } of lines) {
    const before = texts.at(-1);
    if (before !== undefined && /[a-z]-$/.test(before) && /^[a-z]/.test(text)) {
      texts.splice(-1, 1, before.slice(0, -1) + text);
    } else texts.push(text);
  }
  return texts.map((text) => ({ text }));
}
