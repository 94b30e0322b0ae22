import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "grammy/types";
import type { Log } from "../log.ts";
import { createMemoryInbox } from "../store/inbox.ts";
import { failureOf } from "./delivery.ts";

/** How long a stop waits for what is being handled: an answer may wait 20 seconds for a chat server. */
const FINISH_MS = 25_000;

/** Updates between being received and being handled, however they are received. */
export interface Work {
  /** Keeps the updates, each once, and starts handling whatever may be handled now; when it returns, they are kept. */
  accept(updates: readonly Update[]): void;
  /** Waits for all that is kept to be handled, for at most 25 seconds; then call nothing else. */
  finish(): Promise<void>;
}

export interface WorkPartners {
  readonly handle: (update: Update) => Promise<void>;
  readonly log: Log;
}

/**
 * Chats are handled beside each other and each in order; an update whose handling fails is logged and done, for
 * handling it again would fail again.
 */
export function createWork({ handle, log }: WorkPartners): Work {
  const inbox = createMemoryInbox<Update>(turnOf);
  const handling = new Set<Promise<void>>();

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

  return {
    accept(updates) {
      for (const update of updates) inbox.put(update);
      handleNext();
    },

    async finish() {
      const late = sleep(FINISH_MS, "late", { ref: false });
      // What is done may have let the next one of its chat begin.
      while (handling.size > 0) if ((await Promise.race([Promise.all(handling), late])) === "late") break;
      if (inbox.size() > 0) log.error("telegram.unfinished", { updates: inbox.size() });
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
