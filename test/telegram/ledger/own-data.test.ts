import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../../src/store/store.ts";
import type { Answer, ArticleId } from "../../../src/types.ts";
import { type FakeBotApi, startFakeBotApi } from "../../support/fake-bot-api.ts";
import { type ServedBot, serveBot } from "../../support/serve-bot.ts";

const DAY_MS = 86_400_000;

let telegram: FakeBotApi;
let bot: ServedBot;
beforeEach(async () => {
  telegram = await startFakeBotApi();
});
afterEach(async () => {
  await bot.stop();
  await telegram.close();
});

async function openState() {
  const stateDir = await mkdtemp(join(tmpdir(), "wenbao-state-"));
  const store = openStore(stateDir);
  onTestFinished(async () => {
    store.close();
    await rm(stateDir, { recursive: true });
  });
  return { stateDir, store };
}

async function bytesOf(folder: string): Promise<Buffer> {
  const names = await readdir(folder);
  return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
}

test("/forget deletes what a person asked, rated and chose, from the bytes of the files and from admins' messages, after asking", async () => {
  const { stateDir, store } = await openState();
  bot = await serveBot(telegram, { store });
  const [person, other] = [
    telegram.private(7, { language_code: "zh-hans" }),
    telegram.private(8, { language_code: "zh-hans" }),
  ];
  await person.waitForReply(person.says("我的猫咪豆豆该去哪家医院看牙？"));
  const group = telegram.group(-100).member(7);
  await group.waitForReply(group.says("/ask Where did Doudou the cat hide the pearl?"));
  const answer = await person.waitForReply(person.says("麻地梁矿的六措是什么？"));
  await person.presses(answer, "👍").answer();
  await other.waitForReply(other.says("隔壁老树几岁了？"));
  store.people.setLanguage(7, "zh-Hans");
  const admin = telegram.private(1);
  const list = await admin.waitForReply(admin.says("/gaps"));
  for (const number of ["1", "2", "3"]) await admin.presses(list, number).answer();
  const traces = ["豆豆", "Doudou"].map((word) => Buffer.from(word));
  for (const trace of traces) expect((await bytesOf(stateDir)).includes(trace)).toBe(true);

  const asked = await person.waitForReply(person.says("/forget"));
  expect(asked.text).toContain("管理员对你的问题的答复是文章的一部分");
  await person.presses(asked, "保留").answer();
  expect(person.messages.at(-1)!.text).toBe("没有删除任何内容。");
  const again = await person.waitForReply(person.says("/forget"));
  await person.presses(again, "全部删除").answer();
  expect(person.messages.at(-1)!.text).toBe("已删除：3 个问题及答案、1 个评价，以及你的设置。");

  for (const trace of traces) expect((await bytesOf(stateDir)).includes(trace)).toBe(false);
  expect((await bytesOf(stateDir)).includes(Buffer.from("隔壁老树"))).toBe(true);
  expect(store.people.language(7)).toBeUndefined();
  expect(admin.messages.filter(({ text }) => text === "这些问题已被删除。")).toHaveLength(2);
  expect(admin.messages.filter(({ text, id }) => id !== list.id && /豆豆|Doudou/.test(text))).toEqual([]);
});

test("what is older than it may be is deleted at the start, with what depends on it", async () => {
  const { store } = await openState();
  const now = new Date("2026-11-26T12:00:00Z");
  for (const [days, question] of [
    [91, "很久以前的问题"],
    [89, "不久以前的问题"],
  ] as const)
    keep(store, { at: now.getTime() - days * DAY_MS, question });
  store.gaps.addPrompt({ chat: 1, message: 5 }, [1]);
  store.admissions.tell(8, now.getTime() - 91 * DAY_MS);
  store.admissions.tell(9, now.getTime() - 89 * DAY_MS);
  bot = await serveBot(telegram, { store, now: () => now, settings: { keepDays: 90 } });
  const person = telegram.private(7);
  await person.waitForReply(person.says("/help"));
  expect(store.gaps.open("", 0, 10).map(({ meant }) => meant)).toEqual(["不久以前的问题"]);
  expect(store.gaps.promptAt(1, 5)).toBeUndefined();
  expect([8, 9].filter((id) => store.admissions.tell(id, now.getTime()))).toEqual([8]);
});

test("/stats gives admins the figures of a week, a month and of all, percentiles by nearest rank", async () => {
  const { store } = await openState();
  const now = new Date("2026-11-26T12:00:00Z");
  for (let i = 1; i <= 20; i++)
    keep(store, {
      at: now.getTime() - (i <= 10 ? 1 : i <= 15 ? 20 : 50) * DAY_MS,
      ms: i * 100,
      person: i % 3,
      chat: i % 2 ? 70 : -100,
      surface: i % 2 ? "private" : "group",
    });
  store.asked.rate(1, 8, 1);
  store.asked.rate(2, 8, -1);
  bot = await serveBot(telegram, { store, now: () => now });
  const admin = telegram.private(1);
  const { text } = await admin.waitForReply(admin.says("/stats"));
  expect(text).toContain(
    "Last 7 days\n10 questions: 0 answered, 10 not found\n👍 1 · 👎 1\n3 people, 2 chats\nHalf within 500 ms, 95 % within 1.0 s\nprivate 5 · groups 5",
  );
  expect(text).toContain("Last 30 days\n15 questions");
  expect(text).toContain("All that is kept (90 days)\n20 questions");
  expect(text).toContain("Half within 1.0 s, 95 % within 1.9 s");
  expect(text).toMatch(/Without a good answer: 20 \(\/gaps\)$/);
  const stranger = telegram.private(7);
  expect((await stranger.waitForReply(stranger.says("/stats"))).text).toMatch(/^Wenbao answers only/);
});

test("the digest goes to each admin once a week that left gaps, on Monday at 9 or at the first start after, in the admin's language", async () => {
  const { store } = await openState();
  const monday = new Date(2026, 10, 23, 9, 5);
  const friday = new Date(2026, 10, 20, 12);
  const start = async (now: Date) => {
    bot = await serveBot(telegram, {
      store,
      now: () => now,
      settings: { digest: true, admins: new Set([1, 2, 3]) },
    });
    const asker = telegram.private(7);
    await asker.waitForReply(asker.says("/help"));
    await bot.stop();
  };
  const [admin, second] = [telegram.private(1), telegram.private(2)];
  store.people.setLanguage(1, "en");
  for (const [person, question] of [
    [7, "图书馆的无线网密码是什么？"],
    [8, "What is the library's wifi password?"],
    [8, "西门几点关？"],
  ] as const)
    keep(store, { at: friday.getTime(), person, chat: person, question });
  await start(friday);
  expect(admin.messages).toEqual([]);

  await start(monday);
  const digest = await admin.waitFor(({ isByBot }) => isByBot);
  expect(digest.text).toMatch(
    /^The last seven days\n\nQuestions without a good answer\n\n1\. .*\n2 people, 2 times · Nov 20/,
  );
  expect(digest.text).toContain("2. 西门几点关？\n1 person, once");
  expect(digest.text).toContain("3 questions: 0 answered, 3 not found");
  expect((await second.waitFor(({ isByBot }) => isByBot)).text).toMatch(/^最近七天/);

  await start(new Date(2026, 10, 25, 12));
  expect(admin.messages).toHaveLength(1);
  await start(new Date(2026, 11, 2, 12));
  expect(admin.messages).toHaveLength(1);
  const answer: Answer = {
    ...{ kind: "answered", question: "几点关？", language: "zh", confidence: 0.9 },
    quotes: [
      {
        ...{ text: "九点。", field: "text", articleId: "pool" as ArticleId, title: "游泳馆", authors: [] },
        ...{ paragraph: 1, start: 0, end: 3, citation: 1 },
      },
    ],
  };
  keep(store, { at: new Date(2026, 11, 4, 12).getTime(), answer });
  await start(new Date(2026, 11, 8, 12));
  expect(admin.messages).toHaveLength(1);
  // The third admin never wrote to the bot.
  expect(bot.logged.some((line) => line.startsWith("telegram.update-failed"))).toBe(false);
});

function keep(
  store: ReturnType<typeof openStore>,
  asked: Partial<Parameters<typeof store.asked.add>[0]>,
): number {
  const question = asked.question ?? "没有答案的问题";
  return store.asked.add({
    ...{
      at: 0,
      surface: "private",
      chat: 7,
      topic: null,
      person: 7,
      collection: "",
      language: "en",
      message: 1,
    },
    ...{ question, meant: question, ms: 5 },
    answer: { kind: "not-found", question, language: "zh", confidence: 0, nearest: [] },
    ...asked,
  });
}
