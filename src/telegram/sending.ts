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
const MAX_DELAY_MS = 3000;

/** Errors of a network over which nothing can have been sent. */
const NOT_REACHED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

type Api = Parameters<Transformer>[0];
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

  /** Tries until there is an answer that is one. */
  async function repeat(method: string, chat: string | undefined, attempt: () => Promise<Response>) {
    const start = performance.now();
    const isTimeLeft = (ms = 0) => performance.now() - start + ms < REPEATED_MS[method]!;
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs + 1000, MAX_DELAY_MS)) {
      if (chat !== undefined) await afterFlood(chat);
      try {
        const response = await attempt();
        if (response.ok) return response;
        if (response.error_code === 429) {
          // Some servers give no time, or no time at all.
          const waitS = Math.max(1, response.parameters?.retry_after ?? 1);
          // Nobody waits so long for the answer to a button.
          if (REPEATED_MS[method] === QUERY_MS && !isTimeLeft(1000 * waitS)) return IGNORED;
          metrics.retried("flood");
          log.info("telegram.flood-limit", { method, waitS });
          if (chat !== undefined) flooded.set(chat, performance.now() + 1000 * waitS);
          else await pause(1000 * waitS);
          continue;
        }
        // A token that was revoked ends the program; the next start has another one.
        const isRevoked = response.error_code === 401;
        if (!isRevoked && (response.error_code < 500 || !isTimeLeft())) return response;
        metrics.retried("server");
      } catch (error) {
        if (!(error instanceof HttpError) || stop?.aborted) throw error;
        const isAnswered = Object(error.error).type === "invalid-json";
        const isLasting = method === "sendMessage" && !isAnswered;
        if (!isLasting && !isTimeLeft()) throw error;
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
      const response = await call();
      if (response.ok) note(() => outbox.sent(key, response.result));
      else if (isForNow(response.error_code)) note(() => outbox.refused(key));
      else note(() => outbox.drop(key));
      return response;
    } catch (error) {
      if (isNotReached(error)) note(() => outbox.refused(key));
      throw error;
    }
  }

  function resentBlindly(reason: "restart" | "connection", { task, chat }: MessageKey): void {
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
      let reason: "restart" | "connection" = "restart";
      let isSaid = false;
      response = await repeat("sendMessage", chat, () =>
        inTurn(async () => {
          stop?.throwIfAborted();
          if (task.isWanted?.() === false) throw new NotWanted();
          if (isInDoubt && !isSaid) resentBlindly(reason, key);
          isSaid ||= isInDoubt;
          isInDoubt = false;
          try {
            return await hand(key, payload, () => call(payload));
          } catch (error) {
            isInDoubt = !isNotReached(error);
            reason = "connection";
            throw error;
          }
        }),
      );
      if (response.ok) metrics.sent();
    }
    if (response.ok) task.sent.set(chat, number + 1);
    return response;
  }

  const transformer = async (prev: Api, method: string, payload: Payload, given?: ApiSignal) => {
    const signal = given ?? (stop as ApiSignal | undefined);
    const call = async (sent: Payload): Promise<Response> => {
      const response = await prev(method as "sendMessage", sent as never, signal);
      const moved = response.ok ? undefined : response.parameters?.migrate_to_chat_id;
      // The group has become a supergroup, of which the update that says so comes later.
      return moved === undefined
        ? response
        : prev(method as "sendMessage", { ...sent, chat_id: moved } as never, signal);
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

/** Whether what is refused so may be taken later. */
function isForNow(code: number): boolean {
  return code === 401 || code === 429 || code >= 500;
}

function isNotReached(error: unknown): boolean {
  return error instanceof HttpError && NOT_REACHED.has(Object(error.error).code);
}
