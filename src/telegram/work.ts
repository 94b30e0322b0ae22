import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "grammy/types";
import type { Metrics } from "../health/metrics.ts";
import type { Log } from "../log.ts";
import type { Inbox, Taken } from "../store/inbox.ts";
import { failureOf } from "./delivery.ts";
import { keepIfPossible } from "./keep-if-possible.ts";
import type { Rest } from "./task.ts";
import { objectionTo } from "./update-shape.ts";

/** Updates in hand at once: most of them wait, for the end of a flood limit or a chat server. */
const MAX_IN_HAND = 2000;
/** Updates that are worked on at once: few, so that the first is answered soon, and known to be. */
const MAX_ACTIVE = 8;
/** Updates that wait, above which no more are fetched. */
const MAX_KEPT = 50_000;
/**
 * How long Telegram keeps what cannot be written, for it to be handled; then others are to be heard, though a kill would
 * lose what still waits.
 */
const MAX_HELD_MS = 30_000;
/** How long a stop waits for what is being handled; with all else that ends, within ten seconds. */
const FINISH_MS = 5000;
/** How long what was ended may take to notice. */
const GIVE_UP_MS = 1000;
const LOOK_MS = 50;

/** Updates between being received and being handled, however they are received. */
export interface Work {
  /**
   * Keeps the updates, each once, and starts handling whatever may be handled now. When it resolves true, Telegram may
   * forget them: they are on disk, or, where nothing can be written, handled, but for those that take more than half a
   * minute. False where the signal came first.
   */
  accept(updates: readonly Update[], signal: AbortSignal): Promise<boolean>;
  /** Waits for all that is kept to be handled, for at most `finishMs`; then call nothing else. The rest stays kept. */
  finish(): Promise<void>;
}

/** What became of an update. */
export type Outcome = Parameters<Metrics["handled"]>[0];

export interface WorkPartners {
  readonly inbox: Inbox<Update>;
  readonly handle: (taken: Taken<Update>, rest: Rest) => Promise<Outcome>;
  /** Aborted when the time of a stop is over: what is still being handled ends then, and is not done. */
  readonly giving: AbortController;
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
  const { inbox, handle, giving, metrics, log, finishMs = FINISH_MS } = partners;
  const handling = new Set<Promise<void>>();
  let resting = 0;
  const isOver = () => giving.signal.aborted;

  async function rest<Result>(wait: () => Promise<Result>): Promise<Result> {
    resting++;
    handleNext();
    try {
      return await wait();
    } finally {
      resting--;
    }
  }

  function handleNext(): void {
    while (!isOver() && handling.size < MAX_IN_HAND && handling.size - resting < MAX_ACTIVE) {
      let taken: Taken<Update> | undefined;
      try {
        taken = inbox.next();
      } catch (error) {
        log.error("telegram.update-not-read", failureOf(error));
        continue;
      }
      if (taken === undefined) return;
      const task = handleOne(taken).finally(() => {
        handling.delete(task);
        handleNext();
      });
      handling.add(task);
    }
  }

  async function handleOne(taken: Taken<Update>): Promise<void> {
    const { update_id: updateId } = taken.update;
    const start = performance.now();
    let outcome: Outcome = "failed";
    try {
      outcome = await handle(taken, rest);
    } catch (error) {
      log.error("telegram.handling-failed", { updateId, ...failureOf(error) });
    }
    // What was ended in the middle is handled again after the next start.
    if (isOver()) return;
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

  function isUpdate(update: Update): boolean {
    const objection = objectionTo(update);
    if (objection !== undefined)
      log.error("telegram.no-update", { updateId: update?.update_id, reason: objection });
    return objection === undefined;
  }

  /** True where nothing could be written. */
  function keep(updates: readonly Update[]): boolean {
    try {
      count(updates, inbox.put(updates));
      return false;
    } catch (error) {
      log.error("telegram.not-kept", failureOf(error));
      count(updates, inbox.hold(updates));
      return true;
    }
  }

  function count(updates: readonly Update[], fresh: number): void {
    for (let i = 0; i < updates.length; i++) metrics.received(i < fresh);
  }

  handleNext();
  return {
    async accept(received, signal) {
      const updates = received.filter(isUpdate);
      if (updates.length === 0) return true;
      const isHeld = keep(updates);
      handleNext();
      const heldUntil = performance.now() + (isHeld ? MAX_HELD_MS : 0);
      const isOnlyHeld = () => inbox.held() > 0 && performance.now() < heldUntil;
      while (inbox.size() > MAX_KEPT || isOnlyHeld()) {
        if (signal.aborted) return !isHeld;
        await sleep(LOOK_MS);
      }
      return true;
    },

    async finish() {
      const late = sleep(finishMs, "late", { ref: false });
      const isLate = (await Promise.race([allHandled(), late])) === "late";
      keepIfPossible(log, inbox.noteDone);
      if (!isLate) return;
      log.warn("telegram.unfinished", { updates: inbox.size() });
      giving.abort();
      await Promise.race([allHandled(), sleep(GIVE_UP_MS, undefined, { ref: false })]);
    },
  };
}
