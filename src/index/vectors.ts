import { createRequire } from "node:module";
import type * as Hnswlib from "hnswlib-node";
import { createQuantizedRows, quantize } from "../embedding/quantized.ts";
import { AppError } from "../errors.ts";
import { topScores } from "./top-scores.ts";

/** Malkov and Yashunin (TPAMI 2020): M 16 and efConstruction 200 suit a few hundred dimensions. */
export const HNSW_SETTINGS = { m: 16, efConstruction: 200, seed: 100 } as const;
/**
 * Candidates kept while searching, times the root of the number of vectors; hnswlib falls back to 10 after loading,
 * which loses neighbours. With 120 for any number, 0.97 of the ten nearest passages of English questions were found
 * among 10,000, and 0.83 among 100,000; with this, 0.99 and 0.95.
 */
const EF_GROWTH = 1.9;
const MIN_EF = 120;

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

/** hnswlib-node, or undefined on a machine where it could not be compiled. */
export function loadHnswlib(): typeof Hnswlib | undefined {
  try {
    return createRequire(import.meta.url)("hnswlib-node") as typeof Hnswlib;
  } catch {
    // An optional dependency: exact search gives the same answers, only slower. The caller says so.
    return undefined;
  }
}

/**
 * Writes the HNSW graph of `vectors` to `path`; labels are the row numbers. Throws
 * where the file comes out short, as on a full disk, of which hnswlib says nothing until it reads the file.
 */
export function writeHnsw(lib: typeof Hnswlib, vectors: Vectors, dimensions: number, path: string): void {
  const total = vectors.scales.length;
  const graph = new lib.HierarchicalNSW("ip", dimensions);
  graph.initIndex(Math.max(1, total), HNSW_SETTINGS.m, HNSW_SETTINGS.efConstruction, HNSW_SETTINGS.seed);
  for (let row = 0; row < total; row++) {
    const numbers = vectors.numbers.subarray(row * dimensions, (row + 1) * dimensions);
    graph.addPoint(
      Array.from(numbers, (number) => number * vectors.scales[row]!),
      row,
    );
  }
  graph.writeIndexSync(path);
  try {
    openHnsw(lib, dimensions, path);
  } catch (cause) {
    throw new AppError(`${path} came out short; is the disk full?`, { cause });
  }
}

/** Opens a graph written by `writeHnsw`. The caller has verified the file: a damaged one ends the process. */
export function openHnsw(lib: typeof Hnswlib, dimensions: number, path: string): VectorIndex {
  const graph = new lib.HierarchicalNSW("ip", dimensions);
  graph.readIndexSync(path);
  const total = graph.getCurrentCount();
  const ef = Math.max(MIN_EF, Math.round(EF_GROWTH * Math.sqrt(total)));
  return {
    kind: "hnsw",
    search(vector, k) {
      if (total === 0) return [];
      graph.setEf(Math.max(ef, k));
      const { neighbors, distances } = graph.searchKnn(Array.from(vector), Math.min(k, total));
      return neighbors.map((passage, i) => ({ passage, cosine: 1 - distances[i]! }));
    },
  };
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
