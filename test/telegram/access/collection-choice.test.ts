import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Assistant } from "../../../src/assistant.ts";
import { type FakeBotApi, startFakeBotApi } from "../../support/fake-bot-api.ts";
import { assistantWith, type ServedBot, serveBot } from "../../support/serve-bot.ts";

let telegram: FakeBotApi;
let bot: ServedBot;

beforeEach(async () => {
  telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  const ask: Assistant["ask"] = async (question) => ({
    ...{ kind: "not-found", question, language: "en", confidence: 0, nearest: [] },
  });
  bot = await serveBot(telegram, {
    library: {
      defaultCollection: "甲组",
      collections: () => ["", "甲组", "R&D <new>"],
      follow: () => assistantWith(ask),
    },
  });
});

describe("/collection", () => {
  it("chooses what a chat asks, says what it asks and what there is, and takes the choice back", async () => {
    const admin = telegram.group(-100).member(1);
    const says = async (text: string) => (await admin.waitForReply(admin.says(text))).text;
    const here = "Here, questions are answered from the collection 甲组.";
    // What other collections there are is not for everybody in a group.
    expect(await says("/collection")).toBe(here);
    const alone = telegram.private(1);
    expect((await alone.waitForReply(alone.says("/collection"))).text).toBe(
      `${here}\n\nThere are: /, 甲组, R&D <new> (/ is what lies in no collection).\n/collection NAME chooses one for this chat, /collection - takes the choice back.`,
    );
    expect(await says("/collection R&D <new>")).toBe(
      "Here, questions are answered from the collection R&D <new>.",
    );
    expect(bot.store.chats.settings(-100).collection).toBe("R&D <new>");
    expect(await says("/collection /")).toBe("Here, questions are answered from the collection /.");
    expect(bot.store.chats.settings(-100).collection).toBe("");
    expect(await says("/collection")).toContain("from the collection /.");
    expect(await says("/collection -")).toBe("Here, questions are answered from the collection 甲组.");
    expect(bot.store.chats.settings(-100).collection).toBeNull();
  });

  it("says clearly that there is no such collection, in the admin's language", async () => {
    const admin = telegram.private(1, { language_code: "zh-hans" });
    const { text } = await admin.waitForReply(admin.says("/collection 乙组"));
    expect(text).toMatch(/^没有文集 乙组。\n\n现有：\/, 甲组, R&D <new>（/);
    const long = await admin.waitForReply(admin.says(`/collection ${"长".repeat(4000)}`));
    expect(long.text).toMatch(/^没有文集 长+…。/);
  });

  it("is for the bot's admins: in a group nobody else gets a word, in private the help", async () => {
    const group = telegram.group(-100, { admins: [7] });
    const you = group.member(7);
    you.says("/collection");
    you.says("/collection /");
    const alone = telegram.private(7);
    expect((await alone.waitForReply(alone.says("/collection"))).text).not.toContain("甲组");
    await you.waitForReply(you.says("/ask who?"));
    expect(group.messages.filter(({ isByBot }) => isByBot)).toHaveLength(1);
    expect(bot.store.chats.settings(-100).collection).toBeNull();
  });
});
