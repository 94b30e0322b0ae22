import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, vi } from "vitest";
import { type Result, readResults } from "../../src/evaluation/results.ts";
import { it, programDir } from "../support/program.ts";
import { shortfalls } from "./gate.ts";

vi.setConfig({ testTimeout: 300_000 });

/** All questions count here, those that thresholds may be set with too: half of them, and the intervals are wider. */
const expected = await readResults(join(programDir, "test/evaluation/expected.json"));
/** Written by this command; whoever runs it says in the commit why figures may be worse. */
const REMAKE = "npm run --silent evaluate -- --out test/evaluation/expected.json";

describe("the gate", () => {
  it("our own questions are answered as well as expected.json says", async ({ program }) => {
    const { code } = await program.run(["evaluate", "--out", "measured.json"]);
    expect(code).toBe(0);
    const measured = await readResults(join(program.folder, "measured.json"));
    // Messages in a group are no dataset of questions: test/answering/group-messages.test.ts measures with them.
    const datasets = readdirSync(join(programDir, "test/datasets")).filter(
      (name) => name !== "group-messages",
    );
    expect(Object.keys(measured)).toEqual(datasets.sort());
    expect(shortfalls(expected, measured), `if this is meant: ${REMAKE}`).toEqual([]);
  });

  const articles = expected.articles!;
  const without = (result: Result, figure: string) => {
    const { [figure]: _, ...figures } = result.figures;
    return { articles: { ...result, figures } };
  };
  const having = (figure: string, value: number) => ({
    articles: { ...articles, figures: { ...articles.figures, [figure]: [value] as [number] } },
  });
  const ours = { articles };

  it("lets a figure fall to the end of its interval and no further, and says which, how far and from where", () => {
    const [value, low, high] = articles.figures["answers.first"]!;
    expect(low! < value && value < high!).toBe(true);
    expect(shortfalls(ours, having("answers.first", low!))).toEqual([]);
    expect(shortfalls(ours, having("answers.first", 0.5))).toEqual([
      `articles: answers.first is 0.5, below the expected ${value} (${low}–${high})`,
    ]);
    expect(shortfalls(ours, having("answers.first", 1))).toEqual([]);
  });

  it("knows the figures of which less is better", () => {
    for (const figure of ["refusal.falseRefusal", "calibration.ece", "answers.meanFirstChars"]) {
      const [value, low, high] = articles.figures[figure]!;
      expect(shortfalls(ours, having(figure, 0))).toEqual([]);
      expect(shortfalls(ours, having(figure, high! + 0.01))).toEqual([
        `articles: ${figure} is ${high! + 0.01}, above the expected ${value} (${low}–${high})`,
      ]);
    }
  });

  it("is not passed by what was not measured, was not expected or is another set by now", () => {
    expect(shortfalls(ours, {})).toEqual(["articles: it was not measured"]);
    expect(shortfalls({}, ours)).toEqual(["articles: nothing is expected of it"]);
    expect(shortfalls(ours, without(articles, "answers.hit"))).toEqual([
      expect.stringMatching(/^articles: answers\.hit is not measured; 0\.\d+ is expected$/),
    ]);
    expect(shortfalls(without(articles, "answers.hit"), ours)).toEqual([
      expect.stringMatching(/^articles: answers\.hit is 0\.\d+, and nothing is expected of it$/),
    ]);
    expect(shortfalls(ours, { articles: { ...articles, failed: 2 } })).toEqual([
      "articles: 2 questions failed",
    ]);
    expect(shortfalls(ours, { articles: { ...articles, queries: 9 } })).toEqual([
      `articles: 9 questions, where ${articles.queries} are expected`,
    ]);
  });

  it("has teeth: no share of right answers on all of a set may fall by more than eight points", () => {
    const loose = Object.entries(expected).flatMap(([name, { figures }]) =>
      Object.entries(figures)
        .filter(([figure]) => /^(retrieval|answers|lists)\.(?!mean)/.test(figure))
        .filter(([, [value, low = 0, high = 1]]) => value - low > 0.08 && high - value > 0.08)
        .map(([figure]) => `${name}: ${figure}`),
    );
    expect(loose).toEqual([]);
  });
});
