import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "grammy/types";
import type { Metrics } from "../health/metrics.ts";
import type { Log } from "../log.ts";
import type { Inbox, Taken } from "../store/inbox.ts";
import { failureOf } from "./delivery.ts";
import { objectionTo } from "./update-shape.ts";

/** Updates in hand at once: what they wait for is Telegram, or a chat server. */
const MAX_IN_HAND = 256;
/** Updates that wait, above which no more are fetched. */
const MAX_KEPT = 50_000;
const FINISH_MS = 7000;
/** How long what was ended may take to notice. */
const GIVE_UP_MS = 1000;
/** A database that could not be read is tried again after this. */
const RETRY_MS = 1000;

/** Updates between being received and being handled, however they are received. */
export interface Work {
  /**
   * Keeps the updates, each once, and starts handling whatever may be handled now. When it resolves, Telegram may forget
   * them: they are on disk, or, where nothing can be written, handled.
   */
  accept(updates: readonly Update[]): Promise<void>;
  /** Waits for all that is kept to be handled, for at most `finishMs`; then call nothing else. The rest stays kept. */
  finish(): Promise<void>;
}

export interface WorkPartners {
  readonly inbox: Inbox<Update>;
  /** Handles an update that has been taken so often, this time included. */
  readonly handle: (taken: Taken<Update>) => Promise<void>;
  /** Ends what is still being handled when the time of a stop is over. */
  readonly giveUp: () => void;
  readonly metrics: Metrics;
  readonly log: Log;
  /** How long a stop waits for what is being handled. */
  readonly finishMs?: number;
}

/**
 * Chats are handled beside each other and each in order; an update whose handling fails is logged and done, for
 * handling it again would fail again.
 */
export function createWork(partners: WorkPartners): Work {
  const { inbox, handle, giveUp, metrics, log, finishMs = FINISH_MS } = partners;
  const handling = new Set<Promise<void>>();
  let isOver = false;

  function handleNext(): void {
    while (!isOver && handling.size < MAX_IN_HAND) {
      const taken = takeNext();
      if (taken === undefined) return;
      const task = handleOne(taken).finally(() => {
        handling.delete(task);
        handleNext();
      });
      handling.add(task);
    }
  }

  function isUpdate(update: Update): boolean {
    const objection = objectionTo(update);
    if (objection !== undefined)
      log.error("telegram.no-update", { updateId: update.update_id, reason: objection });
    return objection === undefined;
  }

  function takeNext(): Taken<Update> | undefined {
    try {
      return inbox.next();
    } catch (error) {
      log.error("telegram.inbox-not-read", failureOf(error));
      setTimeout(handleNext, RETRY_MS).unref();
      return undefined;
    }
  }

  async function handleOne(taken: Taken<Update>): Promise<void> {
    const { update_id: updateId } = taken.update;
    const start = performance.now();
    let outcome: "done" | "failed" = "done";
    try {
      await handle(taken);
    } catch (error) {
      outcome = "failed";
      log.error("telegram.handling-failed", { updateId, ...failureOf(error) });
    }
    // What was ended in the middle is handled again after the next start.
    if (isOver) return;
    metrics.handled(outcome, performance.now() - start);
    try {
      inbox.done(updateId);
    } catch (error) {
      log.error("telegram.not-noted-as-done", { updateId, ...failureOf(error) });
    }
  }

  async function allHandled(): Promise<void> {
    // What is done may have let the next one of its chat begin.
    while (handling.size > 0) await Promise.all(handling);
  }

  handleNext();
  return {
    async accept(received) {
      const updates = received.filter(isUpdate);
      if (updates.length === 0) return;
      let isOnDisk = true;
      let fresh: number;
      try {
        fresh = inbox.put(updates);
      } catch (error) {
        log.error("telegram.not-kept", failureOf(error));
        isOnDisk = false;
        fresh = inbox.hold(updates);
      }
      for (let i = 0; i < updates.length; i++) metrics.received(i < fresh);
      handleNext();
      if (!isOnDisk) await allHandled();
      while (inbox.size() > MAX_KEPT && !isOver)
        await Promise.race([...handling, sleep(RETRY_MS, undefined, { ref: false })]);
    },

    async finish() {
      const late = sleep(finishMs, "late", { ref: false });
      if ((await Promise.race([allHandled(), late])) !== "late") return;
      log.warn("telegram.unfinished", { updates: inbox.size() });
      isOver = true;
      giveUp();
      await Promise.race([allHandled(), sleep(GIVE_UP_MS, undefined, { ref: false })]);
    },
  };
}

/** What an update waits for: others of its chat, or of the person where it has none. */
export function turnOf(update: Update): number | string {
  const message =
    update.message ?? update.edited_message ?? update.callback_query?.message ?? update.my_chat_member;
  const person = update.inline_query?.from.id ?? update.callback_query?.from.id;
  // A guest's chat may be another one of the same id.
  const guest = update.guest_message;
  if (guest) return `guest of ${guest.chat.id}`;
  return message?.chat.id ?? `person ${person}`;
}
