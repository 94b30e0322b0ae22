import { setTimeout as sleep } from "node:timers/promises";
import { autoRetry } from "@grammyjs/auto-retry";
import { HttpError, type Transformer } from "grammy";

/** Only what must arrive is tried again: a late sign of typing is worse than none, and `persist` repeats the rest. */
const SENDING = new Set(["sendMessage"]);

const MAX_ATTEMPTS = 4;

/**
 * Repeats the sending of messages, for a bounded time: after a flood limit when Telegram says (up to two minutes),
 * after a server error in 3, 6 and 12 seconds (`autoRetry`), after a network failure in 1, 2 and 4 seconds. A
 * connection that breaks between Telegram taking a message and saying so makes a second one: no answer is worse.
 */
export function sendingRetries(): Transformer {
  // autoRetry repeats network failures without bound, so it is told to leave them to us.
  const retryAnswered = autoRetry({
    maxRetryAttempts: MAX_ATTEMPTS - 1,
    maxDelaySeconds: 120,
    rethrowHttpErrors: true,
  });
  return async (prev, method, payload, signal) => {
    if (!SENDING.has(method)) return prev(method, payload, signal);
    for (let attempt = 1; ; attempt++) {
      try {
        return await retryAnswered(prev, method, payload, signal);
      } catch (error) {
        if (!(error instanceof HttpError) || attempt === MAX_ATTEMPTS || signal?.aborted) throw error;
        await sleep(1000 * 2 ** (attempt - 1));
      }
    }
  };
}
