import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "grammy";
import type { BotPartners } from "./context.ts";
import { failureOf } from "./delivery.ts";
import { tellAskers } from "./ledger/tell-askers.ts";

const MINUTE_MS = 60_000;

/**
 * What is to be done though nobody asks, at once and then every minute until the signal aborts: who waits for an answer
 * is told. What fails is logged and tried again.
 */
export async function keepHouse(api: Api, partners: BotPartners, signal: AbortSignal): Promise<void> {
  const { log } = partners;
  while (!signal.aborted) {
    await tellAskers(api, partners).catch((error: unknown) =>
      log.error("telegram.housekeeping-failed", failureOf(error)),
    );
    // Rejects only when aborted.
    await sleep(MINUTE_MS, undefined, { signal }).catch(() => undefined);
  }
}
