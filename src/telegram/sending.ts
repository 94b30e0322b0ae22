import { setTimeout as sleep } from "node:timers/promises";
import { HttpError, type Transformer } from "grammy";
import type { Metrics } from "../health/metrics.ts";
import type { Log } from "../log.ts";
import type { MessageKey, Outbox, OutboxMessage } from "../store/outbox.ts";
import { keepIfPossible } from "./keep-if-possible.ts";
import type { ApiSignal } from "./persist.ts";
import { currentTask, NotWanted, resting, type Task } from "./task.ts";
import type { Turns } from "./turns.ts";

const QUERY_MS = 10_000;
/** How long Telegram's failures are met by trying again. A late sign of typing is worse than none. */
const REPEATED_MS: Readonly<Record<string, number>> = {
  sendMessage: 600_000,
  editMessageText: 600_000,
  answerGuestQuery: 600_000,
  answerCallbackQuery: QUERY_MS,
  answerInlineQuery: QUERY_MS,
};
const FIRST_DELAY_MS = 1000;
/** Timers know no longer ones than some weeks. */
const MAX_WAIT_S = 86_400;
/** A call that takes longer keeps nobody else waiting. */
const LATE_MS = 500;
const MAX_DELAY_MS = 3000;

/** Errors of a network over which nothing can have been sent. */
const NOT_REACHED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

type Api = Parameters<Transformer>[0];
type ResendReason = Parameters<Metrics["resentBlindly"]>[0];
type Payload = Record<string, unknown>;
type Response = Awaited<ReturnType<Api>>;

/** For what has no result that matters. */
const IGNORED = { ok: true, result: true } as Response;

export interface SendingPartners {
  readonly outbox: Outbox;
  readonly inTurn: Turns;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Ends what is under way, and all waiting. */
  readonly stop?: AbortSignal;
}

/**
 * Sends messages so that none is lost and none is doubled as far as that can be: after a flood limit again when
 * Telegram says, in that chat only; after a failure of the network for as long as it takes, after one of the server for
 * ten minutes, at most three seconds apart. A task that is begun again does not send again what it has sent, and what
 * Telegram may or may not have taken is sent once more, for no answer is worse than two. So that this is one message
 * when the program is killed, messages go out one at a time.
 */
export function sending({ outbox, inTurn, metrics, log, stop }: SendingPartners): Transformer {
  const flooded = new Map<string, number>();
  const pause = (ms: number) => resting(() => sleep(ms, undefined, stop ? { signal: stop } : {}));

  async function afterFlood(chat: string): Promise<void> {
    for (let until = flooded.get(chat); until !== undefined; until = flooded.get(chat)) {
      const ms = until - performance.now();
      if (ms > 0) await pause(ms);
      else flooded.delete(chat);
    }
  }

  /** Tries until there is an answer that is one. The attempt is told whether the network failed it before. */
  async function repeat(
    method: string,
    chat: string | undefined,
    attempt: (isCutOff: boolean) => Promise<Response>,
  ) {
    let isCutOff = false;
    const start = performance.now();
    const isTimeLeft = (ms = 0) => performance.now() - start + ms < REPEATED_MS[method]!;
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs + 1000, MAX_DELAY_MS)) {
      if (chat !== undefined) await afterFlood(chat);
      try {
        const response = await attempt(isCutOff);
        if (response.ok) return response;
        if (response.error_code === 429) {
          // Some servers give no time, or no time at all.
          const waitS = Math.min(Math.max(1, response.parameters?.retry_after ?? 1), MAX_WAIT_S);
          // Nobody waits so long for the answer to a button.
          if (REPEATED_MS[method] === QUERY_MS && !isTimeLeft(1000 * waitS)) return IGNORED;
          metrics.retried("flood");
          log.info("telegram.flood-limit", { method, waitS });
          if (chat !== undefined) flooded.set(chat, performance.now() + 1000 * waitS);
          else await pause(1000 * waitS);
          continue;
        }
        const isForNow =
          response.error_code === 401 || (isPassing(method, response.error_code) && isTimeLeft());
        if (!isForNow) return response;
        metrics.retried("server");
      } catch (error) {
        if (!(error instanceof HttpError) || stop?.aborted) throw error;
        const isAnswered = Object(error.error).type === "invalid-json";
        const isLasting = method === "sendMessage" && !isAnswered;
        if (!isLasting && !isTimeLeft()) throw error;
        isCutOff = !isAnswered;
        metrics.retried(isAnswered ? "server" : "network");
      }
      await pause(delayMs);
    }
  }

  /** Hands a message to Telegram once, and notes before and after what is known of it. */
  async function hand(key: MessageKey, payload: Payload, call: () => Promise<Response>): Promise<Response> {
    const note = (write: () => void) => keepIfPossible(log, write);
    note(() => outbox.begin(key, payload));
    try {
      const response = await slowly(call());
      if (response.ok) note(() => outbox.sent(key, response.result));
      else if (response.error_code === 401 || response.error_code === 429) note(() => outbox.refused(key));
      else if (!isPassing("sendMessage", response.error_code)) note(() => outbox.drop(key));
      return response;
    } catch (error) {
      if (isNotReached(error)) note(() => outbox.refused(key));
      throw error;
    }
  }

  function resentBlindly(reason: ResendReason, { task, chat }: MessageKey): void {
    metrics.resentBlindly(reason);
    log.warn("telegram.resent-blindly", { reason, task, chatId: chat });
  }

  async function sendOnce(task: Task, given: Payload, call: (payload: Payload) => Promise<Response>) {
    const chat = String(given.chat_id);
    const number = task.sent.get(chat) ?? 0;
    const key = { task: task.name, chat, number };
    const before: OutboxMessage | undefined = task.isAgain
      ? keepIfPossible(log, () => outbox.get(key))
      : undefined;
    let response: Response;
    if (before?.state === "sent") {
      response = { ok: true, result: before.result } as Response;
    } else {
      let isInDoubt = before?.state === "in flight";
      // What Telegram may have taken goes out as it was; the articles may have changed since.
      const payload = isInDoubt ? before!.payload : given;
      let reason: ResendReason = "restart";
      const attempt = async () => {
        stop?.throwIfAborted();
        if (task.isWanted?.() === false) throw new NotWanted();
        if (isInDoubt) resentBlindly(reason, key);
        isInDoubt = false;
        try {
          const answered = await hand(key, payload, () => call(payload));
          // It may have failed behind the message.
          isInDoubt = !answered.ok && answered.error_code >= 500;
          reason = "server";
          return answered;
        } catch (error) {
          isInDoubt = !isNotReached(error);
          reason = "connection";
          throw error;
        }
      };
      // Where Telegram did not answer in time, it may not do so again: nobody else is to wait for that.
      response = await repeat("sendMessage", chat, (isCutOff) => (isCutOff ? attempt() : inTurn(attempt)));
      if (response.ok) metrics.sent();
    }
    if (response.ok) task.sent.set(chat, number + 1);
    return response;
  }

  const transformer = async (prev: Api, method: string, payload: Payload, given?: ApiSignal) => {
    const signal = given ?? (stop as ApiSignal | undefined);
    const call = async (sent: Payload): Promise<Response> => {
      const response = checked(method, await prev(method as "sendMessage", sent as never, signal));
      const moved = response.ok ? undefined : response.parameters?.migrate_to_chat_id;
      // The group has become a supergroup, of which the update that says so comes later.
      // It numbers its messages anew: none of them is to be edited or replied to.
      if (moved === undefined || method !== "sendMessage") return response;
      const { reply_parameters: _, ...there } = sent;
      return checked(method, await prev(method, { ...there, chat_id: moved } as never, signal));
    };
    if (!(method in REPEATED_MS)) return call(payload);
    const task = method === "sendMessage" ? currentTask() : undefined;
    if (task) return sendOnce(task, payload, call);
    const chat = payload.chat_id === undefined ? undefined : String(payload.chat_id);
    const response = await repeat(method, chat, () => call(payload));
    // Answered already, before the program was killed in the middle of what the button or the guest's question does.
    const isAnswered = currentTask()?.isAgain && !response.ok && /query.*invalid/i.test(response.description);
    return isAnswered ? IGNORED : response;
  };
  return transformer as unknown as Transformer;
}

/** Whether what failed so may succeed later: for messages also what a proxy may say, and Telegram does not. */
function isPassing(method: string, code: number): boolean {
  return code >= 500 || (method === "sendMessage" && (code === 404 || code === 409));
}

/** Others are handled while a call takes longer than usual. */
async function slowly<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve();
    }, LATE_MS).unref();
  });
  try {
    await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
  return isLate ? resting(() => call) : call;
}

/** @throws HttpError where this is no answer of a Bot API, as a proxy may give. */
function checked(method: string, response: Response): Response {
  const isOne = response?.ok
    ? (response.result ?? undefined) !== undefined &&
      (method !== "sendMessage" || Number.isInteger(Object(response.result).message_id))
    : response?.ok === false && Number.isInteger(response.error_code);
  if (isOne) return response;
  throw new HttpError("This is no answer of a Bot API.", { type: "invalid-json" });
}

function isNotReached(error: unknown): boolean {
  if (!(error instanceof HttpError)) return false;
  const { code, type } = Object(error.error);
  return NOT_REACHED.has(code) || type === "no-redirect";
}
