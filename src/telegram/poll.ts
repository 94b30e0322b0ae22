import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import type { Log } from "../log.ts";
import { createMemoryInbox } from "../store/inbox.ts";
import { failureOf } from "./delivery.ts";
import { type ApiSignal, persist } from "./persist.ts";

/** How long Telegram keeps a getUpdates open when there is nothing to tell. */
const LONG_POLL_S = 30;
/** How long a stop waits for what is being handled, and then for Telegram to take the offset. */
const FINISH_MS = 10_000;
const CONFIRM_MS = 3000;

export interface PollPartners {
  /** The address that `api` calls, for the log. */
  readonly apiRoot: string;
  readonly api: Api;
  /** The kinds of update to receive. */
  readonly allowedUpdates: readonly Exclude<keyof Update, "update_id">[];
  readonly handle: (update: Update) => Promise<void>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Receives updates into an inbox until the signal aborts, and handles them from there: the next getUpdates, whose
 * offset tells Telegram to forget the last batch, goes out only when all of that batch is kept. Chats are handled
 * beside each other and each in order; an update whose handling fails is logged and done, for handling it again
 * would fail again. On abort the open long poll ends at once, what is in hand is finished (for at most ten
 * seconds), and the offset is confirmed, so that the next start gets nothing twice.
 *
 * @throws AppError when Telegram refuses the token, after finishing likewise.
 */
export async function poll({
  api,
  apiRoot,
  allowedUpdates,
  handle,
  log,
  signal,
}: PollPartners): Promise<void> {
  const inbox = createMemoryInbox<Update>(turnOf);
  const handling = new Set<Promise<void>>();
  let offset = 0;
  try {
    while (!signal.aborted) {
      const updates = await persist(
        (callSignal) =>
          api.getUpdates({ offset, timeout: LONG_POLL_S, allowed_updates: allowedUpdates }, callSignal),
        { apiRoot, log, signal },
      );
      for (const update of updates ?? []) {
        inbox.put(update);
        offset = update.update_id + 1;
      }
      handleNext();
    }
  } finally {
    await finish();
    if (offset > 0) await confirm(api, offset, log);
  }

  /** Starts handling whatever may be handled now. */
  function handleNext(): void {
    for (let update = inbox.next(); update; update = inbox.next()) {
      const { update_id: updateId } = update;
      const task = handle(update)
        .catch((error: unknown) => log.error("telegram.handling-failed", { updateId, ...failureOf(error) }))
        .then(() => {
          inbox.done(updateId);
          handling.delete(task);
          handleNext();
        });
      handling.add(task);
    }
  }

  async function finish(): Promise<void> {
    const late = sleep(FINISH_MS, "late", { ref: false });
    // What is done may have let the next one of its chat begin.
    while (handling.size > 0) if ((await Promise.race([Promise.all(handling), late])) === "late") break;
    if (inbox.size() > 0) log.error("telegram.unfinished", { updates: inbox.size() });
  }
}

/** What an update waits for: others of its chat, or of the person where it has none. */
function turnOf(update: Update): number | string {
  const message =
    update.message ?? update.edited_message ?? update.callback_query?.message ?? update.my_chat_member;
  const person = update.inline_query?.from.id ?? update.callback_query?.from.id;
  // A guest's chat may be another one of the same id.
  return message?.chat.id ?? (person === undefined ? "guests" : `person ${person}`);
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
