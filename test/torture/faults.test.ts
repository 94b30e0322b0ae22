import { expect, it } from "vitest";
import { FAULT_KINDS } from "../../bench/torture/fault-kinds.ts";
import { goThroughFaults } from "../../bench/torture/faults.ts";

const MIX = { other: 0.1, edit: 0.1, press: 0, inline: 0, document: 0 };
const FOR_MS = 1000;

it("after faults of every kind, two at once, the program answers all that was asked meanwhile", async () => {
  const half = FAULT_KINDS.length / 2;
  const bouts = FAULT_KINDS.slice(0, half).map((kind, place) => ({
    faults: [
      { kind, afterMs: 0, forMs: FOR_MS },
      { kind: FAULT_KINDS[half + place]!, afterMs: FOR_MS / 2, forMs: FOR_MS },
    ],
  }));
  const { figures, crashes } = await goThroughFaults(
    { bouts, chats: 10, rate: 10, seed: 1, minutes: 2, mix: MIX },
    { signal: new AbortController().signal, tell: () => {} },
  );
  expect({ ...figures, crashes }).toMatchObject({
    ...{ waiting: 0, disordered: 0, crashes: 0 },
    edits: { waiting: 0 },
  });
}, 180_000);
