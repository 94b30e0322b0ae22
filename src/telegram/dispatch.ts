import type { Log } from "../log.ts";
import type { Inbox } from "../store/inbox.ts";
import { failureOf } from "./failure.ts";

export interface Dispatcher {
  /** Starts handling whatever may be handled now; call it after putting something into the inbox. */
  wake(): void;
  /** Resolves when nothing is being handled. */
  settled(): Promise<void>;
}

/**
 * Handles what lies in the inbox, chats beside each other and each in order. An update whose handling fails is
 * logged and done: handling it again would fail again.
 */
export function createDispatcher<Update extends { readonly update_id: number }>(
  inbox: Inbox<Update>,
  handle: (update: Update) => Promise<void>,
  log: Log,
): Dispatcher {
  const handling = new Set<Promise<void>>();

  async function work(update: Update): Promise<void> {
    try {
      await handle(update);
    } catch (error) {
      log.error("telegram.handling-failed", { updateId: update.update_id, ...failureOf(error) });
    }
    inbox.done(update.update_id);
  }

  function wake(): void {
    for (let update = inbox.next(); update; update = inbox.next()) {
      const task = work(update).then(() => {
        handling.delete(task);
        wake();
      });
      handling.add(task);
    }
  }

  async function settled(): Promise<void> {
    while (handling.size > 0) await Promise.all(handling);
  }

  return { wake, settled };
}
