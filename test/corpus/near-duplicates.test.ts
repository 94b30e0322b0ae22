import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createHoldings } from "../../src/corpus/holdings.ts";
import { createSketchIndex, foldForSketch, resemblance, sketchOf } from "../../src/corpus/near-duplicates.ts";
import { haveSameFacts } from "../../src/corpus/same-facts.ts";
import type { ArticleId } from "../../src/types.ts";
import { computingMs } from "../support/computing-time.ts";
import { CLEAN_ARTICLES } from "./clean-articles.ts";
import { CORRECTED, DIFFERENT } from "./near-pairs.ts";

/** Jaccard's coefficient of all shingles, Broder's resemblance. */
function exactResemblance(one: string, other: string): number {
  const [left, right] = [shinglesOf(one), shinglesOf(other)];
  const both = [...left].filter((shingle) => right.has(shingle)).length;
  return both / (left.size + right.size - both || 1);
}

function shinglesOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 3) }, (_, i) => text.slice(i, i + 4)));
}

const texts = CLEAN_ARTICLES.map(({ paragraphs }) => foldForSketch(paragraphs.join("")));
/** Some of the clean articles one after another: two such texts share any part of their shingles. */
const anyText = fc.shuffledSubarray(texts, { minLength: 1, maxLength: 12 }).map((some) => some.join(""));

describe("resemblance", () => {
  it("is estimated to within five standard deviations of the exact one", () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const exact = exactResemblance(one, other);
        const deviation = Math.sqrt((exact * (1 - exact)) / 256) + 0.01;
        const estimate = resemblance(sketchOf(one), sketchOf(other));
        expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(5 * deviation);
      }),
      { numRuns: 200 },
    );
  });

  it("is 1 for any text beside itself and 0 beside nothing, and does not depend on the order", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", minLength: 4 }),
        fc.string({ unit: "binary" }),
        (one, other) => {
          const [left, right] = [sketchOf(one), sketchOf(other)];
          expect(resemblance(left, left)).toBe(1);
          expect(resemblance(left, sketchOf(""))).toBe(0);
          expect(resemblance(left, right)).toBe(resemblance(right, left));
        },
      ),
    );
  });

  it("does not depend on width, case, punctuation and white space", () => {
    expect(foldForSketch("Ｗｅｎｂａｏ，“问 报”\n２０２４。")).toBe("wenbao问报2024");
  });
});

test("the index finds what comparing with each one finds", () => {
  const sketches = texts.map(sketchOf);
  const index = createSketchIndex<number>();
  for (const [i, sketch] of sketches.entries()) index.add(i, sketch);
  fc.assert(
    fc.property(
      fc.nat(texts.length - 1),
      fc.nat(40),
      fc.double({ min: 0.6, max: 1, noNaN: true }),
      (i, cut, least) => {
        const sketch = sketchOf(texts[i]!.slice(cut));
        const plain = sketches
          .map((other, key) => ({ key, resemblance: resemblance(sketch, other) }))
          .filter((each) => each.resemblance >= least);
        expect(index.find(sketch, least)).toEqual(plain.sort((a, b) => b.resemblance - a.resemblance));
      },
    ),
  );
});

/** Whether an import takes `after` for nearly the same as `before`. */
function isNear(before: string, after: string): boolean {
  const holdings = createHoldings();
  const place = { id: "a-01" as ArticleId, title: "题", source: "a.txt", isEdited: false, isPlanned: false };
  holdings.add({ ...place, text: before });
  return holdings.findNear({ title: "题", source: "a.txt", text: after }).length > 0;
}

describe("nearly the same", () => {
  it.each(CORRECTED)("is an article that was corrected: $what", ({ before, after }) => {
    expect([isNear(before, after), isNear(after, before)]).toEqual([true, true]);
  });

  it.each(DIFFERENT)("is not: $what", ({ before, after }) => {
    expect([isNear(before, after), isNear(after, before)]).toEqual([false, false]);
  });

  it("is no pair of different articles", () => {
    const near = texts.flatMap((one, i) => texts.slice(i + 1).filter((other) => isNear(one, other)));
    expect(near).toEqual([]);
  });

  it("is no text of a few words under another title in another file, which is alike by chance", () => {
    const text = "目前，园区已入驻企业。";
    const holdings = createHoldings();
    const place = { id: "a-01" as ArticleId, source: "a.txt", isEdited: false, isPlanned: false };
    holdings.add({ ...place, title: "题", text });
    const found = (title: string, source: string) => holdings.findNear({ title, source, text }).length;
    expect([found("题", "b.txt"), found("目", "a.txt"), found("目", "b.txt")]).toEqual([1, 1, 0]);
  });
});

test("a day that stands in another's place is another fact, one that was added is none", () => {
  expect(haveSameFacts("5月12日停水。", "5月19日停水。")).toBe(false);
  expect(haveSameFacts("五月十二日停水。", "五月十九日停水。")).toBe(false);
  expect(haveSameFacts("周三停水。", "周四停水。")).toBe(false);
  expect(haveSameFacts("Closed on March 3.", "Closed on March 8.")).toBe(false);
  expect(haveSameFacts("5月12日停水。", "5月12日停水，5月13日恢复。")).toBe(true);
});

test("five thousand articles are looked through for one that is new in little time", () => {
  const holdings = createHoldings();
  const place = { title: "题", source: "a.txt", isEdited: false, isPlanned: false };
  for (let i = 0; i < 5_000; i++) {
    const text = Array.from({ length: 6 }, (_, j) => texts[(i * 7 + j * (i % 13)) % texts.length]).join("");
    holdings.add({ ...place, id: `a-${i}` as ArticleId, text: `${i}${text}` });
  }
  const startMs = computingMs();
  holdings.findNear({ title: "目", source: "b.txt", text: texts.slice(3, 9).join("") });
  expect(computingMs() - startMs).toBeLessThan(5_000);
});
