import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "grammy/types";
import type { Log } from "../log.ts";
import { createMemoryInbox } from "../store/inbox.ts";
import { failureOf } from "./delivery.ts";

const FINISH_MS = 25_000;
/** How long what was ended may take to notice. */
const GIVE_UP_MS = 2000;

/** Updates between being received and being handled, however they are received. */
export interface Work {
  /** Keeps the updates, each once, and starts handling whatever may be handled now; when it returns, they are kept. */
  accept(updates: readonly Update[]): void;
  /** Waits for all that is kept to be handled, for at most `finishMs`; then call nothing else. */
  finish(): Promise<void>;
}

export interface WorkPartners {
  readonly handle: (update: Update) => Promise<void>;
  /** Ends what is still being handled when the time of a stop is over. */
  readonly giveUp: () => void;
  readonly log: Log;
  /** How long a stop waits for what is being handled. Default: 25 s, for an answer may wait 20 for a chat server. */
  readonly finishMs?: number;
}

/**
 * Chats are handled beside each other and each in order; an update whose handling fails is logged and done, for
 * handling it again would fail again.
 */
export function createWork({ handle, giveUp, log, finishMs = FINISH_MS }: WorkPartners): Work {
  const inbox = createMemoryInbox<Update>(turnOf);
  const handling = new Set<Promise<void>>();
  let isOver = false;

  function handleNext(): void {
    for (let update = inbox.next(); update; update = inbox.next()) {
      const { update_id: updateId } = update;
      const task = handle(update)
        .catch((error: unknown) => log.error("telegram.handling-failed", { updateId, ...failureOf(error) }))
        .then(() => {
          inbox.done(updateId);
          handling.delete(task);
          if (!isOver) handleNext();
        });
      handling.add(task);
    }
  }

  return {
    accept(updates) {
      for (const update of updates) inbox.put(update);
      handleNext();
    },

    async finish() {
      const late = sleep(finishMs, "late", { ref: false });
      // What is done may have let the next one of its chat begin.
      while (handling.size > 0) if ((await Promise.race([Promise.all(handling), late])) === "late") break;
      if (handling.size === 0) return;
      log.error("telegram.unfinished", { updates: inbox.size() });
      isOver = true;
      giveUp();
      await Promise.race([Promise.all(handling), sleep(GIVE_UP_MS, undefined, { ref: false })]);
    },
  };
}

/** What an update waits for: others of its chat, or of the person where it has none. */
function turnOf(update: Update): number | string {
  const message =
    update.message ?? update.edited_message ?? update.callback_query?.message ?? update.my_chat_member;
  const person = update.inline_query?.from.id ?? update.callback_query?.from.id;
  // A guest's chat may be another one of the same id.
  const guest = update.guest_message;
  if (guest) return `guest of ${guest.chat.id}`;
  return message?.chat.id ?? `person ${person}`;
}
