import { expect, it } from "vitest";
import { STEPS } from "../../bench/torture/kill-points.ts";
import { killUnderLoad } from "../../bench/torture/kills.ts";

/** On a machine that does a dozen other things; otherwise it takes a tenth of that. */
const LIMIT_MS = 240_000;
const MIX = { other: 0.1, edit: 0.2, press: 0.2, inline: 0.03, document: 0.02, undo: 0.02 };
const none = expect.objectContaining({ waiting: 0 });

it("killed around every kind of call, the program answers every question, and counts what it sends twice", async () => {
  const points = STEPS.map((step, place) => ({ ...step, kind: "call" as const, afterMs: 100 * (place % 3) }));
  const { figures, crashes, kills, resent } = await killUnderLoad(
    { points, chats: 10, rate: 5, seed: 1, mix: MIX, calmMs: 10_000 },
    { signal: AbortSignal.timeout(LIMIT_MS), tell: () => {} },
  );
  expect({ ...figures, crashes }).toMatchObject({
    ...{ waiting: 0, disordered: 0, crashes: 0 },
    ...{ edits: none, documents: none, queries: none },
  });
  expect(figures.doubled).toBeLessThanOrEqual(Math.min(kills, resent));
}, 300_000);
