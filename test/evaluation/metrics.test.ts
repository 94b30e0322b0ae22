import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectedCalibrationError,
  mean,
  ndcgAt,
  percentile,
  recallAt,
  reciprocalRankAt,
  shareOf,
} from "../../src/evaluation/metrics.ts";

const ranked = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
const relevant = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }).map((ids) => new Set(ids));
const cutoff = fc.integer({ min: 1, max: 12 });

describe("ranking metrics", () => {
  test("the second of three is relevant", () => {
    const only = new Set(["b"]);
    expect(recallAt(["a", "b", "c"], only, 1)).toBe(0);
    expect(recallAt(["a", "b", "c"], only, 2)).toBe(1);
    expect(reciprocalRankAt(["a", "b", "c"], only, 10)).toBe(1 / 2);
    expect(ndcgAt(["a", "b", "c"], only, 10)).toBeCloseTo(1 / Math.log2(3), 12);
  });

  test("nDCG measures against the best order of all relevant ones, also of those that were not found", () => {
    // Found at 1 and 3 of three relevant: (1 + 1/2) ÷ (1 + 1/log2 3 + 1/2).
    const ideal = 1 + 1 / Math.log2(3) + 1 / 2;
    expect(ndcgAt(["a", "x", "b"], new Set(["a", "b", "c"]), 10)).toBeCloseTo(1.5 / ideal, 12);
  });

  test("what lies beyond k counts for nothing", () => {
    const last = new Set(["c"]);
    expect(recallAt(["a", "b", "c"], last, 2)).toBe(0);
    expect(reciprocalRankAt(["a", "b", "c"], last, 2)).toBe(0);
    expect(ndcgAt(["a", "b", "c"], last, 2)).toBe(0);
  });

  test("all metrics agree with plain versions of them", () => {
    fc.assert(
      fc.property(ranked, relevant, cutoff, (order, wanted, k) => {
        const ranks = [...wanted].map((id) => order.indexOf(id) + 1).filter((rank) => rank > 0 && rank <= k);
        expect(recallAt(order, wanted, k)).toBe(ranks.length > 0 ? 1 : 0);
        expect(reciprocalRankAt(order, wanted, k)).toBe(ranks.length > 0 ? 1 / Math.min(...ranks) : 0);
        const gains = (of: number[]) => of.reduce((sum, rank) => sum + 1 / Math.log2(rank + 1), 0);
        const best = gains([...wanted].map((_, i) => i + 1).slice(0, k));
        expect(ndcgAt(order, wanted, k)).toBeCloseTo(wanted.size === 0 ? 0 : gains(ranks) / best, 10);
      }),
    );
  });

  test("nDCG is 1 exactly where the relevant ones come first", () => {
    fc.assert(
      fc.property(ranked, relevant, cutoff, (order, wanted, k) => {
        fc.pre(wanted.size > 0);
        const perfect = [...wanted, ...order.filter((id) => !wanted.has(id))];
        expect(ndcgAt(perfect, wanted, k)).toBeCloseTo(1, 10);
        expect(ndcgAt(order, wanted, k)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe("expected calibration error", () => {
  test("confidence that comes true costs nothing, confidence that never does costs all of it", () => {
    const half = [
      { confidence: 0.5, right: true },
      { confidence: 0.5, right: false },
    ];
    expect(expectedCalibrationError(half)).toBe(0);
    expect(expectedCalibrationError([{ confidence: 1, right: false }])).toBe(1);
    expect(expectedCalibrationError([])).toBeNull();
  });

  test("gaps of different bins do not cancel out, gaps within one do", () => {
    const overAndUnder = [
      { confidence: 0.05, right: true },
      { confidence: 0.95, right: false },
    ];
    expect(expectedCalibrationError(overAndUnder)).toBeCloseTo(0.95, 12);
    const sameBin = [
      { confidence: 0.42, right: false },
      { confidence: 0.48, right: true },
    ];
    expect(expectedCalibrationError(sameBin)).toBeCloseTo(0.05, 12);
  });

  test("agrees with its definition: the gaps of ten bins, weighted by their sizes", () => {
    const prediction = fc.record({
      confidence: fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
      right: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(prediction, { minLength: 1, maxLength: 60 }), (predictions) => {
        let expected = 0;
        for (let bin = 0; bin < 10; bin++) {
          const inBin = predictions.filter(({ confidence }) =>
            bin === 9 ? confidence * 10 >= 9 : confidence * 10 >= bin && confidence * 10 < bin + 1,
          );
          if (inBin.length === 0) continue;
          const accuracy = inBin.filter(({ right }) => right).length / inBin.length;
          const confidence = inBin.reduce((sum, { confidence }) => sum + confidence, 0) / inBin.length;
          expected += (inBin.length / predictions.length) * Math.abs(accuracy - confidence);
        }
        expect(expectedCalibrationError(predictions)).toBeCloseTo(expected, 10);
      }),
    );
  });
});

describe("percentiles and means", () => {
  test("a percentile is one of the values, by nearest rank", () => {
    const twenty = Array.from({ length: 20 }, (_, i) => 20 - i);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(twenty, share))).toEqual([10, 19, 20, 20]);
    expect(percentile([7], 0.5)).toBe(7);
    expect(percentile([], 0.5)).toBeNull();
  });

  test("a percentile is the least value that enough values do not exceed", () => {
    const shares = fc.constantFrom(0.5, 0.95, 0.99, 1);
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 50 }), shares, (values, share) => {
        const enough = values.filter(
          (value) => values.filter((other) => other <= value).length / values.length >= share,
        );
        expect(percentile(values, share)).toBe(Math.min(...enough));
      }),
    );
  });

  test("of nothing there is neither a mean nor a share", () => {
    expect(mean([])).toBeNull();
    expect(shareOf([], () => true)).toBeNull();
    expect(mean([1, 2, 6])).toBe(3);
    expect(shareOf([1, 2, 3, 4], (n) => n > 3)).toBe(0.25);
  });
});
