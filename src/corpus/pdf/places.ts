import { type Block, isSameSize, sharedWidth } from "./blocks.ts";
import type { Headline } from "./headline-groups.ts";

export type Place = Pick<Block, "left" | "right" | "top" | "bottom">;

/** What stands above each block, and which columns begin below each headline. */
export interface Places {
  readonly above: ReadonlyMap<Block, Headline | Block | undefined>;
  /** From the left. */
  readonly rows: ReadonlyMap<Headline, readonly Block[]>;
  /** The row a block is of. */
  readonly rowOf: ReadonlyMap<Block, readonly Block[]>;
  /** Things with a block right below. */
  readonly continued: ReadonlySet<Headline | Block | undefined>;
  /** Blocks with no other below. */
  readonly lowest: ReadonlySet<Block>;
  /** Where the lines of a block's column begin that are not set in. */
  readonly columnLeft: ReadonlyMap<Block, number>;
}

type Above = Map<Block, Headline | Block | undefined>;
type Rows = Map<Headline, Block[]>;

export function readPlaces(headlines: readonly Headline[], bodies: readonly Block[]): Places {
  const things: readonly (Headline | Block)[] = [...headlines, ...bodies];
  const above: Above = new Map(bodies.map((block) => [block, findAbove(block, things)]));
  const rows: Rows = new Map(headlines.map((headline) => [headline, findRow(headline, bodies, above)]));
  settleRows(rows);
  const claims = headlines.map((headline) => belowPictures(headline, rows, bodies, above));
  for (const [index, headline] of headlines.entries()) rows.get(headline)!.push(...claims[index]!);
  settleRows(rows);
  for (const [headline, row] of rows) {
    row.sort((a, b) => a.left - b.left);
    for (const block of row) above.set(block, headline);
  }
  return {
    above,
    rows,
    rowOf: new Map([...rows.values()].flatMap((row) => row.map((block) => [block, row]))),
    continued: new Set(
      [...above].filter(([block, over]) => over && isAlike(over, block)).map(([, over]) => over),
    ),
    lowest: new Set(bodies.filter((block) => !bodies.some((other) => isBelow(other, block)))),
    columnLeft: new Map(bodies.map((block) => [block, columnLeftOf(block, bodies)])),
  };
}

/** What stands over the text in another type is a box below it, not its end. */
function isAlike(over: Headline | Block, block: Block): boolean {
  return isHeadline(over) || isSameSize(over.size, block.size);
}

/** The lowest thing that ends above the block and shares its column. */
function findAbove<T extends Place>(block: Block, things: readonly T[]): T | undefined {
  let nearest: T | undefined;
  for (const thing of things) {
    const narrower = Math.min(block.right - block.left, thing.right - thing.left);
    const isAbove = (thing as Place) !== block && thing.bottom <= block.top + 0.5 * block.size;
    if (isAbove && sharedWidth(thing, block) > 0.15 * narrower && thing.bottom > (nearest?.bottom ?? -1)) {
      nearest = thing;
    }
  }
  return nearest;
}

function isHeadline(thing: Headline | Block | undefined): thing is Headline {
  return thing !== undefined && "decks" in thing;
}

/** The blocks right below a headline, and those beside them that begin at the same height and have no other headline. */
function findRow(headline: Headline, bodies: readonly Block[], above: Above): Block[] {
  const below = bodies.filter((block) => above.get(block) === headline);
  const starts = below.length > 0 ? below : besidePicture(headline, bodies, above);
  if (starts.length === 0) return [];
  const top = Math.min(...starts.map((block) => block.top));
  const lowest = Math.max(
    ...starts.filter((block) => block.top - top < block.size).map(({ bottom }) => bottom),
  );
  // A picture may stand between the headline and one of the columns.
  const row = starts.filter((block) => block.top < lowest + 3 * block.size);
  let beside: Block | undefined;
  do {
    const whole = hull([headline, ...row]);
    beside = bodies.find(
      (block) =>
        !row.includes(block) &&
        Math.abs(block.top - top) < 0.9 * block.size &&
        isSameSize(block.size, row[0]!.size) &&
        isBeside(whole, block, bodies) &&
        !isHeadline(above.get(block)) &&
        !goesOnFrom(above.get(block), block),
    );
    if (beside) row.push(beside);
  } while (beside);
  return row;
}

/** Whether only a gutter parts the block from others, or a picture as wide as a column. */
function isBeside(whole: Place, block: Block, bodies: readonly Block[]): boolean {
  const gap = gapBetween(whole, block);
  if (gap < 5 * block.size) return true;
  if (gap > block.right - block.left + 8 * block.size) return false;
  const [left, right] = whole.right < block.left ? [whole.right, block.left] : [block.right, whole.left];
  return !bodies.some(
    (other) =>
      sharedWidth(other, { left, right }) > 0 && other.top < block.bottom && other.bottom > block.top,
  );
}

/** Whether the block stands so close below another that it is of the same column. */
function goesOnFrom(above: Headline | Block | undefined, block: Block): boolean {
  return above !== undefined && block.top - above.bottom < 0.9 * block.size;
}

/** Where a picture takes up the column below a headline, the text begins in the column to its right. */
function besidePicture(headline: Headline, bodies: readonly Block[], above: Above): Block[] {
  const near = bodies.filter(
    (block) =>
      block.left > headline.left &&
      block.top > headline.bottom - 0.5 * block.size &&
      block.top - headline.bottom < 4 * block.size &&
      block.left - headline.right < block.right - block.left &&
      !isHeadline(above.get(block)),
  );
  return near.toSorted((a, b) => a.left - b.left).slice(0, 1);
}

/**
 * Blocks that two headlines lay claim to are divided so that each headline stands over its columns as headlines do:
 * in their middle, or at their left edge.
 */
function settleRows(rows: Rows): void {
  const headlines = [...rows.keys()].sort((a, b) => a.left - b.left);
  for (const [index, left] of headlines.entries()) {
    for (const right of headlines.slice(index + 1)) {
      const contested = rows
        .get(left)!
        .filter((block) => rows.get(right)!.includes(block))
        .sort((a, b) => a.left - b.left);
      if (contested.length === 0) continue;
      const divisions = Array.from({ length: contested.length + 1 }, (_, count) => {
        const [ofLeft, ofRight] = [contested.slice(0, count), contested.slice(count)];
        const leftRow = rows.get(left)!.filter((block) => !ofRight.includes(block));
        const rightRow = rows.get(right)!.filter((block) => !ofLeft.includes(block));
        return { leftRow, rightRow, cost: misfit(left, leftRow) + misfit(right, rightRow) };
      });
      const best = divisions.reduce((least, division) => (division.cost <= least.cost ? division : least));
      rows.set(left, best.leftRow);
      rows.set(right, best.rightRow);
    }
  }
}

/** How far a headline stands from the middle of its columns, and from their left edge, whichever is less. */
function misfit(headline: Headline, row: readonly Block[]): number {
  if (row.length === 0) return 0;
  const { left, right } = hull(row);
  return Math.min(
    Math.abs((left + right - headline.left - headline.right) / 2),
    Math.abs(left - headline.left),
  );
}

/** Blocks of the columns beside a row that begin higher or lower than it because of a picture. */
function belowPictures(headline: Headline, rows: Rows, bodies: readonly Block[], above: Above): Block[] {
  const row = rows.get(headline)!;
  if (row.length === 0) return [];
  const whole = hull(row);
  const taken = new Set([...rows.values()].flat());
  return bodies.filter((block) => {
    const over = above.get(block);
    const isFree = !isHeadline(over) && (over === undefined || over.bottom < headline.top + block.size);
    return (
      isFree &&
      !taken.has(block) &&
      isSameSize(block.size, row[0]!.size) &&
      block.top > bottomBeside(headline, block) &&
      block.top < whole.bottom &&
      gapBetween(whole, block) < 5 * block.size &&
      sharedWidth(whole, block) <= 0
    );
  });
}

function isBelow(a: Block, b: Block): boolean {
  return a.top >= b.bottom && sharedWidth(a, b) > 0;
}

/** A byline that stands over the first column only takes no room beside it. */
function bottomBeside(headline: Headline, block: Block): number {
  return headline.bottom - (sharedWidth(headline, block) > 0 ? 0.5 : 1.8) * block.size;
}

function gapBetween(a: Place, b: Place): number {
  return Math.max(a.left - b.right, b.left - a.right);
}

export function hull(places: readonly Place[]): Place {
  return {
    left: Math.min(...places.map(({ left }) => left)),
    right: Math.max(...places.map(({ right }) => right)),
    top: Math.min(...places.map(({ top }) => top)),
    bottom: Math.max(...places.map(({ bottom }) => bottom)),
  };
}

/** Where the column's lines begin that are not set in. */
function columnLeftOf(block: Block, bodies: readonly Block[]): number {
  if (block.lines.length > 2) return block.left;
  const column = bodies.filter(
    ({ left, right, lines }) =>
      lines.length > 2 &&
      left <= block.left + 1 &&
      block.left - left < 3.5 * block.size &&
      right > block.left,
  );
  return Math.min(block.left, ...column.map(({ left }) => left));
}
