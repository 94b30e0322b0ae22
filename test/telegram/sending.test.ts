import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "grammy/types";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Assistant } from "../../src/assistant.ts";
import { createHeartbeat } from "../../src/health/heartbeat.ts";
import { createMetrics } from "../../src/health/metrics.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { createTurnOf } from "../../src/telegram/turn-of.ts";
import { makeFolder } from "../index/sample.ts";
import {
  FAULTS,
  type FakeBotApi,
  type Fault,
  flood,
  startFakeBotApi,
  upgraded,
} from "../support/fake-bot-api.ts";
import { assistantWith, libraryOf, type ServedBot, serveBot } from "../support/serve-bot.ts";

let telegram: FakeBotApi;
let store: Store;

beforeEach(async () => {
  telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  store = openStore(await makeFolder());
  onTestFinished(store.close);
});

/** Repeats the question, so that a test sees which answer is whose. */
const echo: Assistant["ask"] = async (question) => ({
  kind: "not-found",
  question,
  language: "en",
  confidence: 0,
  nearest: [{ articleId: question as never, title: question }],
});

const serve = (partners: Parameters<typeof serveBot>[1] = {}): Promise<ServedBot> =>
  serveBot(telegram, { library: libraryOf(assistantWith(echo)), store, ...partners });

const textsSent = (chat: number) =>
  telegram
    .succeeded("sendMessage")
    .filter(({ payload }) => payload.chat_id === chat)
    .map(({ payload }) => JSON.stringify(payload.reply_markup ?? payload.text));
const openLongPoll = () => expect.poll(telegram.isPolled).toBe(true);

function openInbox() {
  const source = `${telegram.me.id} at ${telegram.apiRoot}`;
  return store.openInbox<Update>({ keyOf: createTurnOf(), now: Date.now, source });
}

/** As a program leaves it that was killed while it handled the update of a person's question. */
function leaveInHand(text: string, chat: number): string {
  const id = telegram.pushText(text, chat);
  const inbox = openInbox();
  inbox.put(telegram.pending().filter(({ update_id }) => update_id === id));
  return inbox.next()!.task;
}

describe("after the program was killed", () => {
  it("an update that was kept is handled, though Telegram brings it again, once", async () => {
    leaveInHand("kept", 7);
    await serve();
    await expect.poll(() => textsSent(7)).toHaveLength(1);
    await openLongPoll();
    await sleep(50);
    expect(textsSent(7)).toEqual([expect.stringContaining("“kept”")]);
    expect(openInbox().size()).toBe(0);
  });

  it("what Telegram has taken is not sent again, and the answer is known by its message", async () => {
    const key = { task: leaveInHand("taken", 7), chat: "7", number: 0 };
    store.outbox.begin(key, { chat_id: 7, text: "the answer" });
    store.outbox.sent(key, { message_id: 99, date: 1, chat: { id: 7, type: "private", first_name: "A" } });
    const bot = await serve();
    await expect.poll(() => store.asked.byReply(7, 99)?.question).toBe("taken");
    await bot.stop();
    expect(textsSent(7)).toEqual([]);
    expect(store.outbox.get(key)).toBeUndefined();
  });

  it("what Telegram may have taken is sent once more as it was, and counted", async () => {
    store.outbox.begin(
      { task: leaveInHand("in doubt", 7), chat: "7", number: 0 },
      { chat_id: 7, text: "the answer" },
    );
    const metrics = createMetrics(createHeartbeat(() => 0));
    const { logged } = await serve({ metrics });
    await expect.poll(() => textsSent(7)).toEqual(['"the answer"']);
    expect(logged.filter((line) => line.startsWith("telegram.resent-blindly"))).toHaveLength(1);
    expect(await metrics.text()).toContain('wenbao_messages_resent_blindly_total{reason="restart"} 1');
  });

  it("what Telegram surely did not take is sent as it is by now, and not counted as sent again", async () => {
    const key = { task: leaveInHand("waiting", 7), chat: "7", number: 0 };
    store.outbox.begin(key, { chat_id: 7, text: "what the articles said before" });
    store.outbox.refused(key);
    const { logged } = await serve();
    await expect.poll(() => textsSent(7)).toEqual([expect.stringContaining("“waiting”")]);
    expect(logged.join("\n")).not.toContain("telegram.resent-blindly");
  });

  it("a question is in the statistics once", async () => {
    leaveInHand("twice begun", 7);
    const message = telegram.pending()[0]!.message!;
    store.asked.add({
      ...{ at: Date.now(), surface: "private", chat: 7, topic: null, person: 7, collection: "" },
      ...{ language: "en", message: message.message_id, question: "twice begun", meant: "twice begun" },
      ...{ answer: await echo("twice begun"), ms: 1 },
    });
    await serve();
    await expect.poll(() => textsSent(7)).toHaveLength(1);
    expect(store.forget(7).questions).toBe(1);
  });

  it("an update that has ended the program again and again is answered with an apology", async () => {
    leaveInHand("deadly", 7);
    for (let times = 1; times < 100; times++) openInbox().next();
    const { logged } = await serve({
      library: libraryOf(assistantWith(() => expect.unreachable("It was asked once more."))),
    });
    await expect.poll(() => textsSent(7)).toEqual([expect.stringContaining("went wrong")]);
    expect(logged.join("\n")).toContain("telegram.given-up");
    await expect.poll(() => openInbox().size()).toBe(0);
  });
});

describe("a stop", () => {
  it("leaves what it could not finish to the next start, which sends it", async () => {
    telegram.failNext("sendMessage", flood(100));
    const bot = await serve({ finishMs: 100 });
    telegram.pushText("patient", 7);
    telegram.pushText("next", 7);
    await telegram.waitForCall("sendMessage");
    await bot.stop();
    expect(textsSent(7)).toEqual([]);
    expect(telegram.pending()).toEqual([]);
    await serve();
    await expect.poll(() => textsSent(7)).toHaveLength(2);
    expect(textsSent(7).join()).toMatch(/patient.*next/);
  });
});

describe("what is not done twice", () => {
  const dies = (method: string) =>
    telegram.impose((called) => (called === method ? { kind: "stall" } : undefined));

  it("a code that was used up admits, and the admin and the person are told", async () => {
    store.admissions.invite({ id: 55, language: "en", code: "ABCDEFGHJK" }, Date.now(), 0);
    const lift = dies("sendMessage");
    const [admin, person] = [telegram.private(1), telegram.private(55)];
    const bot = await serve({ settings: { access: { kind: "pairing" } }, finishMs: 50 });
    const said = admin.says("/admit ABCDEFGHJK");
    await expect.poll(() => store.admissions.isAdmitted(55)).toBe(true);
    await bot.stop();
    lift();
    await serve({ settings: { access: { kind: "pairing" } } });
    expect((await admin.waitForReply(said)).text).toContain("Admitted: 55.");
    await person.waitFor(({ text }) => text.startsWith("My operator has admitted you"));
  });

  it("a rating that was taken back stays so", async () => {
    const first = await serveBot(telegram, { store, finishMs: 50 });
    const person = telegram.private(7);
    const answer = await person.waitForReply(person.says("六措并施是哪个矿？"));
    await expect.poll(() => store.asked.byReply(7, answer.id)).toBeDefined();
    const { id } = store.asked.byReply(7, answer.id)!;
    store.asked.rate(id, 7, 1);
    const lift = dies("answerCallbackQuery");
    const press = person.presses(answer, "👍");
    await expect.poll(() => store.statistics.since(0).liked).toBe(0);
    await first.stop();
    lift();
    await serve();
    await press.answer();
    expect(store.asked.rate(id, 7, 1)).toBe(1);
  });
});

describe("a message", () => {
  it("is sent once more where the connection broke before Telegram said that it took it, and that is counted", async () => {
    telegram.failNext("sendMessage", FAULTS.dropAfter);
    const metrics = createMetrics(createHeartbeat(() => 0));
    await serve({ metrics });
    telegram.pushText("in doubt", 7);
    await expect.poll(() => textsSent(7), { timeout: 5000 }).toHaveLength(2);
    await expect.poll(metrics.text).toContain('wenbao_messages_resent_blindly_total{reason="connection"} 1');
  });

  it("goes out while another chat waits for the end of its flood limit", async () => {
    const lift = telegram.impose((method, { chat_id }) =>
      method === "sendMessage" && chat_id === 1 ? flood(1) : undefined,
    );
    await serve();
    telegram.pushText("flooded", 1);
    await telegram.waitForCall("sendMessage");
    telegram.pushText("beside", 2);
    await expect.poll(() => textsSent(2)).toHaveLength(1);
    expect(textsSent(1)).toEqual([]);
    lift();
    await expect.poll(() => textsSent(1), { timeout: 5000 }).toHaveLength(1);
  });

  it("goes to the supergroup that its group has become meanwhile", async () => {
    telegram.failNext("sendMessage", upgraded(-1007));
    telegram.group(-1007);
    await serve();
    telegram.group(-7).member(9).says("/ask upgraded");
    await expect.poll(() => textsSent(-1007)).toEqual([expect.stringContaining("“upgraded”")]);
    // There, its number is another message's.
    expect(telegram.succeeded("sendMessage")[0]!.payload).not.toHaveProperty("reply_parameters");
  });

  it.each<[name: string, fault: Fault]>([
    ["null", { kind: "garbage", body: "null" }],
    ["a result that is none", { kind: "garbage", body: '{"ok":true,"result":null}' }],
    ["a redirect", { kind: "garbage", body: "{}", location: "/elsewhere" }],
    ["a proxy's 404", { kind: "error", code: 404, description: "Not Found" }],
  ])("is sent once more after %s", async (_, fault) => {
    telegram.failNext("sendMessage", fault);
    await serve();
    telegram.pushText("persistent", 7);
    await expect
      .poll(() => textsSent(7), { timeout: 5000 })
      .toEqual([expect.stringContaining("“persistent”")]);
  });

  it("is counted as sent again each time that Telegram may have taken it", async () => {
    for (let i = 0; i < 2; i++) telegram.failNext("sendMessage", FAULTS.serverError);
    const metrics = createMetrics(createHeartbeat(() => 0));
    const { logged } = await serve({ metrics });
    telegram.pushText("failing", 7);
    await expect.poll(() => textsSent(7), { timeout: 6000 }).toHaveLength(1);
    expect(await metrics.text()).toContain('wenbao_messages_resent_blindly_total{reason="server"} 2');
    expect(logged.filter((line) => line.startsWith("telegram.resent-blindly"))).toHaveLength(2);
  });

  it("to a chat goes out while those to a dozen others are stalled", async () => {
    const lift = telegram.impose((method, { chat_id }) =>
      method === "sendMessage" && Number(chat_id) > 100 ? { kind: "stall" } : undefined,
    );
    const bot = await serve({ finishMs: 100 });
    for (let chat = 101; chat <= 112; chat++) telegram.pushText("stalled", chat);
    await expect
      .poll(() => telegram.calls.filter(({ method }) => method === "sendMessage").length, {
        timeout: 20_000,
      })
      .toBe(12);
    telegram.pushText("beside", 7);
    await expect.poll(() => textsSent(7), { timeout: 5000 }).toHaveLength(1);
    await bot.stop();
    lift();
  }, 30_000);

  it("does not wait long for one that Telegram does not answer", async () => {
    telegram.impose((method, { chat_id }) =>
      method === "sendMessage" && chat_id === 1 ? { kind: "stall" } : undefined,
    );
    await serve({ finishMs: 100 });
    telegram.pushText("stalled", 1);
    await telegram.waitForCall("sendMessage").catch(() => undefined);
    telegram.pushText("beside", 2);
    await expect.poll(() => textsSent(2), { timeout: 5000 }).toHaveLength(1);
  });
});

describe("where nothing can be written", () => {
  it("Telegram keeps what is not handled yet, and everybody is answered", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const openInbox: Store["openInbox"] = (...given) => ({
      ...store.openInbox(...given),
      put: () => {
        throw new Error("database or disk is full");
      },
    });
    const ask: Assistant["ask"] = async (question) => held.then(() => echo(question));
    const { logged } = await serve({
      library: libraryOf(assistantWith(ask)),
      store: { ...store, openInbox },
    });
    telegram.pushText("in memory", 7);
    await expect.poll(() => logged.join("\n")).toContain("telegram.not-kept");
    expect(telegram.pending()).toHaveLength(1);
    release();
    await expect.poll(() => textsSent(7)).toHaveLength(1);
    await expect.poll(telegram.pending).toEqual([]);
  });

  it("what was done before is not waited for, and others are heard", async () => {
    const done = openInbox();
    telegram.pushText("done before", 6);
    done.put(telegram.pending());
    done.done(done.next()!.update.update_id);
    telegram.pushText("new", 7);
    let isFull = true;
    const openFull: Store["openInbox"] = (given) => {
      const inbox = store.openInbox(given);
      const put: typeof inbox.put = (updates) => {
        if (isFull) throw new Error("database or disk is full");
        return inbox.put(updates);
      };
      return { ...inbox, put };
    };
    await serve({ store: { ...store, openInbox: openFull } });
    await expect.poll(() => textsSent(7)).toHaveLength(1);
    isFull = false;
    telegram.pushText("later", 8);
    await expect.poll(() => textsSent(8)).toHaveLength(1);
    expect(textsSent(6)).toEqual([]);
  });

  it("a stop ends all the same, and Telegram keeps what was not handled", async () => {
    const openInbox: Store["openInbox"] = (given) => ({
      ...store.openInbox(given),
      put: () => {
        throw new Error("database or disk is full");
      },
    });
    telegram.failNext("sendMessage", flood(100));
    const bot = await serve({ store: { ...store, openInbox }, finishMs: 100 });
    telegram.pushText("unhandled", 7);
    await telegram.waitForCall("sendMessage");
    const start = performance.now();
    await bot.stop();
    expect(performance.now() - start).toBeLessThan(5000);
    expect(telegram.pending()).toHaveLength(1);
  });
});
