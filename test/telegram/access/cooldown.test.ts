import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Assistant } from "../../../src/assistant.ts";
import { type FakeBotApi, startFakeBotApi } from "../../support/fake-bot-api.ts";
import { assistantWith, libraryOf, type ServedBot, serveBot } from "../../support/serve-bot.ts";

let telegram: FakeBotApi;
let bot: ServedBot;
let at: number;

beforeEach(async () => {
  telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  at = Date.UTC(2026, 0, 1);
});

async function serve(perMinute: { person: number; chat: number }): Promise<void> {
  const ask: Assistant["ask"] = async (question) => ({
    ...{ kind: "not-found", question, language: "en", confidence: 0, nearest: [] },
  });
  const library = libraryOf(assistantWith(ask));
  bot = await serveBot(telegram, {
    settings: { perMinute, guestMode: true },
    library,
    now: () => new Date(at),
  });
}

const NOT_FOUND = "Not found in the articles.";
const textsOf = ({ messages }: { messages: readonly { text: string; isByBot: boolean }[] }) =>
  messages.filter(({ isByBot }) => isByBot).map(({ text }) => text);
/** Ends the bot when it has dealt with everything that was said. */
async function settle(): Promise<void> {
  await expect.poll(() => telegram.pending()).toEqual([]);
  await bot.stop();
}

describe("questions beyond the limit", () => {
  it("are met with one line that says when to ask again, then with silence, then answered", async () => {
    await serve({ person: 2, chat: 100 });
    const you = telegram.private(7);
    for (const text of ["one?", "two?"]) await you.waitForReply(you.says(text));
    at += 12_500;
    expect((await you.waitForReply(you.says("three?"))).text).toBe(
      "That is more than I can answer at once. Please ask again in 48 seconds.",
    );
    const silent = you.says("four?");
    const edited = you.edits(silent, "five?");
    const command = you.says("/ask six?");
    await you.waitForReply(you.says("/help"));
    at += 47_500;
    expect((await you.waitForReply(you.says("seven?"))).text).toBe(NOT_FOUND);
    expect(you.messages.some(({ replyTo }) => [silent.key, edited.key, command.key].includes(replyTo!))).toBe(
      false,
    );
  });

  it("are refused in the language of whoever asks", async () => {
    await serve({ person: 1, chat: 100 });
    const you = telegram.private(7, { language_code: "zh-hans" });
    you.says("一？");
    expect((await you.waitForReply(you.says("二？"))).text).toBe("问得太快，我来不及回答。请 60 秒后再问。");
  });

  it("count by person and by chat: one person's do not silence another, a chat's do", async () => {
    await serve({ person: 2, chat: 3 });
    const group = telegram.group(-100);
    const [you, other] = [group.member(7), group.member(8)];
    for (const text of ["/ask 1?", "/ask 2?", "/ask 3?"]) await you.waitForReply(you.says(text));
    expect((await other.waitForReply(other.says("/ask 4?"))).text).toBe(NOT_FOUND);
    expect((await other.waitForReply(other.says("/ask 5?"))).text).toMatch(/in 60 seconds/);
    other.says("/ask 6?");
    const alone = telegram.private(8);
    expect((await alone.waitForReply(alone.says("7?"))).text).toBe(NOT_FOUND);
    await settle();
    expect(textsOf(group).filter((text) => text !== NOT_FOUND)).toHaveLength(2);
  });

  it("may be an admin's, up to what is answered in a chat", async () => {
    await serve({ person: 1, chat: 3 });
    const admin = telegram.private(1);
    for (const text of ["1?", "2?", "3?", "4?"]) await admin.waitForReply(admin.says(text));
    expect(textsOf(admin).map((text) => text === NOT_FOUND)).toEqual([true, true, true, false]);
  });

  it("of guests are counted by person, and refused as others are", async () => {
    await serve({ person: 1, chat: 1 });
    const asks = (userId: number) => telegram.asksAsGuest("@Wenbao_Bot who?", { userId });
    const textOf = async (asked: ReturnType<typeof asks>) => (await asked.answer()).message?.text;
    expect(await textOf(asks(7))).toBe(NOT_FOUND);
    expect(await textOf(asks(7))).toMatch(/ask again in 60 seconds/);
    asks(7);
    expect(await textOf(asks(8))).toBe(NOT_FOUND);
    await settle();
    expect(telegram.succeeded("answerGuestQuery")).toHaveLength(3);
  });

  it("have no results inline and do not turn pages, both without a message", async () => {
    await serve({ person: 1, chat: 100 });
    const you = telegram.private(7);
    const answer = await you.waitForReply(you.says("/articles"));
    const inline = async (query: string) => (await you.asksInline(query).answer()).button !== undefined;
    const answered: boolean[] = [];
    for (let count = 0; count < 7; count++) answered.push(await inline("谁？"));
    expect(answered).toEqual([true, true, true, true, true, true, false]);
    telegram.push({
      callback_query: {
        ...{ id: "1", from: you.user, chat_instance: "7", data: "l:0", message: answer.raw },
      },
    });
    const { payload } = await telegram.waitForCall("answerCallbackQuery");
    expect(payload.text).toMatch(/ask again in 60 seconds/);
    expect(textsOf(you)).toHaveLength(1);
  });
});
