import { bottomOf, type TypeLine, topOf } from "./type-lines.ts";

/** Lines of one type below each other, as they stand in one column. */
export interface Block {
  readonly lines: readonly TypeLine[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Of its type. */
  readonly size: number;
}

/** From one line to the next at most this many times the type's size, at first and once the usual distance is known. */
const MAX_LEADING = 2.1;
const MAX_LEADING_CHANGE = 1.3;
const SAME_SIZE = 1.07;

export function blockOf(lines: readonly TypeLine[]): Block {
  return {
    lines,
    left: Math.min(...lines.map(({ left }) => left)),
    right: Math.max(...lines.map(({ right }) => right)),
    top: topOf(lines[0]!),
    bottom: bottomOf(lines.at(-1)!),
    size: lines[0]!.size,
  };
}

/** Type sizes told apart. */
export function isSameSize(a: number, b: number): boolean {
  return Math.max(a, b) <= SAME_SIZE * Math.min(a, b);
}

/** How far two things stand above or below each other: the width they share. */
export function sharedWidth(a: Pick<Block, "left" | "right">, b: Pick<Block, "left" | "right">): number {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left);
}

/** The blocks of a page, from its lines in order from the top. */
export function gatherBlocks(lines: readonly TypeLine[]): Block[] {
  const done: Block[] = [];
  let open: Block[] = [];
  for (const line of lines) {
    const reach = MAX_LEADING * 1.2 * line.size;
    const stale = open.filter(({ lines }) => line.baseline - lines.at(-1)!.baseline > Math.max(reach, 60));
    if (stale.length > 0) {
      done.push(...stale);
      open = open.filter((block) => !stale.includes(block));
    }
    const above = open.filter((block) => goesOn(block, line));
    const block = above.sort(
      (a, b) =>
        b.lines.at(-1)!.baseline - a.lines.at(-1)!.baseline || sharedWidth(b, line) - sharedWidth(a, line),
    )[0];
    if (block) open.splice(open.indexOf(block), 1, blockOf([...block.lines, line]));
    else open.push(blockOf([line]));
  }
  return [...done, ...open].sort((a, b) => a.top - b.top || a.left - b.left);
}

/** Whether the line stands right below the block and is of it. */
function goesOn(block: Block, line: TypeLine): boolean {
  const last = block.lines.at(-1)!;
  const before = block.lines.at(-2);
  const step = line.baseline - last.baseline;
  const limit = before ? MAX_LEADING_CHANGE * (last.baseline - before.baseline) : MAX_LEADING * line.size;
  if (step < 0.5 * line.size || step > Math.min(limit, MAX_LEADING * 1.2 * line.size)) return false;
  if (!isSameSize(last.size, line.size)) return false;
  // A first line is set in, and the one above or below may be short.
  const column = {
    left: block.left - 2.5 * line.size,
    right: Math.max(block.right, block.left + 4 * line.size),
  };
  if (sharedWidth(column, line) < 0.5 * Math.min(block.right - block.left, line.right - line.left))
    return false;
  const isCentred = Math.abs(block.left + block.right - line.left - line.right) < line.size;
  return isCentred || Math.abs(line.left - block.left) <= 4 * line.size;
}
