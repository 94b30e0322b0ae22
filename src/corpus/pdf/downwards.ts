import type { Run } from "./text-layer.ts";

/** So many Han letters right below each other, drawn one after the other, are a line that runs downwards. */
const MIN_LETTERS = 4;
const MIN_STEP = 0.2;
const MAX_STEP = 2.2;

/** The runs without upright letters that were set below each other, and how many those were. */
export function partDownwards(runs: readonly Run[]): {
  readonly across: readonly Run[];
  readonly downwards: number;
} {
  const lines: Run[][] = [];
  for (const run of runs) {
    const before = lines.at(-1)?.at(-1);
    if (before && isBelow(before, run)) lines.at(-1)!.push(run);
    else lines.push([run]);
  }
  const across = lines.filter((line) => countHan(line) < MIN_LETTERS).flat();
  return { across, downwards: runs.length - across.length };
}

function countHan(line: readonly Run[]): number {
  return line.filter(({ text }) => /\p{Script=Han}/u.test(text)).length;
}

function isBelow(before: Run, run: Run): boolean {
  const isLetter = [before, run].every(({ text }) => /^[\p{Script=Han}\p{P}]$/u.test(text.trim()));
  const step = (run.y - before.y) / run.size;
  return (
    isLetter &&
    Math.abs(run.x - before.x) < 0.5 * run.size &&
    run.size === before.size &&
    step > MIN_STEP &&
    step < MAX_STEP
  );
}
