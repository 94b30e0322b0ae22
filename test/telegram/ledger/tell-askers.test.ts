import { afterEach, beforeEach, expect, test } from "vitest";
import type { BotSettings } from "../../../src/config.ts";
import { openEditableLibrary } from "../../support/editable-library.ts";
import { type FakeBotApi, flood, startFakeBotApi } from "../../support/fake-bot-api.ts";
import { type ServedBot, serveBot } from "../../support/serve-bot.ts";

const PARKING = "What does parking at the east gate cost?";
const PRICE = "Parking at the east gate costs five yuan an hour.";

let telegram: FakeBotApi;
let bot: ServedBot;
beforeEach(async () => {
  telegram = await startFakeBotApi();
});
afterEach(async () => {
  await bot.stop();
  await telegram.close();
});

async function serve(settings: Partial<BotSettings>) {
  bot = await serveBot(telegram, { ...(await openEditableLibrary()), settings });
}

type Asker = Pick<ReturnType<FakeBotApi["private"]>, "says" | "waitForReply" | "waitFor" | "messages">;

async function asksInVain(asker: Asker, isWhispered = false) {
  const asked = asker.says(`/ask ${PARKING}`, { isWhispered });
  const reply = await asker.waitForReply(asked);
  expect([reply.isWhispered, reply.text]).toEqual([isWhispered, expect.stringContaining("Not found")]);
  return asked;
}

/** An admin answers, and everybody who is told has been. */
async function answers() {
  const admin = telegram.private(1);
  admin.presses(await admin.waitForReply(admin.says("/gaps")), "1");
  const prompt = await admin.waitFor(({ text }) => text.includes("Reply to this message"));
  expect((await admin.waitForReply(admin.says(PRICE, { replyTo: prompt }))).text).toMatch(/^✅/);
  // What the admin says next is handled when the askers have been told.
  await admin.waitForReply(admin.says("/help"));
}

const pricesSeen = ({ messages }: Pick<Asker, "messages">) =>
  messages.filter(({ isByBot, text }) => isByBot && text.includes(PRICE));

test("an answer that is withdrawn while it goes out says so, and one flooded asker keeps nobody else waiting for that", async () => {
  bot = await serveBot(telegram, { ...(await openEditableLibrary()) });
  const [slow, flooded, other] = [telegram.private(7), telegram.private(8), telegram.private(9)];
  for (const asker of [slow, flooded, other]) await asksInVain(asker);
  const lift = telegram.impose((method, { chat_id }) => {
    if (method === "sendMessage" && chat_id === 7) return { kind: "slow", ms: 4500 };
    return method === "editMessageText" && chat_id === 8 ? flood(4) : undefined;
  });
  await answers();
  const admin = telegram.private(1);
  const saved = admin.messages.find(({ text }) => text.startsWith("✅"))!;
  admin.presses(saved, /Undo/);
  const withdrawn = ({ text }: { text: string }) => text.includes("An admin withdrew this answer");
  await other.waitFor(withdrawn, 3000);
  expect(flooded.messages.some(withdrawn)).toBe(false);
  await slow.waitFor(withdrawn, 10_000);
  lift();
  await flooded.waitFor(withdrawn, 10_000);
}, 30_000);

test("whoever has to wait for the end of a flood limit keeps nobody waiting, and is not told what was withdrawn meanwhile", async () => {
  const corpus = await openEditableLibrary();
  bot = await serveBot(telegram, { ...corpus });
  const [flooded, other, admin] = [telegram.private(7), telegram.private(8), telegram.private(1)];
  await asksInVain(flooded);
  await asksInVain(other);
  const lift = telegram.impose((method, { chat_id }) =>
    method === "sendMessage" && chat_id === 7 ? flood(4) : undefined,
  );
  await answers();
  expect(pricesSeen(other)).toHaveLength(1);
  const saved = admin.messages.find(({ text }) => text.startsWith("✅"))!;
  await admin.presses(saved, /Undo/).answer();
  const prompt = admin.messages.find(({ text }) => text.includes("Reply to this message"))!;
  lift();
  const now = PRICE.replace("five", "six");
  expect((await admin.waitForReply(admin.says(now, { replyTo: prompt }))).text).toMatch(/^✅/);
  await flooded.waitFor(({ text }) => text.includes(now), 10_000);
  expect(pricesSeen(flooded)).toEqual([]);
}, 20_000);

test("what was asked by a whisper is told by a whisper, else in private, else not at all", async () => {
  await serve({ ephemeralAnswers: true });
  const led = telegram.group(-100, { botIsAdmin: true });
  const whispering = led.member(7);
  const other = led.member(8);
  await asksInVain(whispering, true);
  const lesser = telegram.group(-200);
  const [known, unknown] = [lesser.member(9), lesser.member(10)];
  const ownChat = telegram.private(9);
  await asksInVain(known, true);
  await asksInVain(unknown, true);
  await answers();
  expect(pricesSeen(whispering).map(({ isWhispered }) => isWhispered)).toEqual([true]);
  expect(pricesSeen(ownChat)).toHaveLength(1);
  for (const nothing of [other, known, unknown]) expect(pricesSeen(nothing)).toEqual([]);
  expect([led, lesser].flatMap(({ messages }) => messages)).toEqual([]);
});

test("what was asked by a whisper is not told openly either when answers are for everybody by now", async () => {
  await serve({ ephemeralAnswers: false });
  const group = telegram.group(-100);
  const asker = group.member(7);
  const asked = asker.says(`/ask ${PARKING}`, { isWhispered: true });
  await asker.waitFor(({ isByBot }) => isByBot);
  const before = group.messages.length;
  await answers();
  expect(asked.isWhispered).toBe(true);
  expect(group.messages).toHaveLength(before);
});

test("what everybody saw asked is told to the asker only where that is possible, else in reply", async () => {
  await serve({ ephemeralAnswers: true });
  const [led, lesser] = [telegram.group(-100, { botIsAdmin: true }), telegram.group(-200)];
  const [one, two] = [led.member(7), lesser.member(8)];
  one.says(`/ask ${PARKING}`);
  await one.waitFor(({ isWhispered }) => isWhispered);
  const asked = await asksInVain(two);
  await answers();
  expect(pricesSeen(one).map(({ isWhispered }) => isWhispered)).toEqual([true]);
  expect(pricesSeen(two).map(({ replyTo }) => replyTo)).toEqual([asked.key]);
});

test("in private nothing is told of a collection that is not asked there", async () => {
  await serve({ ephemeralAnswers: true });
  bot.store.chats.change(7, { collection: "staff" });
  const asker = telegram.group(-100).member(7);
  const own = telegram.private(7);
  await asksInVain(asker, true);
  await answers();
  expect([...pricesSeen(asker), ...pricesSeen(own)]).toEqual([]);
});

test("who is no longer admitted is not told", async () => {
  await serve({ access: { kind: "pairing" } });
  const at = Date.now();
  for (const id of [7, 8, -100]) {
    bot.store.admissions.invite({ id, language: "en", code: `CODE${id}` }, at, 0);
    bot.store.admissions.admit(`CODE${id}`, at, 0);
  }
  const [revoked, admitted] = [telegram.private(7), telegram.private(8)];
  const member = telegram.group(-100).member(9);
  for (const asker of [revoked, admitted, member]) await asksInVain(asker);
  const admin = telegram.private(1);
  await admin.waitForReply(admin.says("/revoke 7"));
  await answers();
  expect([revoked, admitted, member].map((asker) => pricesSeen(asker).length)).toEqual([0, 1, 1]);
});
