import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildLexicalData, openLexicalIndex } from "../../src/index/lexical.ts";

/** BM25 as it is written down, over lists of terms. */
function plainBm25(
  query: readonly string[],
  passages: readonly (readonly string[])[],
  k1 = 1.2,
  b = 0.75,
): number[] {
  const mean = passages.reduce((sum, terms) => sum + terms.length, 0) / passages.length;
  return passages.map((terms) => {
    let score = 0;
    for (const term of new Set(query)) {
      const count = terms.filter((other) => other === term).length;
      const holders = passages.filter((other) => other.includes(term)).length;
      const idf = Math.log(1 + (passages.length - holders + 0.5) / (holders + 0.5));
      if (count > 0) score += (idf * count * (k1 + 1)) / (count + k1 * (1 - b + (b * terms.length) / mean));
    }
    return score;
  });
}

const terms = fc.array(fc.constantFrom("矿山", "安全", "constructor", "__proto__", "mine", "2024", ""), {
  maxLength: 12,
});

describe("the lexical index", () => {
  test("scores every passage as a plain BM25 does", () => {
    fc.assert(
      fc.property(terms, fc.array(terms, { minLength: 1, maxLength: 10 }), (query, passages) => {
        const scores = openLexicalIndex(buildLexicalData(passages)).scoreAll(query);
        const expected = plainBm25(query, passages);
        expect(scores).toHaveLength(passages.length);
        scores.forEach((score, i) => {
          expect(score).toBeCloseTo(expected[i]!, 4);
        });
      }),
    );
  });

  test("keeps the postings of a term in the order of its passages, and all terms sorted", () => {
    const data = buildLexicalData([["b", "a", "b"], [], ["a"]]);
    expect(data.terms).toEqual(["a", "b"]);
    expect([...data.offsets]).toEqual([0, 2, 3]);
    expect([...data.passages]).toEqual([0, 2, 0]);
    expect([...data.counts]).toEqual([1, 1, 2]);
    expect([...data.lengths]).toEqual([3, 0, 1]);
  });

  test("weighs a rare term above a common one, and one that nothing holds most", () => {
    const { inverseFrequency } = openLexicalIndex(buildLexicalData([["a"], ["a", "b"], ["a"]]));
    expect(inverseFrequency("a")).toBeGreaterThan(0);
    expect(inverseFrequency("b")).toBeGreaterThan(inverseFrequency("a"));
    expect(inverseFrequency("c")).toBeGreaterThan(inverseFrequency("b"));
  });

  test("stands an index without passages", () => {
    expect(openLexicalIndex(buildLexicalData([])).scoreAll(["a"])).toHaveLength(0);
  });
});
