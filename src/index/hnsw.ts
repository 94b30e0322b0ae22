import { createRequire } from "node:module";
import type * as Hnswlib from "hnswlib-node";
import { AppError } from "../errors.ts";
import type { GraphPlan } from "./graph-plan.ts";
import type { VectorIndex, Vectors } from "./vectors.ts";

/** Malkov and Yashunin (TPAMI 2020): M 16 and efConstruction 200 suit a few hundred dimensions. */
export const HNSW_SETTINGS = { m: 16, efConstruction: 200, seed: 100 } as const;
/**
 * Candidates kept while searching, times the root of the number of vectors; hnswlib falls back to 10 after loading,
 * which loses neighbours. With 120 for any number, 0.97 of the ten nearest passages of English questions were found
 * among 10,000, and 0.83 among 100,000; with this, 0.99 and 0.95.
 */
const EF_GROWTH = 1.9;
const MIN_EF = 120;

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
 * Writes the HNSW graph of `vectors` to `path`, from nothing or from the graph of the build before, as planned. Throws
 * where the file comes out short, as on a full disk, of which hnswlib says nothing until it reads the file.
 *
 * @param before Path of the graph that the plan starts from, which is verified; undefined where it starts from nothing.
 */
export function writeHnsw(
  lib: typeof Hnswlib,
  vectors: Vectors,
  dimensions: number,
  path: string,
  plan: GraphPlan,
  before?: string,
): void {
  const graph = new lib.HierarchicalNSW("ip", dimensions);
  const size = Math.max(1, plan.rows.length);
  if (before === undefined) {
    graph.initIndex(size, HNSW_SETTINGS.m, HNSW_SETTINGS.efConstruction, HNSW_SETTINGS.seed);
  } else {
    graph.readIndexSync(before);
    graph.resizeIndex(size);
  }
  for (const label of plan.set) {
    const row = plan.rows[label]!;
    const numbers = vectors.numbers.subarray(row * dimensions, (row + 1) * dimensions);
    graph.addPoint(
      Array.from(numbers, (number) => number * vectors.scales[row]!),
      label,
    );
  }
  for (const label of plan.cleared) {
    // A mark alone would leave the vector of what was removed in the file.
    graph.addPoint(new Array<number>(dimensions).fill(0), label);
    graph.markDelete(label);
  }
  graph.writeIndexSync(path);
  try {
    new lib.HierarchicalNSW("ip", dimensions).readIndexSync(path);
  } catch (cause) {
    throw new AppError(`${path} came out short; is the disk full?`, { cause });
  }
}

/**
 * Opens a graph written by `writeHnsw`. The caller has verified the file: a damaged one ends the process.
 *
 * @param rows The row of each label, as the graph's plan has them.
 */
export function openHnsw(
  lib: typeof Hnswlib,
  dimensions: number,
  path: string,
  rows: Uint32Array,
  total: number,
): VectorIndex {
  const graph = new lib.HierarchicalNSW("ip", dimensions);
  graph.readIndexSync(path);
  const ef = Math.max(MIN_EF, Math.round(EF_GROWTH * Math.sqrt(total)));
  return {
    kind: "hnsw",
    search(vector, k) {
      if (total === 0) return [];
      graph.setEf(Math.max(ef, k));
      const { neighbors, distances } = graph.searchKnn(Array.from(vector), Math.min(k, total));
      return neighbors.map((label, i) => ({ passage: rows[label]!, cosine: 1 - distances[i]! }));
    },
  };
}
