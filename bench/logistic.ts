const RIDGE = 1e-5;
const NEWTON_STEPS = 30;

export interface Row {
  readonly input: readonly number[];
  readonly target: boolean;
  readonly weight: number;
}

/** Logistic regression by Newton's method; the first number is the bias, which ridge leaves alone. */
export function fit(rows: readonly Row[], ridge = RIDGE): number[] {
  const size = rows[0]!.input.length + 1;
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  let model = new Array<number>(size).fill(0);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const gradient = model.map((value, i) => (i === 0 ? 0 : ridge * value));
    const hessian = model.map((_, i) => model.map((_, j) => (i === j ? (i === 0 ? 1e-9 : ridge) : 0)));
    for (const { input, target, weight } of rows) {
      const x = [1, ...input];
      const p = sigmoid(dot(model, x));
      for (let i = 0; i < size; i++) {
        gradient[i]! += (weight / total) * (p - (target ? 1 : 0)) * x[i]!;
        for (let j = 0; j < size; j++) hessian[i]![j]! += (weight / total) * p * (1 - p) * x[i]! * x[j]!;
      }
    }
    const change = solve(hessian, gradient);
    model = model.map((value, i) => value - change[i]!);
  }
  return model;
}

/** Gauss–Jordan elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((_, column) => {
    const pivot = rows.reduce(
      (best, row, i) => (i >= column && Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? i : best),
      column,
    );
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const top = rows[column]!.map((value) => value / rows[column]![column]!);
    rows.forEach((row, i) => {
      rows[i] = i === column ? top : row.map((value, j) => value - row[column]! * top[j]!);
    });
  });
  return rows.map((row) => row.at(-1)!);
}

export function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, i) => sum + value * other[i]!, 0);
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
