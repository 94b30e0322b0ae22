import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTokenMatcher, weightedMean } from "../../src/retrieval/rerank.ts";
import { createTokenTable, type TokenTable } from "../../src/retrieval/token-table.ts";
import { createCharacterEmbedder } from "../index/sample.ts";

const DIMENSIONS = 8;

/** A table of the given rows; ids count from 0. */
async function tableOf(rows: readonly (readonly number[])[]): Promise<TokenTable> {
  const embedder = {
    ...createCharacterEmbedder(),
    tokenDimensions: DIMENSIONS,
    tokenVectors: async (ids: readonly number[]) => Float32Array.from(ids.flatMap((id) => rows[id]!)),
  };
  const table = createTokenTable(embedder);
  await table.load(rows.keys());
  return table;
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, d) => sum + value * b[d]!, 0);
  return dot / ((Math.hypot(...a) || 1) * (Math.hypot(...b) || 1));
}

const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: DIMENSIONS, maxLength: DIMENSIONS });
const id = fc.nat({ max: 9 });
const scene = fc.record({
  rows: fc.array(row, { minLength: 10, maxLength: 10 }),
  tokens: fc.uniqueArray(id, { maxLength: 6 }),
  weight: fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 6, maxLength: 6 }),
  texts: fc.array(fc.array(id, { maxLength: 8 }), { maxLength: 5 }),
});

/** The score of each text, as the retriever makes it. */
function lateInteraction(
  tokens: readonly number[],
  weights: Float32Array,
  texts: readonly number[][],
  table: TokenTable,
) {
  const matcher = createTokenMatcher(tokens, table);
  return texts.map((text) => weightedMean(matcher.bestMatches(text), weights));
}

describe("late interaction", () => {
  test("is the weighted mean of each query token's best cosine in the text, as written down plainly", async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ rows, tokens, weight, texts }) => {
        const table = await tableOf(rows);
        const weights = Float32Array.from(tokens, (_, i) => weight[i]!);
        const total = weights.reduce((sum, value) => sum + value, 0);
        const scores = lateInteraction(tokens, weights, texts, table);
        expect(scores).toHaveLength(texts.length);
        texts.forEach((text, i) => {
          const best = tokens.map((token) =>
            Math.max(0, ...text.map((other) => cosine(rows[token]!, rows[other]!))),
          );
          const sum = best.reduce((all, value, t) => all + weights[t]! * value, 0);
          // The table keeps 8 bits a number.
          expect(Math.abs(scores[i]! - (total === 0 ? 0 : sum / total))).toBeLessThan(0.01);
        });
      }),
    );
  });

  test("does not depend on the order of a text's tokens, nor on one that is repeated", async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ rows, tokens, texts }) => {
        const table = await tableOf(rows);
        const matcher = createTokenMatcher(tokens, table);
        for (const text of texts) {
          const other = createTokenMatcher(tokens, table).bestMatches([...text.toReversed(), ...text]);
          expect(other).toEqual(matcher.bestMatches(text));
        }
      }),
    );
  });

  test("is 1 for a text that holds every token of the query, 0 for an empty text or query", async () => {
    const table = await tableOf([
      [1, 2, 0, 0, 0, 0, 0, 0],
      [0, 1, 0, 3, 0, 0, 0, 0],
    ]);
    const weights = Float32Array.of(1, 2);
    expect(lateInteraction([0, 1], weights, [[1, 0], []], table)).toEqual([expect.closeTo(1), 0]);
    expect(lateInteraction([], new Float32Array(0), [[1]], table)).toEqual([0]);
  });
});
