import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { figuresOf, type Outcome } from "../../src/evaluation/figures.ts";
import { type Interval, intervalsOf, namedFigures, RESAMPLES } from "../../src/evaluation/intervals.ts";
import type { ArticleId } from "../../src/types.ts";
import { seeded } from "../corpus/compose-page.ts";
import { answered, notFound, withConfidence } from "./stand-ins.ts";

interface Known {
  readonly article?: string | null;
  readonly evidence?: string | undefined;
  readonly right?: boolean;
  readonly answerable?: boolean;
  readonly confidence?: number;
  readonly language?: string;
  readonly kind?: string | undefined;
}

/** A question to an article that is found, answered rightly or not at all. */
function outcome(known: Known = {}): Outcome {
  const { article = "a", evidence, right = true, answerable = true, confidence = 0.9 } = known;
  const relevant = article === null ? null : new Set([article as ArticleId]);
  const gold = answerable ? { kind: "any" as const, ways: [["甲"]] } : null;
  const { language = "zh", kind } = known;
  return {
    query: { text: "?", language, answerable, gold, relevant, evidence, kind },
    answer: withConfidence(right ? answered("有甲。", "在城南。") : notFound(), confidence),
    ranked: ["a", "b"] as ArticleId[],
    latencyMs: 1,
  };
}

const many = (count: number, one: (i: number) => Known): Outcome[] =>
  Array.from({ length: count }, (_, i) => outcome(one(i)));

/** As `intervalsOf`, but that the questions themselves are drawn and every figure is computed anew from them. */
function plainIntervals(outcomes: readonly Outcome[]): Map<string, Interval> {
  const keyOf = ({ query }: Outcome) => query.evidence ?? query.relevant?.values().next().value ?? query;
  const clusters = [...new Set(outcomes.map(keyOf))].map((key) =>
    outcomes.filter((each) => keyOf(each) === key),
  );
  let state = 2463534242;
  const draw = () => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return clusters[Math.floor((state / 2 ** 32) * clusters.length)]!;
  };
  const samples = Array.from({ length: RESAMPLES }, () => {
    const drawn = clusters.flatMap(draw);
    return new Map(namedFigures(figuresOf(drawn)));
  });
  return new Map(
    namedFigures(figuresOf(outcomes)).map(([name, figure]) => {
      const values = samples.flatMap((sample) => sample.get(name) ?? []).sort((a, b) => a - b);
      const [low, high] = [0.025, 0.975].map((share) => values[Math.ceil(share * values.length) - 1]!);
      const noise = values.reduce((sum, value) => sum + value, 0) / values.length - figure;
      const interval = [low! - noise, high! - noise] as const;
      return [name, name === "calibration.ece" ? [Math.max(0, interval[0]), interval[1]] : [low!, high!]];
    }),
  );
}

describe("bootstrap intervals", () => {
  test("are those of a plain bootstrap that draws questions and computes every figure anew", () => {
    const known = fc.record({
      article: fc.constantFrom("a", "b", "c", "d", null),
      evidence: fc.constantFrom(undefined, undefined, "甲", "乙"),
      right: fc.boolean(),
      answerable: fc.boolean(),
      confidence: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
      language: fc.constantFrom("zh", "en"),
      kind: fc.constantFrom(undefined, "fact", "meta"),
    });
    fc.assert(
      fc.property(fc.array(known, { minLength: 2, maxLength: 12 }), (all) => {
        const outcomes = all.map(outcome);
        const plain = plainIntervals(outcomes);
        for (const [name, [low, high]] of Object.entries(intervalsOf(outcomes))) {
          const [plainLow, plainHigh] = plain.get(name)!;
          // Where all say the same, the next test but one holds.
          if (plainLow === plainHigh) continue;
          expect(low, name).toBeCloseTo(plainLow, 9);
          expect(high, name).toBeCloseTo(plainHigh, 9);
        }
      }),
      { numRuns: 5 },
    );
  });

  test("of a share of independent questions are about as wide as theory has it", () => {
    const outcomes = many(400, (i) => ({ article: `p${i}`, right: i % 5 !== 0 }));
    const [low, high] = intervalsOf(outcomes)["answers.first"]!;
    const spread = 1.96 * Math.sqrt((0.8 * 0.2) / 400);
    expect(Math.abs(low - (0.8 - spread))).toBeLessThan(0.01);
    expect(Math.abs(high - (0.8 + spread))).toBeLessThan(0.01);
  });

  test("stay as wide as they are where there are more clusters than are drawn one by one", () => {
    const random = seeded(1);
    const outcomes = many(4000, (i) => ({ article: `p${i}`, right: random() < 0.8 }));
    const [low, high] = intervalsOf(outcomes)["answers.first"]!;
    const spread = 1.96 * Math.sqrt((0.8 * 0.2) / 4000);
    expect(Math.abs((high - low) / 2 - spread)).toBeLessThan(0.15 * spread);
  });

  test("leave room where every question says the same: for n of them, as much as one in 40 times would hide", () => {
    const intervals = intervalsOf(many(30, (i) => ({ article: `p${i}` })));
    const [low, high] = intervals["answers.first"]!;
    expect(low ** 30).toBeCloseTo(0.025, 12);
    expect(high).toBe(1);
    expect(intervals["refusal.falseRefusal"]).toEqual([0, expect.closeTo(1 - low, 12)]);
  });

  test("do not shrink when each question is asked ten times over: of one evidence, they are one witness", () => {
    const questions = many(40, (i) => ({ evidence: `e${i}`, right: i % 4 > 0 }));
    const often = questions.flatMap((question) => Array<Outcome>(10).fill(question));
    expect(intervalsOf(often)["answers.first"]).toEqual(intervalsOf(questions)["answers.first"]);
  });

  test("questions of one article are one witness too, unless each has evidence of its own", () => {
    const alone = many(10, (i) => ({ right: i % 2 > 0 }));
    expect(intervalsOf(alone)).toEqual({});
    const apart = many(10, (i) => ({ evidence: `e${i}`, right: i % 2 > 0 }));
    expect(intervalsOf(apart)["answers.first"]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test("of the calibration error lie around it, though resampling alone raises it", () => {
    const outcomes = many(200, (i) => ({
      article: `p${i}`,
      right: (i * 7) % 10 < Math.floor(i / 20),
      confidence: Math.floor(i / 20) / 10 + 0.01,
    }));
    const { ece } = figuresOf(outcomes).calibration;
    const [low, high] = intervalsOf(outcomes)["calibration.ece"]!;
    expect(low).toBeLessThan(ece!);
    expect(high).toBeGreaterThan(ece!);
  });

  test("the same outcomes give the same intervals, and times have none", () => {
    const outcomes = many(20, (i) => ({ article: `p${i}`, right: i % 3 > 0 }));
    expect(intervalsOf(outcomes)).toEqual(intervalsOf([...outcomes]));
    expect(Object.keys(intervalsOf(outcomes)).filter((name) => name.startsWith("latency"))).toEqual([]);
    expect(intervalsOf([])).toEqual({});
  });
});
