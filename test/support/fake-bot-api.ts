import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Message, Update, UserFromGetMe } from "grammy/types";
import { readTelegramHtml } from "../telegram/html.ts";

/** One call the bot made, with what it sent and what it was told; `response` is absent where the connection was dropped. */
export interface Call {
  readonly method: string;
  readonly payload: Record<string, unknown>;
  readonly response?: { readonly ok: boolean; readonly result?: unknown; readonly error_code?: number };
}

/** What happens to a call in place of an answer. `drop` cuts the connection before anything is done. */
export type Fault =
  | { readonly kind: "drop" }
  | {
      readonly kind: "error";
      readonly code: number;
      readonly description: string;
      readonly retryAfterS?: number;
    };

export const FAULTS = {
  drop: { kind: "drop" },
  serverError: { kind: "error", code: 500, description: "Internal Server Error" },
  cannotParse: { kind: "error", code: 400, description: "Bad Request: can't parse entities: here" },
  blocked: { kind: "error", code: 403, description: "Forbidden: bot was blocked by the user" },
  conflict: {
    kind: "error",
    code: 409,
    description:
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  },
} as const satisfies Record<string, Fault>;

export const flood = (retryAfterS: number): Fault => ({
  kind: "error",
  code: 429,
  description: `Too Many Requests: retry after ${retryAfterS}`,
  retryAfterS,
});

export interface FakeBotApi {
  /** For `TELEGRAM_API_ROOT`. */
  readonly apiRoot: string;
  readonly token: string;
  readonly me: UserFromGetMe;
  /** Every call with the right token, in the order of their arrival at an answer. */
  readonly calls: readonly Call[];
  /** Calls of one method that succeeded. */
  succeeded(method: string): readonly Call[];
  /** Has an update for the bot; gives it the next `update_id` unless it brings its own, and returns it. */
  push(update: Omit<Update, "update_id"> & { update_id?: number }): number;
  /** Has a private text message for the bot, from the user whose id is the chat's. */
  pushText(text: string, chatId?: number): number;
  /** The next call of this method is met by this fault; called again, the one after it, and so on. */
  failNext(method: string, fault: Fault): void;
  /** The first call of a method, past or to come, of which `holds` is true; rejects when none comes in time. */
  waitForCall(method: string, holds?: (call: Call) => boolean, timeoutMs?: number): Promise<Call>;
  /** Updates pushed that the bot has not confirmed. */
  pending(): readonly Update[];
  /** Whether a getUpdates waits for something to happen. */
  isPolled(): boolean;
  close(): Promise<void>;
}

/** The bot, as getMe tells it. */
export const ME: UserFromGetMe = {
  id: 4242,
  is_bot: true,
  first_name: "Wenbao",
  username: "Wenbao_Bot",
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
};

type Outcome = NonNullable<Call["response"]> & { description?: string; parameters?: { retry_after: number } };

const success = (result: unknown): Outcome => ({ ok: true, result });
const failure = (code: number, description: string, retryAfterS?: number): Outcome => ({
  ok: false,
  error_code: code,
  description,
  ...(retryAfterS === undefined ? {} : { parameters: { retry_after: retryAfterS } }),
});

/** Starts a Bot API on 127.0.0.1 that behaves as Telegram's does as far as a bot can tell. */
export async function startFakeBotApi({
  token = "4242:fake-token-for-tests",
  port = 0,
} = {}): Promise<FakeBotApi> {
  const calls: Call[] = [];
  const faults = new Map<string, Fault[]>();
  const watchers = new Set<() => void>();
  let updates: Update[] = [];
  let nextUpdateId = 100;
  let nextMessageId = 1000;
  /** Ends the long poll that is open, with what there is or with a conflict. */
  let openPoll: ((outcome?: Outcome) => void) | undefined;

  async function answer(
    method: string,
    payload: Record<string, unknown>,
    gone: AbortSignal,
  ): Promise<Outcome> {
    switch (method) {
      case "getMe":
        return success(ME);
      case "getUpdates":
        return getUpdates(payload, gone);
      case "getWebhookInfo":
        return success({ url: "", has_custom_certificate: false, pending_update_count: updates.length });
      case "sendMessage":
        return sendMessage(payload);
      case "sendChatAction":
      case "setMyCommands":
      case "deleteWebhook":
      case "answerInlineQuery":
      case "answerCallbackQuery":
        return success(true);
      default:
        return failure(404, "Not Found: method not found");
    }
  }

  async function getUpdates(payload: Record<string, unknown>, gone: AbortSignal): Promise<Outcome> {
    const {
      offset = 0,
      timeout = 0,
      limit = 100,
    } = payload as { offset?: number; timeout?: number; limit?: number };
    openPoll?.(failure(409, FAULTS.conflict.description));
    updates = updates.filter(({ update_id }) => update_id >= offset);
    if (updates.length === 0 && timeout > 0) {
      let end: (outcome?: Outcome) => void = () => {};
      const ended = new Promise<Outcome | undefined>((resolve) => {
        end = resolve;
      });
      openPoll = end;
      setTimeout(() => end(), 1000 * timeout).unref();
      gone.addEventListener("abort", () => end());
      const outcome = await ended;
      if (openPoll === end) openPoll = undefined;
      if (outcome) return outcome;
    }
    return success(updates.slice(0, limit));
  }

  function sendMessage({ chat_id, text, parse_mode }: Record<string, unknown>): Outcome {
    let shown = String(text ?? "");
    try {
      if (parse_mode === "HTML") shown = readTelegramHtml(shown);
    } catch (error) {
      return failure(400, error instanceof Error ? error.message : String(error));
    }
    if (shown.trim() === "") return failure(400, "Bad Request: message text is empty");
    if (shown.length > 4096) return failure(400, "Bad Request: message is too long");
    const chat = { id: Number(chat_id), type: "private", first_name: "?" };
    return success({ message_id: nextMessageId++, date: seconds(), chat, from: ME, text: shown });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, requestToken, method = ""] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? "") ?? [];
    let body = "";
    for await (const chunk of request) body += chunk;
    if (requestToken !== token) return respond(response, refuseToken(requestToken));
    const payload: Record<string, unknown> = body === "" ? {} : JSON.parse(body);
    const gone = new AbortController();
    response.on("close", () => gone.abort());

    const fault = faults.get(method)?.shift();
    if (fault?.kind === "drop") {
      record({ method, payload });
      request.socket.destroy();
      return;
    }
    const outcome = fault
      ? failure(fault.code, fault.description, fault.retryAfterS)
      : await answer(method, payload, gone.signal);
    record({ method, payload, response: outcome });
    respond(response, outcome);
  }

  function record(call: Call): void {
    calls.push(call);
    for (const watch of watchers) watch();
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => respond(response, failure(500, String(error))));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  const api: FakeBotApi = {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    me: ME,
    calls,
    succeeded: (method) => calls.filter((call) => call.method === method && call.response?.ok),
    push(update) {
      const update_id = update.update_id ?? nextUpdateId;
      nextUpdateId = Math.max(nextUpdateId, update_id) + 1;
      updates.push({ ...update, update_id } as Update);
      openPoll?.();
      return update_id;
    },
    pushText: (text, chatId = 7) => api.push({ message: privateText(text, chatId, nextMessageId++) }),
    failNext(method, fault) {
      faults.set(method, [...(faults.get(method) ?? []), fault]);
    },
    waitForCall: (method, holds = () => true, timeoutMs = 5000) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const call = calls.find((one) => one.method === method && holds(one));
          if (call) end(() => resolve(call));
        };
        const late = (): void => {
          const made = calls.map((call) => call.method).join(", ");
          end(() => reject(new Error(`No such ${method} within ${timeoutMs} ms; calls made: ${made}`)));
        };
        const timer = setTimeout(late, timeoutMs);
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          settle();
        };
        watchers.add(look);
        look();
      }),
    pending: () => updates,
    isPolled: () => openPoll !== undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
}

/** Telegram says 404 to what cannot be a token and 401 to what is not one. */
function refuseToken(token = ""): Outcome {
  return /^\d+:[\w-]+$/.test(token) ? failure(401, "Unauthorized") : failure(404, "Not Found");
}

function respond(response: ServerResponse, outcome: Outcome): void {
  response.writeHead(outcome.error_code ?? 200, { "content-type": "application/json" });
  response.end(JSON.stringify(outcome));
}

function privateText(text: string, chatId: number, messageId: number): Message & Update.NonChannel {
  const from = { id: chatId, is_bot: false, first_name: "Asker", language_code: "en" };
  const entities = text.startsWith("/")
    ? [{ type: "bot_command" as const, offset: 0, length: text.split(/\s/)[0]!.length }]
    : [];
  return {
    message_id: messageId,
    date: seconds(),
    chat: { id: chatId, type: "private", first_name: "Asker" },
    from,
    text,
    entities,
  };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
