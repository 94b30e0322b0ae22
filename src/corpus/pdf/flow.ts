import { assign } from "../assignment.ts";
import { readByline } from "../bylines.ts";
import { isCut } from "../cuts.ts";
import { endsSentence } from "../lines.ts";
import { type Block, isSameSize } from "./blocks.ts";
import type { Headline } from "./headline-groups.ts";
import { type Place, type Places, readPlaces } from "./places.ts";

const ENGLISH_END = /[a-z\d]\.["”’)]*$/u;

/** Text in the order it is read, under its headline. */
export interface Chain {
  readonly headline?: Headline;
  readonly blocks: readonly Block[];
  /** How sure the least sure step from headline to block or block to block is; below 2 it may be wrong. */
  readonly sureness: number;
}

/**
 * Which text is read under which headline and in which order: every block follows on a headline or on another block,
 * the surest pair first. Chains come in the order of where they begin, from the top and from the left.
 */
export function followText(headlines: readonly Headline[], bodies: readonly Block[]): Chain[] {
  const page = readPlaces(headlines, bodies);
  const scores = bodies.map((block) => [
    ...headlines.map((headline) => scoreStart(page, headline, block)),
    ...bodies.map((before) => (before === block ? Number.NEGATIVE_INFINITY : scoreStep(page, before, block))),
  ]);
  const before = assign(scores).map((column, row) => (scores[row]![column]! > 0 ? column : -1));
  const followerOf = new Map(before.map((column, row) => [column, row]));
  const walk = (from: number): Pick<Chain, "blocks" | "sureness"> => {
    const blocks: Block[] = [];
    let sureness = Number.POSITIVE_INFINITY;
    for (let row = followerOf.get(from); row !== undefined && blocks.length < bodies.length; ) {
      blocks.push(bodies[row]!);
      sureness = Math.min(sureness, scores[row]![before[row]!]!);
      row = followerOf.get(headlines.length + row);
    }
    return { blocks, sureness };
  };
  const chains: Chain[] = headlines.map((headline, index) => ({ headline, ...walk(index) }));
  before.forEach((column, row) => {
    const rest = column < 0 ? walk(headlines.length + row) : undefined;
    if (rest) chains.push({ ...rest, blocks: [bodies[row]!, ...rest.blocks] });
  });
  return chains.sort((a, b) => compareStarts(startOf(a), startOf(b)));
}

/** Whether a sentence ends with the text, be it English. */
export function isOver(text: string): boolean {
  return endsSentence(text) || ENGLISH_END.test(text);
}

function startOf({ headline, blocks }: Chain): Place {
  return headline ?? blocks[0]!;
}

function compareStarts(a: Place, b: Place): number {
  return a.top - b.top || a.left - b.left;
}

function isSetIn(page: Places, block: Block): boolean {
  return block.lines[0]!.left - page.columnLeft.get(block)! > 0.8 * block.size;
}

function scoreStart(page: Places, headline: Headline, block: Block): number {
  const place = page.rows.get(headline)!.indexOf(block);
  if (place < 0) return page.above.get(block) === headline ? 0.5 : Number.NEGATIVE_INFINITY;
  return (place === 0 ? 6 : 1 - place) + (isSetIn(page, block) ? 1 : -1);
}

function scoreStep(page: Places, before: Block, block: Block): number {
  const isBelow = page.above.get(block) === before;
  if (isBelow)
    return 5 - (0.1 * Math.max(0, block.top - before.bottom)) / block.size + continuity(page, before, block);
  const gap = block.left - before.right;
  const row = page.rowOf.get(block);
  const column = topOfColumn(page, before);
  const place = row?.indexOf(block) ?? -1;
  const isNext = row !== undefined && place > 0 && row[place - 1] === column;
  if (gap < -0.5 * block.size || !isSameSize(before.size, block.size)) return Number.NEGATIVE_INFINITY;
  if (block.top >= before.bottom && !isNext) return Number.NEGATIVE_INFINITY;
  const width = before.right - before.left;
  let score = gap < 5 * block.size ? 0 : gap < width + 8 * block.size ? -1.5 : -4;
  if (isNext) score += 6;
  else if (place >= 0) score -= 4;
  else if (page.above.get(block) === undefined) score += page.lowest.has(before) ? 3 : 2;
  if (Math.abs(column.top - block.top) < block.size) score += 1.5;
  if (page.continued.has(before)) score -= 6;
  return score + continuity(page, before, block);
}

/** The highest block that stands above this one with no headline between. */
function topOfColumn(page: Places, block: Block): Block {
  let top = block;
  for (let above = page.above.get(top); above && "lines" in above; above = page.above.get(top)) top = above;
  return top;
}

/** What the text says on whether it goes on: sentences that are not over, lines set in, bylines. */
function continuity(page: Places, before: Block, block: Block): number {
  const end = before.lines.slice(-2).map(({ text }) => text);
  const last = before.lines.at(-1)!;
  const setIn = isSetIn(page, block);
  if (readByline(end.join("\n")) || readByline(end.at(-1)!)) return -9;
  if (!isOver(last.text)) {
    if (setIn) return -3;
    return isCut(last.text, block.lines[0]!.text) ? 5 : 3;
  }
  if (setIn) return 0.5;
  return last.right > before.right - 1.5 * before.size ? 0.5 : -1.5;
}
