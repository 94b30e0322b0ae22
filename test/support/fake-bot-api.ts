import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Message, Update, UserFromGetMe } from "grammy/types";
import { createBell } from "./fake-bot-api/bell.ts";
import { readPayload } from "./fake-bot-api/body.ts";
import { createChats, seconds } from "./fake-bot-api/chats.ts";
import { createFaults, type Faults } from "./fake-bot-api/faults.ts";
import { createFiles } from "./fake-bot-api/files.ts";
import {
  askAsGuest,
  type Group,
  type GroupOptions,
  openGroup,
  openPrivate,
  type PrivateChat,
} from "./fake-bot-api/groups.ts";
import { memberMethods } from "./fake-bot-api/members.ts";
import { menuMethods } from "./fake-bot-api/menu.ts";
import { messageMethods } from "./fake-bot-api/messages.ts";
import type { Asked, PersonOptions } from "./fake-bot-api/people.ts";
import { createQueries } from "./fake-bot-api/queries.ts";
import { Refusal } from "./fake-bot-api/refusal.ts";
import { createUpdates, type Delivery, type NewUpdate } from "./fake-bot-api/updates.ts";

export { FAULTS, type Fault, flood, type Rule, upgraded } from "./fake-bot-api/faults.ts";

/** One call the bot made, with what it sent and what it was told; `response` is absent where nothing was done. */
export interface Call {
  readonly method: string;
  readonly payload: Record<string, unknown>;
  readonly response?: { readonly ok: boolean; readonly result?: unknown; readonly error_code?: number };
  /** It was done, and the answer got lost on the way. */
  readonly isLost?: true;
}

/** A call that was done, or refused, and whether the bot may know by now. */
export interface Step {
  readonly at: "done" | "answered";
  readonly method: string;
  readonly payload: Record<string, unknown>;
  readonly response: NonNullable<Call["response"]>;
}

export interface FakeBotApi {
  /** For `TELEGRAM_API_ROOT`. */
  readonly apiRoot: string;
  readonly token: string;
  readonly me: UserFromGetMe;
  /** A person's private chat with the bot. The person need not have said anything. */
  private(userId: number, options?: PersonOptions): PrivateChat;
  /** A supergroup with the bot in it; called again, it has the admins and the role of the bot that are named then. */
  group(chatId: number, options?: GroupOptions): Group;
  /** A question to the bot from a chat that it is not in. */
  asksAsGuest(text: string, options?: { chatId?: number; userId?: number; language_code?: string }): Asked;
  /** From now on the query is too old to be answered. */
  expire(query: Asked): void;
  /** Every call with the right token, in the order of their arrival at an answer. */
  readonly calls: readonly Call[];
  /** Calls of one method that succeeded. */
  succeeded(method: string): readonly Call[];
  /** Has an update for the bot; gives it the next `update_id` unless it brings its own, and returns it. */
  push(update: NewUpdate): number;
  /** As `push`, of anything, which the server itself keeps nothing of; `make` is given the next `update_id`. */
  pushAsIs(make: (update: { update_id: number }) => object): void;
  /** Has a private text message for the bot, from the user whose id is the chat's. */
  pushText(text: string, chatId?: number): number;
  failNext: Faults["failNext"];
  impose: Faults["impose"];
  stallPolls: Faults["stallPolls"];
  /** Hears of every call that was done, before its answer leaves and after; the function returned ends that. */
  watch(hear: (step: Step) => void): () => void;
  /** Nobody listens any more, and whoever is connected is cut off. */
  goAway(): Promise<void>;
  /** Listens again, at the same address. */
  comeBack(): Promise<void>;
  /** The first call of a method, past or to come, of which `holds` is true; rejects when none comes in time. */
  waitForCall(method: string, holds?: (call: Call) => boolean, timeoutMs?: number): Promise<Call>;
  /** Updates pushed that the bot has not confirmed. */
  pending(): readonly Update[];
  /** Whether a getUpdates waits for something to happen. */
  isPolled(): boolean;
  /** What was sent to the webhook. */
  readonly deliveries: readonly Delivery[];
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
  supports_inline_queries: true,
  supports_guest_queries: true,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
};

export interface FakeOptions {
  readonly token?: string;
  readonly port?: number;
  /** Methods that this server, older than the bot, does not know. */
  readonly lacks?: readonly string[];
  /** As a server of one's own with `--local`: files lie in this folder instead of being downloaded. */
  readonly localFilesDir?: string;
  /** How many calls are remembered at least; default: all. */
  readonly keptCalls?: number;
}

type Outcome = NonNullable<Call["response"]> & { description?: string; parameters?: object };
type Method = (payload: Record<string, unknown>, gone: AbortSignal) => unknown;

/** The method whose faults meet downloads. */
const DOWNLOAD = "download";

/** Starts a Bot API on 127.0.0.1 that behaves as Telegram's does as far as a bot can tell. */
export async function startFakeBotApi({
  token = "4242:fake-token-for-tests",
  port = 0,
  lacks = [],
  localFilesDir,
  keptCalls = Number.POSITIVE_INFINITY,
}: FakeOptions = {}): Promise<FakeBotApi> {
  const calls: Call[] = [];
  const faults = createFaults();
  const hearers = new Set<(step: Step) => void>();
  const bell = createBell();
  const chats = createChats(bell);
  const files = createFiles(localFilesDir);
  const updates = createUpdates(bell);
  const queries = createQueries(ME, chats, bell);
  const people = { me: ME, chats, queries, files, bell, push: updates.push };
  const methods: Readonly<Record<string, Method>> = {
    ...messageMethods(ME, chats, queries),
    ...memberMethods(ME, chats),
    ...menuMethods(chats),
    ...queries.methods,
    getMe: () => ME,
    getUpdates: updates.getUpdates,
    getWebhookInfo: updates.getWebhookInfo,
    setWebhook: (payload) => updates.setWebhook(payload),
    deleteWebhook: (payload) => updates.deleteWebhook(payload),
    getFile: files.getFile,
    logOut: () => true,
    close: () => true,
  };

  async function answer(
    method: string,
    payload: Record<string, unknown>,
    gone: AbortSignal,
  ): Promise<Outcome> {
    try {
      const call = lacks.includes(method) ? undefined : methods[method];
      if (!call) throw new Refusal(404, "Not Found: method not found");
      return { ok: true, result: await call(payload, gone) };
    } catch (error) {
      if (error instanceof Refusal)
        return failure(error.code, error.message, { retry_after: error.retryAfterS });
      throw error;
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, isFile, requestToken, rest = ""] =
      /^\/(file\/)?bot([^/]+)\/([^?]*)/.exec(request.url ?? "") ?? [];
    const payload = await readPayload(request, files);
    if (requestToken !== token) return respond(response, refuseToken(requestToken));
    const gone = new AbortController();
    response.on("close", () => {
      if (!response.writableFinished) gone.abort();
    });
    const method = isFile ? DOWNLOAD : rest;
    const { fault, slowMs } = faults.meet(method, payload);
    if (slowMs > 0) await sleep(slowMs);
    if (fault?.kind === "drop" || fault?.kind === "stall") {
      record({ method, payload });
      if (fault.kind === "drop") request.socket.destroy();
    } else if (fault?.kind === "garbage") {
      record({ method, payload });
      const { body, location } = fault;
      const headers = { "content-type": "application/json", ...(location ? { location } : {}) };
      response.writeHead(location ? 302 : 200, headers).end(body);
    } else if (fault?.kind === "error") {
      const outcome = failure(fault.code, fault.description, {
        retry_after: fault.retryAfterS,
        migrate_to_chat_id: fault.migratedTo,
      });
      record({ method, payload, response: outcome });
      respond(response, outcome);
    } else if (isFile) {
      sendFile(response, decodeURIComponent(rest), fault !== undefined);
    } else {
      const outcome = await answer(method, payload, gone.signal);
      if (faults.isStalled(method)) return record({ method, payload });
      record({ method, payload, response: outcome, ...(fault ? { isLost: true } : {}) });
      tell({ at: "done", method, payload, response: outcome });
      if (fault) request.socket.destroy();
      else respond(response, outcome, () => tell({ at: "answered", method, payload, response: outcome }));
    }
  }

  function sendFile(response: ServerResponse, path: string, isCut: boolean): void {
    const bytes = files.read(path);
    const outcome = bytes ? { ok: true } : failure(404, "Not Found");
    record({ method: DOWNLOAD, payload: { path }, response: outcome });
    if (!bytes) {
      respond(response, outcome);
      return;
    }
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": bytes.length });
    if (isCut) response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
    else response.end(bytes);
  }

  function record(call: Call): void {
    calls.push(call);
    if (calls.length >= 2 * keptCalls) calls.splice(0, keptCalls);
    bell.ring();
  }

  function tell(step: Step): void {
    for (const hear of hearers) hear(step);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => respond(response, failure(500, String(error))));
  });
  // Node closes a connection after five idle seconds, just when a busy bot may be sending on it.
  server.keepAliveTimeout = 60_000;
  const listen = async (at: number) => void (await once(server.listen(at, "127.0.0.1"), "listening"));
  const hangUp = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(port);
  const address = server.address() as AddressInfo;

  const api: FakeBotApi = {
    apiRoot: `http://127.0.0.1:${address.port}`,
    token,
    me: ME,
    private: (userId, options = {}) => openPrivate(userId, options, people),
    group: (chatId, options = {}) => openGroup(chatId, options, people),
    asksAsGuest: (text, options = {}) => askAsGuest(text, options, people),
    expire: ({ id }) => queries.expire(id),
    calls,
    succeeded: (method) => calls.filter((call) => call.method === method && call.response?.ok),
    push(update) {
      const message = update.message ?? update.edited_message ?? update.callback_query?.message;
      if (message) chats.learn(message as Message);
      queries.learn(update);
      return updates.push(update);
    },
    pushAsIs: (make) => void updates.pushMade(make),
    pushText: (text, chatId = 7) => api.push({ message: privateText(text, chatId, nextMessageId++) }),
    failNext: faults.failNext,
    impose: faults.impose,
    stallPolls: faults.stallPolls,
    watch(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    goAway: hangUp,
    comeBack: () => listen(address.port),
    waitForCall: (method, holds = () => true, timeoutMs = 5000) =>
      bell.until(
        () => calls.find((one) => one.method === method && holds(one)),
        timeoutMs,
        () => `No such ${method}; calls made: ${calls.map((call) => call.method).join(", ")}`,
      ),
    pending: updates.pending,
    isPolled: updates.isPolled,
    deliveries: updates.deliveries,
    close: () => {
      updates.close();
      return hangUp();
    },
  };
  let nextMessageId = 1000;
  return api;
}

function failure(
  code: number,
  description: string,
  parameters: Readonly<Record<string, number | undefined>> = {},
): Outcome {
  const isAny = Object.values(parameters).some((value) => value !== undefined);
  return { ok: false, error_code: code, description, ...(isAny ? { parameters } : {}) };
}

/** Telegram says 404 to what cannot be a token and 401 to what is not one. */
function refuseToken(token = ""): Outcome {
  return /^\d+:[\w-]+$/.test(token) ? failure(401, "Unauthorized") : failure(404, "Not Found");
}

function respond(response: ServerResponse, outcome: Outcome, sent?: () => void): void {
  response.writeHead(outcome.error_code ?? 200, { "content-type": "application/json" });
  response.end(JSON.stringify(outcome), sent);
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
