import { expect, test } from "vitest";
import { fuzzUpdates } from "../support/fuzz-updates.ts";

// bench/fuzz-updates.ts does the same with 10,000 updates of each kind.
test("updates with the worst in every text, number and optional part break nothing and are nothing to log as an error", async () => {
  const { faults, calls, logged } = await fuzzUpdates("hostile", 200, 20_251_126);
  expect(faults).toEqual([]);
  expect(logged).toBe(0);
  expect(calls).toBeGreaterThan(40);
}, 60_000);

test("what is no update any more is one error in the log at most, and others are answered", async () => {
  const { faults, updates, logged } = await fuzzUpdates("mutated", 150, 20_251_126);
  expect(faults).toEqual([]);
  expect(logged).toBeLessThanOrEqual(updates);
}, 60_000);
