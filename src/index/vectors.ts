import { createQuantizedRows, quantize } from "../embedding/quantized.ts";
import { topScores } from "./top-scores.ts";

/** Vectors of length 1 with 8 bits a number: 26 MB for 100,000 of 256 numbers instead of 102. */
export interface Vectors {
  /** Row after row; a row's numbers are these, multiplied by its scale. */
  readonly numbers: Int8Array;
  readonly scales: Float32Array;
}

/** Room for so many vectors, all zero. */
export function makeVectors(total: number, dimensions: number): Vectors {
  return { numbers: new Int8Array(total * dimensions), scales: new Float32Array(total) };
}

export function setVector({ numbers, scales }: Vectors, row: number, vector: Float32Array): void {
  const start = row * vector.length;
  scales[row] = quantize(vector, numbers.subarray(start, start + vector.length));
}

/** The vectors at these rows, one after another; zero where the row is below 0. */
export function copyVectors(before: Vectors, rows: Int32Array, dimensions: number): Vectors {
  const vectors = makeVectors(rows.length, dimensions);
  for (const [at, row] of rows.entries()) {
    if (row < 0) continue;
    vectors.numbers.set(before.numbers.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
    vectors.scales[at] = before.scales[row]!;
  }
  return vectors;
}

/** Cosine of the vector in `row` with a vector of length 1. */
export function cosineAt({ numbers, scales }: Vectors, row: number, vector: Float32Array): number {
  return dotRow(numbers, row, vector) * scales[row]!;
}

export interface Neighbor {
  /** Number of the passage. */
  readonly passage: number;
  readonly cosine: number;
}

export interface VectorIndex {
  readonly kind: "hnsw" | "exact";
  /** The `k` passages nearest to a vector of length 1, nearest first. */
  search(vector: Float32Array, k: number): Neighbor[];
}

/** More than are asked for are compared again, with the question's vector as it is. */
const SPARE = 40;

/** Looks at every vector: the fallback without hnswlib, and what HNSW is measured against. */
export function openExact(vectors: Vectors, dimensions: number): VectorIndex {
  const { numbers, scales } = vectors;
  const total = scales.length;
  const rows = createQuantizedRows(dimensions);
  rows.reserve(total + 1);
  for (let row = 0; row < total; row++) {
    rows.row(row).set(numbers.subarray(row * dimensions, (row + 1) * dimensions));
  }
  return {
    kind: "exact",
    search(vector, k) {
      quantize(vector, rows.row(total));
      const rough = new Float32Array(total);
      const { stride } = rows;
      for (let row = 0; row < total; row++)
        rough[row] = rows.dot(row * stride, total * stride) * scales[row]!;
      return topScores(rough, k + SPARE, Number.NEGATIVE_INFINITY)
        .map((passage) => ({ passage, cosine: cosineAt(vectors, passage, vector) }))
        .sort((a, b) => b.cosine - a.cosine || a.passage - b.passage)
        .slice(0, k);
    },
  };
}

/** Dot product of row `row` of `matrix` with `vector`. */
export function dotRow(matrix: Float32Array | Int8Array, row: number, vector: Float32Array): number {
  const offset = row * vector.length;
  let sum = 0;
  for (let d = 0; d < vector.length; d++) sum += matrix[offset + d]! * vector[d]!;
  return sum;
}
