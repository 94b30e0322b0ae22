/** Pairs rows with columns, the greatest score first; -1 for a row that goes without. */
export function assign(scores: readonly (readonly number[])[]): number[] {
  const pairs = scores
    .flatMap((row, index) => row.map((score, column) => ({ row: index, column, score })))
    .sort((a, b) => b.score - a.score);
  const columnOf = new Array<number>(scores.length).fill(-1);
  const taken = new Set<number>();
  for (const { row, column } of pairs) {
    if (columnOf[row] !== -1 || taken.has(column)) continue;
    columnOf[row] = column;
    taken.add(column);
  }
  return columnOf;
}
