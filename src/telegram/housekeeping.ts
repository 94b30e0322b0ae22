import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "grammy";
import type { BotPartners } from "./context.ts";
import { failureOf } from "./delivery.ts";
import { createDigest } from "./ledger/digest.ts";
import type { Teller } from "./ledger/tell-askers.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * What is to be done though nobody asks, at once and then every minute until the signal aborts: who waits for an answer
 * is told, the digest is sent when it is due, and once a day what is older than `keepDays` is deleted. What fails is
 * logged and tried again.
 */
export async function keepHouse(
  api: Api,
  teller: Teller,
  partners: BotPartners,
  signal: AbortSignal,
): Promise<void> {
  const { store, settings, log, now } = partners;
  const sendDigest = createDigest(api, partners);
  let deletedAt = Number.NEGATIVE_INFINITY;
  await attempt(async () => store.gaps.unclaim());
  while (!signal.aborted) {
    await attempt(deleteOld);
    await attempt(sendDigest);
    await teller.tell();
    // Rejects only when aborted.
    await sleep(MINUTE_MS, undefined, { signal }).catch(() => undefined);
  }

  async function deleteOld(): Promise<void> {
    if (now().getTime() - deletedAt < DAY_MS) return;
    const at = now().getTime();
    const kept = at - settings.keepDays * DAY_MS;
    store.asked.deleteBefore(kept);
    store.admissions.deleteToldBefore(kept);
    store.gaps.deleteEmptyPrompts();
    store.emptyLog();
    deletedAt = at;
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => log.error("telegram.housekeeping-failed", failureOf(error)));
  }
}
