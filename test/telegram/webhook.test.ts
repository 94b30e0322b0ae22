import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "grammy/types";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Assistant } from "../../src/assistant.ts";
import { AppError } from "../../src/errors.ts";
import { openStore } from "../../src/store/store.ts";
import { createTurnOf } from "../../src/telegram/turn-of.ts";
import { makeFolder } from "../index/sample.ts";
import { FAULTS, type FakeBotApi, flood, startFakeBotApi } from "../support/fake-bot-api.ts";
import { freePort } from "../support/free-port.ts";
import { assistantWith, libraryOf, serveBot } from "../support/serve-bot.ts";

const SECRET = "only_Telegram-knows";

let telegram: FakeBotApi;
let logged: string[];
let webhook: { url: string; secret: string; port: number };

beforeEach(async () => {
  telegram = await startFakeBotApi();
  // What was begun last ends first: the bot stops before its server.
  onTestFinished(telegram.close);
  logged = [];
  const port = await freePort();
  webhook = { url: `http://127.0.0.1:${port}/bot/hook`, secret: SECRET, port };
});

/** Repeats the question, so that a test sees which answer is whose. */
const echo: Assistant["ask"] = async (question) => ({
  kind: "not-found",
  question,
  language: "en",
  confidence: 0,
  nearest: [{ articleId: question as never, title: question }],
});

const write = (event: string, fields?: Record<string, unknown>) =>
  void logged.push(`${event} ${JSON.stringify(fields)}`);
const log = { debug: write, info: write, warn: write, error: write };

const serve = (ask = echo) => serveBot(telegram, { library: libraryWith(ask), log, webhook });
const libraryWith = (ask: Assistant["ask"]) => libraryOf(assistantWith(ask));

const answersTo = (text: string) =>
  telegram
    .succeeded("sendMessage")
    .filter(({ payload }) => JSON.stringify(payload.reply_markup ?? {}).includes(`“${text}”`));
const isSet = () => telegram.waitForCall("setWebhook", ({ response }) => response?.ok === true);

describe("a webhook", () => {
  it("has updates sent to it with its secret, answers each once, and fetches none", async () => {
    const you = telegram.private(7);
    const first = you.says("first");
    await serve();
    expect((await isSet()).payload).toMatchObject({
      url: webhook.url,
      secret_token: SECRET,
      allowed_updates: ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"],
    });
    await you.waitForReply(first);
    await you.waitForReply(you.says("second"));
    // As after an answer that got lost on the way.
    telegram.push({ ...repeated("first"), update_id: telegram.deliveries[0]!.update_id });
    await you.waitForReply(you.says("third"));
    expect(["first", "second", "third"].map((text) => answersTo(text).length)).toEqual([1, 1, 1]);
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(telegram.calls.filter(({ method }) => /getUpdates|deleteWebhook/.test(method))).toEqual([]);
  });

  const update = { update_id: 1, ...repeated("forged") };
  const json = { "content-type": "application/json", "x-telegram-bot-api-secret-token": SECRET };
  it.each<[name: string, status: number, path: string, request: RequestInit]>([
    ["another path", 404, "/bot", {}],
    ["another method", 405, "/bot/hook", { method: "GET", body: null }],
    ["no secret", 401, "/bot/hook", { headers: { "content-type": "application/json" } }],
    ["another secret", 401, "/bot/hook", { headers: { ...json, "x-telegram-bot-api-secret-token": "x" } }],
    ["another kind of body", 415, "/bot/hook", { headers: { ...json, "content-type": "text/plain" } }],
    ["what is not JSON", 400, "/bot/hook", { body: "{" }],
    ["what is no update", 400, "/bot/hook", { body: '{"update_id":"1"}' }],
    [
      "a body above 1 MB",
      413,
      "/bot/hook",
      { body: JSON.stringify({ ...update, more: "x".repeat(2 ** 20) }) },
    ],
  ])("refuses %s with %i, in one line, and goes on", async (_, status, path, request) => {
    await serve();
    await isSet();
    const call = (more: RequestInit) =>
      fetch(`http://127.0.0.1:${webhook.port}${path}`, {
        method: "POST",
        headers: json,
        body: JSON.stringify(update),
        ...more,
      });
    const response = await call(request);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/^[A-Za-z ]+\n$/);
    const you = telegram.private(7);
    await you.waitForReply(you.says("next"));
    expect(answersTo("forged")).toEqual([]);
    expect(logged.join("\n")).not.toContain(SECRET);
  });

  it("finishes what is in hand before it stops; what comes meanwhile waits at Telegram for the next start", async () => {
    let begun = () => {};
    const inHand = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const bot = await serve(async (question) => {
      begun();
      await sleep(200);
      return echo(question);
    });
    await isSet();
    const you = telegram.private(7);
    you.says("slow");
    await inHand;
    const stopped = bot.stop();
    you.says("meanwhile");
    await stopped;
    expect([answersTo("slow").length, answersTo("meanwhile").length]).toEqual([1, 0]);
    expect(telegram.pending()).toHaveLength(1);
    await serve();
    await you.waitFor(({ buttons }) => buttons.includes("“meanwhile”"));
    expect(answersTo("slow")).toHaveLength(1);
  });

  it("sets it again where another program has taken it away", async () => {
    await serve();
    await isSet();
    await fetch(`${telegram.apiRoot}/bot${telegram.token}/deleteWebhook`);
    const you = telegram.private(7);
    await you.waitForReply(you.says("still there?"), undefined, 15_000);
    expect(logged.join("\n")).toContain("telegram.webhook-taken-away");
  });

  it("keeps what waits where its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const port = (other.address() as AddressInfo).port;
    const store = openStore(await makeFolder());
    onTestFinished(store.close);
    const open = () =>
      store.openInbox<Update>({
        ...{ keyOf: createTurnOf(), now: Date.now, source: `${telegram.me.id} at ${telegram.apiRoot}` },
      });
    for (let chat = 1; chat <= 30; chat++) telegram.pushText("kept", chat);
    open().put(telegram.pending());
    telegram.impose((method) => (method === "sendMessage" ? flood(100) : undefined));
    const bot = await serveBot(telegram, { webhook: { ...webhook, port }, store, finishMs: 50 });
    await expect(bot.ended).rejects.toThrow("WEBHOOK_PORT");
    expect(open().size()).toBe(30);
  });

  it("waits for Telegram when it starts without a network", async () => {
    telegram.failNext("setWebhook", FAULTS.drop);
    await serve();
    const you = telegram.private(7);
    await you.waitForReply(you.says("early"));
  });

  it("gives way to polling, which takes what has not been sent", async () => {
    const bot = await serve();
    await isSet();
    await bot.stop();
    const you = telegram.private(7);
    const asked = you.says("later");
    await serveBot(telegram, { library: libraryWith(echo), log });
    await you.waitForReply(asked);
  });

  it("says what to do where the port is taken", async () => {
    const other = createServer().listen(webhook.port, "127.0.0.1");
    await expect((await serve()).ended).rejects.toThrow(AppError);
    await expect((await serve()).ended).rejects.toThrow(
      `127.0.0.1:${webhook.port} (EADDRINUSE). Set WEBHOOK_PORT`,
    );
    other.close();
  });

  it("says what to do where Telegram does not take the address", async () => {
    const description = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook";
    telegram.failNext("setWebhook", { kind: "error", code: 400, description });
    const { ended } = await serve();
    await expect(ended).rejects.toThrow(AppError);
    await expect(ended).rejects.toThrow(`Telegram does not take WEBHOOK_URL (${description}). Give an https`);
  });
});

function repeated(text: string) {
  const chat = { id: 7, type: "private" as const, first_name: "Asker" };
  const from = { id: 7, is_bot: false, first_name: "Asker" };
  return { message: { message_id: 1, date: 1, chat, from, text } };
}
