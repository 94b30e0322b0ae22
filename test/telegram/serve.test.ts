import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Assistant } from "../../src/assistant.ts";
import { AppError } from "../../src/errors.ts";
import { openStore } from "../../src/store/store.ts";
import { makeFolder } from "../index/sample.ts";
import { type Call, FAULTS, type FakeBotApi, flood, startFakeBotApi } from "../support/fake-bot-api.ts";
import { assistantWith, libraryOf, type ServedBot, serveBot } from "../support/serve-bot.ts";

let telegram: FakeBotApi;
let logged: string[];

beforeEach(async () => {
  telegram = await startFakeBotApi();
  // What was begun last ends first: the bot stops before its server.
  onTestFinished(telegram.close);
  logged = [];
});

const write = (event: string, fields?: Record<string, unknown>) =>
  void logged.push(`${event} ${JSON.stringify(fields)}`);
const log = { debug: write, info: write, warn: write, error: write };

/** Repeats the question, so that a test sees which answer is whose. */
const echo: Assistant["ask"] = async (question) => ({
  kind: "not-found",
  question,
  language: "en",
  confidence: 0,
  nearest: [{ articleId: question as never, title: question }],
});

function serve({ ask = echo, token = telegram.token } = {}): Promise<ServedBot> {
  const library = libraryOf(assistantWith(ask));
  return serveBot(telegram, { library, token, log });
}

const answersTo = (text: string) => (call: Call) =>
  call.response?.ok === true && JSON.stringify(call.payload.reply_markup ?? {}).includes(`“${text}”`);
const answered = (text: string, timeoutMs?: number) =>
  telegram.waitForCall("sendMessage", answersTo(text), timeoutMs);
const countAnswers = (text: string) => telegram.calls.filter(answersTo(text)).length;

async function openLongPoll(): Promise<void> {
  while (!telegram.isPolled()) await sleep(5);
}

describe("serveTelegram", () => {
  it("answers what waited for it and what comes while it polls, each once", async () => {
    telegram.pushText("first");
    await serve();
    await answered("first");
    await openLongPoll();
    telegram.pushText("second");
    await answered("second");
    await openLongPoll();
    expect([countAnswers("first"), countAnswers("second")]).toEqual([1, 1]);
    expect(telegram.pending()).toEqual([]);
  });

  it("takes over from a webhook and fills the menu of commands in two languages", async () => {
    await serve();
    await telegram.waitForCall("deleteWebhook");
    await telegram.waitForCall("setMyCommands", ({ payload }) => payload.language_code === undefined);
    await telegram.waitForCall("setMyCommands", ({ payload }) => payload.language_code === "zh");
  });

  it("has an admin's menu speak the language that the admin chose, in whatever language the app is", async () => {
    const admin = telegram.private(1, { language_code: "zh-hans" });
    admin.says("/help");
    const bot = await serve();
    await openLongPoll();
    const menusOf = async () => {
      const menus = telegram.succeeded("setMyCommands").map(({ payload }) => payload);
      const own = menus.filter(({ scope }) => (scope as { chat_id?: number }).chat_id === 1).slice(-2);
      const asks = own.map(({ commands }) => (commands as { description: string }[])[0]!.description);
      return { asks, codes: own.map(({ language_code }) => language_code) };
    };
    await expect.poll(menusOf).toEqual({ asks: ["Ask a question", "提一个问题"], codes: [undefined, "zh"] });
    const choice = await admin.waitForReply(admin.says("/language"));
    admin.presses(choice, "English");
    await expect
      .poll(menusOf)
      .toEqual({ asks: ["Ask a question", "Ask a question"], codes: [undefined, "zh"] });
    expect(bot.store.people.language(1)).toBe("en");
  });

  it("stops at once while a long poll is open", async () => {
    const bot = await serve();
    await openLongPoll();
    const start = Date.now();
    await bot.stop();
    expect(Date.now() - start).toBeLessThan(1000);
  });

  it("finishes what is in hand before it stops, and a restart answers nothing twice", async () => {
    let begun = () => {};
    const inHand = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow: Assistant["ask"] = async (question) => {
      begun();
      await sleep(300);
      return echo(question);
    };
    const bot = await serve({ ask: slow });
    telegram.pushText("slow");
    telegram.pushText("next");
    await inHand;
    await bot.stop();
    expect([countAnswers("slow"), countAnswers("next")]).toEqual([1, 1]);
    expect(telegram.pending()).toEqual([]);

    telegram.pushText("while away");
    await serve();
    await answered("while away");
    await openLongPoll();
    expect(countAnswers("slow")).toBe(1);
  });

  it("answers one chat while another waits, and a chat in the order of its questions", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await serve({
      ask: async (question) => (question === "held" ? held : Promise.resolve()).then(() => echo(question)),
    });
    telegram.pushText("held", 1);
    telegram.pushText("behind", 1);
    telegram.pushText("beside", 2);
    await answered("beside");
    expect(countAnswers("behind")).toBe(0);
    release();
    await answered("behind");
    const order = telegram
      .succeeded("sendMessage")
      .map(({ payload }) => /“(\w+)”/.exec(JSON.stringify(payload.reply_markup))?.[1]);
    expect(order).toEqual(["beside", "held", "behind"]);
  });

  it("does not answer an update twice that Telegram delivers twice", async () => {
    await serve();
    const update_id = telegram.pushText("once");
    await answered("once");
    await openLongPoll();
    const { payload } = telegram.succeeded("sendMessage")[0]!;
    // The same id again, as after a getUpdates whose offset got lost on the way.
    telegram.push({
      update_id,
      message: {
        message_id: 1,
        date: 1,
        chat: { id: 7, type: "private", first_name: "A" },
        text: "once",
      } as never,
    });
    telegram.pushText("after");
    await answered("after");
    expect(payload.chat_id).toBe(7);
    expect(countAnswers("once")).toBe(1);
  });

  it.each([
    ["a dropped connection", FAULTS.drop],
    ["a server error", FAULTS.serverError],
    ["a second program with the same token", FAULTS.conflict],
    ["a flood limit", flood(1)],
  ])("goes on after %s while polling", async (_, fault) => {
    telegram.failNext("getUpdates", fault);
    await serve();
    telegram.pushText("still here?");
    await answered("still here?");
    expect(logged.join("\n")).toMatch(/telegram\.(unreachable|conflict)/);
    expect(logged.join("\n")).toContain(telegram.apiRoot);
    expect(logged.join("\n")).not.toContain(telegram.token);
    expect(countAnswers("still here?")).toBe(1);
  });

  it("does not ask on and on where what comes has no number", async () => {
    const lift = telegram.impose((method) =>
      method === "getUpdates" ? { kind: "garbage", body: '{"ok":true,"result":[{}]}' } : undefined,
    );
    await serve();
    await sleep(1500);
    expect(telegram.calls.filter(({ method }) => method === "getUpdates").length).toBeLessThan(5);
    lift();
    const you = telegram.private(7);
    await you.waitForReply(you.says("a number"), undefined, 5000);
  });

  it("asks again where Telegram keeps a poll without ever answering it", async () => {
    telegram.failNext("getUpdates", { kind: "stall" });
    await serve();
    telegram.pushText("still here?");
    await answered("still here?", 8000);
    expect(logged.join("\n")).toContain("telegram.unreachable");
  });

  it("takes over again from a webhook that another program sets meanwhile", async () => {
    await serve();
    await openLongPoll();
    const other = new URLSearchParams({ url: "http://127.0.0.1:9/other" });
    await fetch(`${telegram.apiRoot}/bot${telegram.token}/setWebhook?${other}`, {
      method: "POST",
      body: other,
    });
    telegram.pushText("still here?");
    await answered("still here?", 10_000);
  });

  it("says once what is wrong, not with every try", async () => {
    const lift = telegram.impose((method) => (method === "getUpdates" ? FAULTS.conflict : undefined));
    await serve();
    const tries = () => telegram.calls.filter(({ method }) => method === "getUpdates").length;
    await expect.poll(tries, { timeout: 8000 }).toBeGreaterThan(2);
    lift();
    telegram.pushText("still here?");
    await answered("still here?", 8000);
    expect(logged.filter((line) => line.startsWith("telegram.conflict"))).toHaveLength(1);
    expect(logged.join("\n")).toContain("telegram.reached-again");
  });

  it("waits for Telegram when it starts without a network", async () => {
    telegram.failNext("getMe", FAULTS.drop);
    telegram.pushText("early");
    await serve();
    await answered("early");
  });

  it.each([
    ["a dropped connection", FAULTS.drop],
    ["a flood limit", flood(1)],
    ["a server error", FAULTS.serverError],
  ])("sends the answer once all the same after %s", async (_, fault) => {
    telegram.failNext("sendMessage", fault);
    await serve();
    telegram.pushText("hello");
    await answered("hello", 6000);
    await openLongPoll();
    expect(countAnswers("hello")).toBe(1);
  });

  it("obeys the flood limit: nothing is sent to the chat before its end", async () => {
    telegram.failNext("sendMessage", flood(1));
    await serve();
    telegram.pushText("hello");
    await telegram.waitForCall("sendMessage");
    const refusedAt = Date.now();
    await answered("hello");
    expect(Date.now() - refusedAt).toBeGreaterThanOrEqual(950);
  });

  it("ends a stop in time where an answer would have to wait longer for a flood limit", async () => {
    telegram.failNext("sendMessage", flood(100));
    const bot = await serveBot(telegram, { library: libraryOf(assistantWith(echo)), log, finishMs: 500 });
    telegram.pushText("hello");
    await telegram.waitForCall("sendMessage");
    const start = Date.now();
    await bot.stop();
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(logged.join("\n")).toContain("telegram.unfinished");
    expect(telegram.calls.filter(({ method }) => method === "sendMessage")).toHaveLength(1);
  });

  it("answers all the same where nothing can be kept, as on a full disk, and says so in the log", async () => {
    const store = openStore(await makeFolder());
    onTestFinished(store.close);
    const full = () => {
      throw new Error("database or disk is full");
    };
    const library = libraryOf(assistantWith(echo));
    await serveBot(telegram, { library, log, store: { ...store, asked: { ...store.asked, add: full } } });
    const you = telegram.private(7, { language_code: "en" });
    const answer = await you.waitForReply(you.says("hello"));
    expect(answer).toMatchObject({ text: expect.stringContaining("Not found"), buttons: [] });
    expect(logged.join("\n")).toContain("telegram.not-kept");
    expect(logged.join("\n")).toContain("disk is full");
  });

  it("goes on with others after one has blocked it", async () => {
    telegram.failNext("sendMessage", FAULTS.blocked);
    await serve();
    telegram.pushText("blocked", 1);
    await telegram.waitForCall("sendMessage");
    telegram.pushText("other", 2);
    await answered("other");
    expect(countAnswers("blocked")).toBe(0);
  });

  it.each([
    ["4242:wrong", "401 Unauthorized"],
    ["nonsense", "404 Not Found"],
  ])("ends with what to do where Telegram refuses the token %s", async (token, reason) => {
    const { ended } = await serve({ token });
    await expect(ended).rejects.toThrow(AppError);
    await expect(ended).rejects.toThrow(`Telegram refused the token (${reason}). Check TELEGRAM_BOT_TOKEN`);
    await expect(ended).rejects.not.toThrow(token);
  });

  it("ends where the token is revoked while it polls", async () => {
    telegram.failNext("getUpdates", { kind: "error", code: 401, description: "Unauthorized" });
    await expect((await serve()).ended).rejects.toThrow("Check TELEGRAM_BOT_TOKEN");
  });

  it("stops while it waits to try again", async () => {
    telegram.failNext("getMe", flood(60));
    const bot = await serve();
    await telegram.waitForCall("getMe");
    const start = Date.now();
    await bot.stop();
    expect(Date.now() - start).toBeLessThan(1000);
  });
});
