import { expect, test } from "vitest";
import { createCharacterEmbedder } from "../index/sample.ts";
import { CORPUS_CHANGES, createThisProcess } from "../support/corpus-changes.ts";
import { tryEveryFault } from "../support/every-fault.ts";
import type { FaultKind } from "../support/faulty-fs.mjs";

const kinds: readonly FaultKind[] = ["ENOSPC", "EIO", "short", "before", "half", "after"];
/** Of all faults, which `npm run torture` tries, one in so many, of every kind. */
const SAMPLED = 25;
const picks = (step: number, kind: FaultKind) => (step + 4 * kinds.indexOf(kind)) % SAMPLED === 0;

test.each(CORPUS_CHANGES)("$title stays whole, whatever step fails or is the last", async (change) => {
  const runner = createThisProcess(createCharacterEmbedder());
  const { problems, tried, intact } = await tryEveryFault(change, runner, { kinds, picks });
  expect(problems).toEqual([]);
  expect(tried).toBeGreaterThan(4);
  expect(intact).toBe(tried);
});
