import { statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitSentences } from "../../src/analysis/sentences.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { planWholeGraph } from "../../src/index/graph-plan.ts";
import { loadHnswlib, openHnsw, writeHnsw } from "../../src/index/hnsw.ts";
import { cosineAt, makeVectors, openExact, setVector, type Vectors } from "../../src/index/vectors.ts";
import { makeFolder, projectPath, shippedArticles } from "./sample.ts";

const unit = (values: readonly number[]) => {
  const norm = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / norm);
};

const keep = (rows: readonly Float32Array[], dimensions: number): Vectors => {
  const vectors = makeVectors(rows.length, dimensions);
  for (const [row, vector] of rows.entries()) setVector(vectors, row, vector);
  return vectors;
};

/** Every vector with its cosine, nearest first. */
const plainSearch = (vectors: Vectors, question: Float32Array) =>
  Array.from(vectors.scales, (_, passage) => ({
    passage,
    cosine: cosineAt(vectors, passage, question),
  })).sort((a, b) => b.cosine - a.cosine || a.passage - b.passage);

describe("exact search", () => {
  test("gives the k largest cosines, largest first, ties by number", () => {
    const rows = fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 }), {
      maxLength: 12,
    });
    const query = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(rows, query, fc.integer({ min: 1, max: 15 }), (matrix, vector, k) => {
        const vectors = keep(matrix.map(unit), 4);
        const found = openExact(vectors, 4).search(unit(vector), k);
        expect(found).toEqual(plainSearch(vectors, unit(vector)).slice(0, k));
        for (const { passage, cosine } of found) {
          const plain = unit(matrix[passage]!).reduce((sum, value, d) => sum + value * unit(vector)[d]!, 0);
          expect(Math.abs(cosine - plain)).toBeLessThan(0.02);
        }
      }),
    );
  });

  test("gives what comparing every vector with the question's own gives, though it first compares with 8 bits", () => {
    const direction = (seed: number) =>
      unit(Array.from({ length: 64 }, (_, d) => Math.sin(seed * (d + 1) * 1.7)));
    const vectors = keep(
      Array.from({ length: 2000 }, (_, row) => direction(row + 1)),
      64,
    );
    const exact = openExact(vectors, 64);
    for (const question of [direction(0.3), direction(77.7), new Float32Array(64), direction(1234.5)])
      expect(exact.search(question, 40)).toEqual(plainSearch(vectors, question).slice(0, 40));
  });
});

// On a machine without a compiler there is no HNSW; exact search is then in force, and tested above.
describe.runIf(loadHnswlib())("HNSW", () => {
  const lib = loadHnswlib()!;
  const write = (vectors: Vectors, dimensions: number, path: string) =>
    writeHnsw(lib, vectors, dimensions, path, planWholeGraph(vectors.scales.length));
  const open = (vectors: Vectors, dimensions: number, path: string) => {
    const { rows } = planWholeGraph(vectors.scales.length);
    return openHnsw(lib, dimensions, path, rows, rows.length);
  };

  test("finds at least 98 of 100 of the ten nearest among the sentences of the shipped articles", async () => {
    const embedder = await loadEmbedder(projectPath("models", "wenbao-multilingual-256"));
    const sentences = (await shippedArticles()).flatMap(({ text }) =>
      splitSentences(text).map(({ start, end }) => text.slice(start, end)),
    );
    // Two halves of different sentences make a new one: real words, and as many as a test can wait for.
    const halves = sentences.map((sentence) => sentence.slice(0, Math.ceil(sentence.length / 2)));
    const texts = Array.from(
      { length: 1600 },
      (_, i) =>
        halves[i % halves.length]! + sentences[(i * 7 + Math.floor(i / halves.length)) % sentences.length]!,
    );
    const rows = await embedder.pool(texts);
    const vectors = keep(rows, 256);
    const path = join(await makeFolder(), "hnsw.bin");
    write(vectors, 256, path);
    const [hnsw, exact] = [open(vectors, 256, path), openExact(vectors, 256)];
    const queries = await embedder.pool(sentences.slice(0, 100));
    let found = 0;
    for (const query of queries) {
      const tenth = exact.search(query, 10).at(-1)!.cosine;
      const neighbors = hnsw.search(query, 10);
      // Equal texts are equally near: what counts is to be as near as the tenth nearest.
      found += neighbors.filter(({ cosine }) => cosine >= tenth - 1e-6).length;
      for (const { passage, cosine } of neighbors)
        expect(cosine).toBeCloseTo(cosineAt(vectors, passage, query), 4);
    }
    expect(found / (10 * queries.length)).toBeGreaterThanOrEqual(0.98);
  });

  test("gives all there are when asked for more, none when there are none, and stands zero vectors", async () => {
    const folder = await makeFolder();
    write(keep([], 4), 4, join(folder, "none.bin"));
    expect(open(keep([], 4), 4, join(folder, "none.bin")).search(unit([1, 0, 0, 0]), 5)).toEqual([]);
    const vectors = keep([unit([1, 1, 0, 0]), new Float32Array(4), unit([1, 0, 0, 0])], 4);
    write(vectors, 4, join(folder, "three.bin"));
    const found = open(vectors, 4, join(folder, "three.bin")).search(unit([1, 0, 0, 0]), 40);
    expect(found.map(({ passage }) => passage)).toEqual([2, 0, 1]);
    expect(open(vectors, 4, join(folder, "three.bin")).search(new Float32Array(4), 40)).toHaveLength(3);
  });

  test("refuses to have written a graph that came out short, as on a full disk", async () => {
    const path = join(await makeFolder(), "hnsw.bin");
    const short = class extends lib.HierarchicalNSW {
      override writeIndexSync(to: string): void {
        super.writeIndexSync(to);
        truncateSync(to, statSync(to).size - 1);
      }
    };
    const writing = () =>
      writeHnsw({ ...lib, HierarchicalNSW: short }, makeVectors(100, 4), 4, path, planWholeGraph(100));
    expect(writing).toThrow("is the disk full?");
  });
});
