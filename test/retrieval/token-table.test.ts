import { expect, test } from "vitest";
import { createTokenTable } from "../../src/retrieval/token-table.ts";
import { createCharacterEmbedder } from "../index/sample.ts";

test("each piece is fetched once, however many texts and questions ask for it at a time", async () => {
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
  await table.load([1, 2], [2, 3]);
  await table.load([3, 1]);
  expect(fetched).toEqual([1, 2, 3]);
  await Promise.all([table.load([4, 5]), table.load([5, 6])]);
  for (const id of [1, 2, 3, 4, 5, 6]) expect(table.cosine(id, id)).toBeCloseTo(1, 5);
});

test("cosines and lengths are those of the vectors, and outlive growth", async () => {
  const embedder = createCharacterEmbedder();
  const table = createTokenTable(embedder);
  const vectorOf = async (id: number) => [...(await embedder.tokenVectors([id]))];
  await table.load([7, 20_000]);
  const before = table.cosine(7, 20_000);
  await table.load(Array.from({ length: 5000 }, (_, id) => id));
  expect(table.cosine(7, 20_000)).toBe(before);
  for (const other of [20_000, 8, 4999]) {
    const [one, two] = [await vectorOf(7), await vectorOf(other)];
    const cosine =
      one.reduce((sum, value, d) => sum + value * two[d]!, 0) / Math.hypot(...one) / Math.hypot(...two);
    expect(table.cosine(7, other)).toBeCloseTo(cosine, 1);
    expect(table.norm(other)).toBeCloseTo(Math.hypot(...two), 4);
  }
});

test("a piece without direction is like no other, and one that was not loaded is a bug", async () => {
  const table = createTokenTable({
    ...createCharacterEmbedder(),
    tokenVectors: async () => new Float32Array(16),
  });
  await table.load([1]);
  expect(table.norm(1)).toBe(0);
  expect(table.cosine(1, 1)).toBe(0);
  expect(() => table.norm(2)).toThrow("was not loaded");
});
