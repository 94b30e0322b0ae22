import { setTimeout as sleep } from "node:timers/promises";
import { type Api, GrammyError } from "grammy";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import { failureOf } from "./delivery.ts";

/** The signal type of grammY, which comes from a polyfill whose declarations differ from Node's own. */
export type ApiSignal = NonNullable<Parameters<Api["getMe"]>[0]>;

const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 30_000;

/**
 * Makes a call to Telegram until it succeeds: after a network failure or an error of Telegram's again in 1 second,
 * then twice as long each time up to 30; after a flood limit when Telegram says. Every failure is one line in the
 * log, with the address called. Resolves undefined, at once, when the signal aborts.
 *
 * @throws AppError when Telegram refuses the token, or the call throws one.
 */
export async function persist<T>(
  call: (signal: ApiSignal) => Promise<T>,
  { apiRoot, log, signal }: { apiRoot: string; log: Log; signal: AbortSignal },
): Promise<T | undefined> {
  for (let delayMs = FIRST_DELAY_MS; !signal.aborted; delayMs = Math.min(2 * delayMs, MAX_DELAY_MS)) {
    try {
      // grammY asks no more of a signal than Node's has: `aborted` and its event.
      const result = await call(signal as unknown as ApiSignal);
      if (delayMs > FIRST_DELAY_MS) log.info("telegram.reached-again");
      return result;
    } catch (error) {
      if (signal.aborted) return undefined;
      refuseToken(error);
      if (error instanceof AppError) throw error;
      const refusal = error instanceof GrammyError ? error : undefined;
      const retryAfterS = refusal?.parameters.retry_after;
      const waitMs = retryAfterS === undefined ? delayMs : 1000 * retryAfterS;
      const fields = { apiRoot, ...failureOf(error), retryInMs: waitMs };
      if (refusal?.error_code === 409) log.error("telegram.conflict", { ...fields, hint: CONFLICT_HINT });
      else log.warn("telegram.unreachable", fields);
      // Rejects only when aborted, and then the loop ends.
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

const CONFLICT_HINT =
  "Another program receives this bot's messages: another Wenbao with the same token, or a webhook. Stop it.";

/** @throws AppError when the error says that Telegram refuses the token. */
export function refuseToken(error: unknown): void {
  if (!(error instanceof GrammyError) || (error.error_code !== 401 && error.error_code !== 404)) return;
  throw new AppError(
    `Telegram refused the token (${error.error_code} ${error.description}). ` +
      "Check TELEGRAM_BOT_TOKEN: @BotFather shows the right one with /token.",
    { cause: error },
  );
}
