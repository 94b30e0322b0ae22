import type { Api } from "grammy";
import type { Update } from "grammy/types";
import type { Log } from "../log.ts";
import { failureOf } from "./delivery.ts";
import { type ApiSignal, persist } from "./persist.ts";
import type { Work } from "./work.ts";

/** How long Telegram keeps a getUpdates open when there is nothing to tell. */
const LONG_POLL_S = 30;
/** How long a stop waits for Telegram to take the offset. */
const CONFIRM_MS = 3000;

export interface ReceivePartners {
  /** The address that `api` calls, for the log. */
  readonly apiRoot: string;
  readonly api: Api;
  /** The kinds of update to receive. */
  readonly allowedUpdates: readonly Exclude<keyof Update, "update_id">[];
  readonly work: Work;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Fetches updates until the signal aborts: the next getUpdates, whose offset tells Telegram to forget the last
 * batch, goes out only when all of that batch is kept. On abort the open long poll ends at once, what is in hand is
 * finished, and the offset is confirmed, so that the next start gets nothing twice.
 *
 * @throws AppError when Telegram refuses the token, after finishing likewise.
 */
export async function poll({
  api,
  apiRoot,
  allowedUpdates,
  work,
  log,
  signal,
}: ReceivePartners): Promise<void> {
  let offset = 0;
  try {
    while (!signal.aborted) {
      const updates = await persist(
        (callSignal) =>
          api.getUpdates({ offset, timeout: LONG_POLL_S, allowed_updates: allowedUpdates }, callSignal),
        { apiRoot, log, signal },
      );
      work.accept(updates ?? []);
      const last = updates?.at(-1);
      if (last) offset = last.update_id + 1;
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
    // The stop goes on: at worst the last batch comes again at the next start.
    log.warn("telegram.offset-not-confirmed", failureOf(error));
  }
}
