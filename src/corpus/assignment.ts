/**
 * The pairing of rows with columns of the greatest total score (Kuhn 1955, Munkres 1957, in the O(n³) form with
 * potentials). One column a row, -1 where there are more rows than columns and the row goes without.
 */
export function assign(scores: readonly (readonly number[])[]): number[] {
  const rows = scores.length;
  const columns = Math.max(0, ...scores.map((row) => row.length));
  const size = Math.max(rows, columns);
  const cost = (row: number, column: number) => -(scores[row - 1]?.[column - 1] ?? 0);
  const rowPotential = new Array<number>(size + 1).fill(0);
  const columnPotential = new Array<number>(size + 1).fill(0);
  const rowOf = new Array<number>(size + 1).fill(0);

  for (let row = 1; row <= size; row++) {
    const least = new Array<number>(size + 1).fill(Number.POSITIVE_INFINITY);
    const before = new Array<number>(size + 1).fill(0);
    const done = new Array<boolean>(size + 1).fill(false);
    let column = 0;
    rowOf[0] = row;
    do {
      done[column] = true;
      const current = rowOf[column]!;
      let step = Number.POSITIVE_INFINITY;
      let nearest = 0;
      for (let other = 1; other <= size; other++) {
        if (done[other]) continue;
        const reduced = cost(current, other) - rowPotential[current]! - columnPotential[other]!;
        if (reduced < least[other]!) {
          least[other] = reduced;
          before[other] = column;
        }
        if (least[other]! < step) {
          step = least[other]!;
          nearest = other;
        }
      }
      for (let other = 0; other <= size; other++) {
        if (done[other]) {
          rowPotential[rowOf[other]!]! += step;
          columnPotential[other]! -= step;
        } else least[other]! -= step;
      }
      column = nearest;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = before[column]!) rowOf[column] = rowOf[before[column]!]!;
  }

  const columnOfRow = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column]!;
    if (row >= 1 && row <= rows) columnOfRow[row - 1] = column - 1;
  }
  return columnOfRow;
}
