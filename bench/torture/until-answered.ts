import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger } from "./ledger.ts";

/** What would be an answer too many comes within this time after the last one. */
const AFTERMATH_MS = 1500;

/** Resolves when nothing waits any more and a moment has passed, or when nothing has come of it for `calmMs`. */
export async function untilAnswered(ledger: Ledger, calmMs: number, signal: AbortSignal): Promise<void> {
  let waiting = ledger.waiting();
  let changedMs = performance.now();
  while (waiting > 0 && !signal.aborted && performance.now() - changedMs < calmMs) {
    await sleep(50);
    if (ledger.waiting() === waiting) continue;
    waiting = ledger.waiting();
    changedMs = performance.now();
  }
  await sleep(AFTERMATH_MS);
}
