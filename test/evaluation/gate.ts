import type { Result, Results } from "../../src/evaluation/results.ts";

/** Figures, by their own names, of which less is better; all others are shares of what is right. */
const LESS_IS_BETTER: ReadonlySet<string> = new Set([
  "falseRefusal",
  "ece",
  "meanFirstChars",
  "meanChars",
  "silentlyIncomplete",
]);

/**
 * What is worse than it should be, one line each. A figure may fall within its interval, as it would on other
 * questions of the sort; one whose interval is not known, and times, may be anything.
 */
export function shortfalls(expected: Results, measured: Results): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(measured)])];
  return names.flatMap((name) =>
    shortfallsOf(expected[name], measured[name]).map((line) => `${name}: ${line}`),
  );
}

function shortfallsOf(expected: Result | undefined, measured: Result | undefined): string[] {
  if (!expected) return ["nothing is expected of it"];
  if (!measured) return ["it was not measured"];
  if (measured.failed > 0) return [`${measured.failed} questions failed`];
  if (measured.queries !== expected.queries)
    return [`${measured.queries} questions, where ${expected.queries} are expected`];
  const figures = new Set([...Object.keys(expected.figures), ...Object.keys(measured.figures)]);
  return [...figures].flatMap((figure) => {
    const [value, low, high] = expected.figures[figure] ?? [];
    const [got] = measured.figures[figure] ?? [];
    if (value === undefined) return [`${figure} is ${got}, and nothing is expected of it`];
    if (got === undefined) return [`${figure} is not measured; ${value} is expected`];
    if (low === undefined || high === undefined) return [];
    const isLess = LESS_IS_BETTER.has(figure.slice(figure.lastIndexOf(".") + 1));
    if (isLess ? got <= high : got >= low) return [];
    return [`${figure} is ${got}, ${isLess ? "above" : "below"} the expected ${value} (${low}–${high})`];
  });
}
