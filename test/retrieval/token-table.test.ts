import { expect, test } from "vitest";
import { createTokenTable } from "../../src/retrieval/token-table.ts";
import { createCharacterEmbedder } from "../index/sample.ts";

test("each piece is fetched once, however many questions ask for it at a time", async () => {
  const embedder = createCharacterEmbedder();
  const fetched: number[] = [];
  const counting = {
    ...embedder,
    tokenVectors: async (ids: readonly number[]) => {
      fetched.push(...ids);
      return embedder.tokenVectors(ids);
    },
  };
  const table = createTokenTable(counting);
  await table.load([1, 2, 2, 3]);
  await table.load([3, 1]);
  expect(fetched).toEqual([1, 2, 3]);
  await Promise.all([table.load([4, 5]), table.load([5, 6])]);
  expect(new Set([1, 2, 3, 4, 5, 6].map(table.rowOf)).size).toBe(6);
});

test("rows are unit vectors with their former length beside them, and outlive growth", async () => {
  const embedder = createCharacterEmbedder();
  const table = createTokenTable(embedder);
  await table.load([7]);
  const before = [...table.unit.slice(0, 16)];
  await table.load(Array.from({ length: 5000 }, (_, id) => id));
  const row = table.rowOf(7);
  expect([...table.unit.slice(row * 16, row * 16 + 16)]).toEqual(before);
  const vector = await embedder.tokenVectors([7]);
  expect(table.norms[row]).toBeCloseTo(Math.hypot(...vector), 4);
  expect(Math.hypot(...before)).toBeCloseTo(1, 5);
  expect(table.norms.length).toBeGreaterThanOrEqual(5000);
});

test("a piece without direction stays zero, and one that was not loaded is a bug", async () => {
  const table = createTokenTable({
    ...createCharacterEmbedder(),
    tokenVectors: async () => new Float32Array(16),
  });
  await table.load([1]);
  expect(table.unit.slice(0, 16).every((value) => value === 0)).toBe(true);
  expect(() => table.rowOf(2)).toThrow("was not loaded");
});
