import { setTimeout as sleep } from "node:timers/promises";
import { type Api, GrammyError } from "grammy";
import type { Update } from "grammy/types";
import type { Heartbeat } from "../health/heartbeat.ts";
import type { Metrics } from "../health/metrics.ts";
import type { Log } from "../log.ts";
import { failureOf } from "./delivery.ts";
import { type ApiSignal, persist, Stalled, within } from "./persist.ts";
import type { Work } from "./work.ts";

/** How long Telegram keeps a getUpdates open when there is nothing to tell: short, for a connection may die silently. */
const LONG_POLL_S = 2;
/** How much longer it may take to come back. */
const PATIENCE_MS = 2000;
/** A network may be that slow: waited for where so many polls in a row have not come back in time. */
const SLOW_PATIENCE_MS = 10_000;
const STALLS_OF_SLOW = 10;
/** How long it is waited after updates without a number, of which Telegram will tell again. */
const NUMBERLESS_MS = 1000;
/** How long a stop waits for Telegram to take the offset. */
const CONFIRM_MS = 1000;

export interface ReceivePartners {
  /** The address that `api` calls, for the log. */
  readonly apiRoot: string;
  readonly api: Api;
  /** The kinds of update to receive. */
  readonly allowedUpdates: readonly Exclude<keyof Update, "update_id">[];
  readonly work: Work;
  readonly heartbeat: Heartbeat;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Fetches updates until the signal aborts: the next getUpdates, whose offset tells Telegram to forget the last
 * batch, goes out only when all of that batch is kept. On abort the open long poll ends at once, what is in hand is
 * finished, and the offset is confirmed, so that Telegram need not tell it again.
 *
 * @throws AppError when Telegram refuses the token, after finishing likewise.
 */
export async function poll(partners: ReceivePartners): Promise<void> {
  const { api, allowedUpdates, work, heartbeat, log, signal } = partners;
  let offset = 0;
  let stalls = 0;
  let patienceMs = PATIENCE_MS;

  async function getUpdates(callSignal: AbortSignal): Promise<Update[]> {
    const start = performance.now();
    const cutMs = 1000 * LONG_POLL_S + (stalls < STALLS_OF_SLOW ? patienceMs : SLOW_PATIENCE_MS);
    const options = { offset, timeout: LONG_POLL_S, allowed_updates: allowedUpdates };
    const updates = await within(cutMs, callSignal, (cut) => api.getUpdates(options, cut)).catch(
      async (error: unknown) => {
        if (error instanceof Stalled) stalls++;
        // Another program has set one since the start.
        if (error instanceof GrammyError && /webhook is active/i.test(error.description))
          await api.deleteWebhook().catch(() => undefined);
        throw error;
      },
    );
    if (!Array.isArray(updates)) throw new Error("This is no answer of a Bot API.");
    stalls = 0;
    const overheadMs = performance.now() - start - 1000 * LONG_POLL_S;
    patienceMs = Math.min(Math.max(PATIENCE_MS, 0.9 * patienceMs, 2 * overheadMs), SLOW_PATIENCE_MS);
    return updates;
  }

  try {
    while (!signal.aborted) {
      const updates = await persist(getUpdates, partners);
      if (updates === undefined) break;
      heartbeat.heard();
      if (!(await work.accept(updates, signal))) break;
      const last = updates.findLast((update) => Number.isInteger(update?.update_id));
      if (last) offset = last.update_id + 1;
      // What has no number cannot be got past.
      else if (updates.length > 0) await sleep(NUMBERLESS_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await work.finish();
    if (offset > 0) await confirm(api, offset, log);
  }
}

async function confirm(api: Api, offset: number, log: Log): Promise<void> {
  try {
    const signal = AbortSignal.timeout(CONFIRM_MS) as unknown as ApiSignal;
    await api.getUpdates({ offset, limit: 1, timeout: 0 }, signal);
  } catch (error) {
    // The stop goes on: at worst the last batch comes again at the next start, and is known.
    log.warn("telegram.offset-not-confirmed", failureOf(error));
  }
}
