import fc from "fast-check";
import { expect, test } from "vitest";
import { topScores } from "../../src/index/top-scores.ts";

test("gives what sorting all scores would, without those that are 0", () => {
  const scores = fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 40 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 45 }), (list, k) => {
      const sorted = [...list.keys()]
        .filter((i) => list[i]! > 0)
        .sort((a, b) => list[b]! - list[a]! || a - b);
      expect(topScores(Float32Array.from(list), k)).toEqual(sorted.slice(0, k));
    }),
  );
});
