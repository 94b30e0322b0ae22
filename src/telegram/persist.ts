import { setTimeout as sleep } from "node:timers/promises";
import { type Api, GrammyError, HttpError } from "grammy";
import { AppError } from "../errors.ts";
import type { Heartbeat } from "../health/heartbeat.ts";
import type { Metrics } from "../health/metrics.ts";
import type { Log } from "../log.ts";
import { failureOf } from "./delivery.ts";

/** The signal type of grammY, which comes from a polyfill whose declarations differ from Node's own. */
export type ApiSignal = NonNullable<Parameters<Api["getMe"]>[0]>;

const FIRST_DELAY_MS = 1000;
/** Short, so that Telegram is heard again soon after it can be. */
const MAX_DELAY_MS = 3000;
/** Telegram asks for less; asking once a minute does no harm. */
const MAX_WAIT_S = 60;
/** A failure that goes on is said again after this. */
const SAY_EVERY_MS = 60_000;

export interface PersistPartners {
  readonly apiRoot: string;
  readonly heartbeat: Heartbeat;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Makes a call to Telegram until it succeeds: after a failure again in 1 second, then 2, then every 3; after a flood
 * limit when Telegram says, but within a minute; at once where the answer was not waited for any longer. A failure is one line in the log,
 * with the address called and what to do, and one a minute as long as it lasts. Resolves undefined, at once, when the
 * signal aborts.
 *
 * @throws AppError when Telegram refuses the token, or the call throws one.
 */
export async function persist<T>(
  call: (signal: AbortSignal) => Promise<T>,
  { apiRoot, heartbeat, metrics, log, signal }: PersistPartners,
): Promise<T | undefined> {
  const start = performance.now();
  let said: { readonly reason: Reason; readonly at: number } | undefined;
  for (let delayMs = FIRST_DELAY_MS; !signal.aborted; delayMs = Math.min(delayMs + 1000, MAX_DELAY_MS)) {
    try {
      const result = await call(signal);
      if (said)
        log.info("telegram.reached-again", { afterS: Math.round((performance.now() - start) / 1000) });
      return result;
    } catch (error) {
      if (signal.aborted) return undefined;
      refuseToken(error);
      if (error instanceof AppError) throw error;
      const reason = reasonOf(error);
      const retryAfterS = error instanceof GrammyError ? error.parameters.retry_after : undefined;
      const waitMs =
        retryAfterS !== undefined
          ? 1000 * Math.min(Math.max(1, retryAfterS), MAX_WAIT_S)
          : reason === "stalled"
            ? 0
            : delayMs;
      heartbeat.failed(HINTS[reason]);
      metrics.receivingFailed(reason);
      if (said?.reason !== reason || performance.now() - said.at >= SAY_EVERY_MS) {
        said = { reason, at: performance.now() };
        const fields = { apiRoot, ...failureOf(error), retryInMs: waitMs, hint: HINTS[reason] };
        if (reason === "conflict") log.error("telegram.conflict", fields);
        else log.warn("telegram.unreachable", fields);
      }
      // Rejects only when aborted, and then the loop ends.
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

type Reason = Parameters<Metrics["receivingFailed"]>[0];

const HINTS: Readonly<Record<Reason, string>> = {
  conflict:
    "Another program receives this bot's messages: another Wenbao with the same token, or a webhook. Stop it.",
  flood: "Telegram asks to wait.",
  server: "Telegram has a failure of its own; nothing is lost, and it is tried again.",
  stalled: "Telegram did not answer in time; it is asked again.",
  network:
    "Telegram cannot be reached: check the network, its name service, and TELEGRAM_API_ROOT. It is tried again.",
};

/** The answer was not waited for any longer. */
export class Stalled extends Error {
  override readonly name = "Stalled";
}

function reasonOf(error: unknown): Reason {
  if (error instanceof Stalled) return "stalled";
  if (!(error instanceof GrammyError)) return "network";
  if (error.error_code === 409) return "conflict";
  return error.error_code === 429 ? "flood" : "server";
}

/** Makes a call that ends with the signal, and after a time, where `persist` makes it again at once. */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  call: (signal: ApiSignal) => Promise<T>,
): Promise<T> {
  const cut = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    cut.abort();
  }, ms);
  const abort = () => cut.abort();
  signal.addEventListener("abort", abort);
  try {
    // grammY asks no more of a signal than Node's has: `aborted` and its event.
    return await call(cut.signal as unknown as ApiSignal);
  } catch (error) {
    if (isLate && error instanceof HttpError) throw new Stalled(`No answer in ${ms} ms`);
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

/** @throws AppError when the error says that Telegram refuses the token. */
export function refuseToken(error: unknown): void {
  if (!(error instanceof GrammyError) || (error.error_code !== 401 && error.error_code !== 404)) return;
  throw new AppError(
    `Telegram refused the token (${error.error_code} ${error.description}). ` +
      "Check TELEGRAM_BOT_TOKEN: @BotFather shows the right one with /token.",
    { cause: error },
  );
}
