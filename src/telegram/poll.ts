import type { Api } from "grammy";
import type { Update } from "grammy/types";
import type { Log } from "../log.ts";
import type { Inbox } from "../store/inbox.ts";
import { ALLOWED_UPDATES } from "./bot.ts";
import type { Dispatcher } from "./dispatch.ts";
import { failureOf } from "./failure.ts";
import { type ApiSignal, persist } from "./persist.ts";

/** How long Telegram keeps a getUpdates open when there is nothing to tell. */
const LONG_POLL_S = 30;
/** How long a stop waits for what is being handled, and then for Telegram to take the offset. */
const FINISH_MS = 10_000;
const CONFIRM_MS = 3000;

export interface PollPartners {
  readonly api: Api;
  readonly inbox: Inbox<Update>;
  readonly dispatcher: Dispatcher;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Updates of one chat wait for each other; those without a chat wait for others of their kind. */
export function chatOf(update: Update): number | string {
  return update.message?.chat.id ?? "no chat";
}

/**
 * Receives updates into the inbox until the signal aborts: the next getUpdates, whose offset tells Telegram to
 * forget the last batch, goes out only when all of that batch is kept. On abort the open long poll ends at once,
 * what is in hand is finished (for at most ten seconds), and the offset is confirmed, so that the next start gets
 * nothing twice.
 *
 * @throws AppError when Telegram refuses the token, after finishing likewise.
 */
export async function poll({ api, inbox, dispatcher, log, signal }: PollPartners): Promise<void> {
  let offset = 0;
  try {
    while (!signal.aborted) {
      const updates = await persist(
        (callSignal) =>
          api.getUpdates({ offset, timeout: LONG_POLL_S, allowed_updates: ALLOWED_UPDATES }, callSignal),
        { log, signal },
      );
      for (const update of updates ?? []) {
        inbox.put(update);
        offset = update.update_id + 1;
      }
      dispatcher.wake();
    }
  } finally {
    await finish(dispatcher, inbox, log);
    if (offset > 0) await confirm(api, offset, log);
  }
}

async function finish(dispatcher: Dispatcher, inbox: Inbox<Update>, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, FINISH_MS);
  });
  await Promise.race([dispatcher.settled(), patience]);
  clearTimeout(timer);
  if (inbox.size() > 0) log.error("telegram.unfinished", { updates: inbox.size() });
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
