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
    const data = buildLexicalData([["矿山", "a", "矿山"], [], ["a"]]);
    expect(data.terms).toBe("a矿山");
    expect([...data.borders]).toEqual([0, 1, 3]);
    expect([...data.offsets]).toEqual([0, 2, 3]);
    expect([...data.postings]).toEqual([0 * 256 + 1, 2 * 256 + 1, 0 * 256 + 2]);
    expect([...data.lengths]).toEqual([3, 0, 1]);
  });

  test("counts a term up to 255 times in a passage, of which there may be 16 million", () => {
    const data = buildLexicalData([new Array(300).fill("a"), ["a"]]);
    expect([...data.postings]).toEqual([0 * 256 + 255, 1 * 256 + 1]);
    const last = 2 ** 24 - 1;
    const lengths = new Uint32Array(last + 1).fill(1);
    const scores = openLexicalIndex({
      ...data,
      postings: Uint32Array.of(2, last * 256 + 2),
      lengths,
    }).scoreAll(["a"]);
    expect(scores[last]).toBeGreaterThan(0);
    expect(scores[last]).toBe(scores[0]);
  });

  test("finds each of many terms, whatever characters they begin with, and no part of one", () => {
    const many = fc.uniqueArray(fc.string({ unit: "binary", minLength: 1, maxLength: 3 }), { maxLength: 30 });
    fc.assert(
      fc.property(many, fc.string({ unit: "binary", maxLength: 3 }), (all, other) => {
        const { scoreAll } = openLexicalIndex(buildLexicalData(all.map((term) => [term])));
        for (const [passage, term] of all.entries())
          expect([...scoreAll([term]).keys()].filter((p) => scoreAll([term])[p]! > 0)).toEqual([passage]);
        expect(scoreAll([other]).some((score) => score > 0)).toBe(all.includes(other));
      }),
    );
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
