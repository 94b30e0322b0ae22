/** What a label of the graph stands for when it stands for no passage. */
export const NO_ROW = 2 ** 32 - 1;

/** How the graph of a build comes about. Its points bear labels, which stay when passages before them come and go. */
export interface GraphPlan {
  /** The row (number of the passage) of each label, `NO_ROW` where it has none. */
  readonly rows: Uint32Array;
  /** Labels whose points get the vector of their row. */
  readonly set: readonly number[];
  /** Labels whose passages are gone: no search may find them, and nothing of their vectors may be left. */
  readonly cleared: readonly number[];
  /** Points that were set or cleared since the graph was built as a whole. */
  readonly changes: number;
}

/** The graph of the build before. */
export interface GraphBefore {
  readonly rows: Uint32Array;
  readonly changes: number;
}

/** A smaller graph is built as a whole in less than a second, and is then the same for the same articles. */
const LEAST_UPDATED = 2000;
/** Points that are set again lose some of their neighbours, so that a graph is built anew after so many. */
const MAX_CHANGED_SHARE = 0.1;

/** Every point set: label `i` is row `i`. */
export function planWholeGraph(total: number): GraphPlan {
  const rows = Uint32Array.from({ length: total }, (_, row) => row);
  return { rows, set: [...rows], cleared: [], changes: 0 };
}

/**
 * The graph before brought up to date, undefined where it has to be built as a whole.
 *
 * @param kept For each row, the one that it was in the build before, below 0 where it is new.
 */
export function planGraphUpdate(before: GraphBefore, kept: Int32Array): GraphPlan | undefined {
  if (kept.length < LEAST_UPDATED) return undefined;
  const labels = new Map<number, number>();
  for (const [label, row] of before.rows.entries()) if (row !== NO_ROW) labels.set(row, label);
  const rows: number[] = new Array<number>(before.rows.length).fill(NO_ROW);
  for (const [row, was] of kept.entries()) if (was >= 0) rows[labels.get(was)!] = row;

  const free = rows.flatMap((row, label) => (row === NO_ROW ? [label] : []));
  const set: number[] = [];
  for (const [row, was] of kept.entries()) {
    if (was >= 0) continue;
    const label = free.shift() ?? rows.length;
    rows[label] = row;
    set.push(label);
  }
  const cleared = free.filter((label) => before.rows[label] !== NO_ROW);
  const changes = before.changes + set.length + cleared.length;
  if (changes > MAX_CHANGED_SHARE * kept.length) return undefined;
  return { rows: Uint32Array.from(rows), set, cleared, changes };
}
