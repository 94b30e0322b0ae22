import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { BotSettings } from "../../../src/config.ts";
import { type FakeBotApi, startFakeBotApi } from "../../support/fake-bot-api.ts";
import { type ServedBot, serveBot } from "../../support/serve-bot.ts";

let telegram: FakeBotApi;
let bot: ServedBot;
let at: number;

beforeEach(async () => {
  telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  at = Date.UTC(2026, 0, 1);
});

async function serve(access: BotSettings["access"], settings: Partial<BotSettings> = {}): Promise<void> {
  bot = await serveBot(telegram, {
    settings: { access, guestMode: true, ...settings },
    now: () => new Date(at),
  });
}

const DAY_MS = 86_400_000;
const QUESTION = "八条硬措施是哪八条？";
/** Of the answer to it. */
const ANSWER = /一体压实各级矿山安全生产责任/;
const PAIRING = /^I answer only where .*: ([A-Z2-9]{10})$/;
const codeIn = (text: string) => PAIRING.exec(text)?.[1] ?? "";
const textsOf = ({ messages }: { messages: readonly { text: string; isByBot: boolean }[] }) =>
  messages.filter(({ isByBot }) => isByBot).map(({ text }) => text);
/** Ends the bot when it has dealt with everything that was said. */
async function settle(): Promise<void> {
  await expect.poll(() => telegram.pending()).toEqual([]);
  await bot.stop();
}

describe("pairing", () => {
  it("tells a stranger once how to be admitted, and an admin admits by the code", async () => {
    await serve({ kind: "pairing" });
    const you = telegram.private(7, { first_name: "Asker", language_code: "en" });
    const line = await you.waitForReply(you.says(QUESTION));
    const code = codeIn(line.text);
    expect(bot.logged.join("\n")).toContain(
      `telegram.pairing ${JSON.stringify({ code, id: 7, name: "Asker" })}`,
    );
    you.says("And now?");
    you.edits(you.says("/start"), "/start q-eA");

    const admin = telegram.private(1, { language_code: "zh-hans" });
    expect((await admin.waitForReply(admin.says("/admit ABCDEFGHJK"))).text).toBe("没有这个代码。");
    expect((await admin.waitForReply(admin.says(`/admit ${code.toLowerCase()}`))).text).toContain(
      "已准许：7",
    );
    await you.waitFor(({ text }) => text.startsWith("My operator has admitted you"));
    expect((await admin.waitForReply(admin.says(`/admit ${code}`))).text).toBe("没有这个代码。");
    expect((await you.waitForReply(you.says(QUESTION))).text).toMatch(ANSWER);
    expect(textsOf(you)).toHaveLength(3);

    expect((await admin.waitForReply(admin.says("/revoke 7"))).text).toBe("不再准许：7。");
    const again = await you.waitForReply(you.says(QUESTION));
    expect(codeIn(again.text)).not.toBe("");
    expect(codeIn(again.text)).not.toBe(code);
  });

  it("speaks the stranger's language, then and when it lets them in", async () => {
    await serve({ kind: "pairing" });
    const you = telegram.private(7, { language_code: "zh-tw" });
    const { text } = await you.waitForReply(you.says("誰寫的？"));
    expect(text).toContain("我只在管理者准許的地方回答");
    const admin = telegram.private(1);
    admin.says(`/admit ${text.slice(-10)}`);
    await you.waitFor((message) => message.text.startsWith("管理者已經准許"));
  });

  it("gives another code when the first has expired, which admits no more", async () => {
    await serve({ kind: "pairing" });
    const you = telegram.private(7);
    const code = codeIn((await you.waitForReply(you.says("who?"))).text);
    at += DAY_MS + 1;
    const admin = telegram.private(1);
    expect((await admin.waitForReply(admin.says(`/admit ${code}`))).text).toBe("There is no such code.");
    const next = codeIn((await you.waitForReply(you.says("who?"))).text);
    expect((await admin.waitForReply(admin.says(`/admit ${next}`))).text).toContain("Admitted: 7");
  });

  it("is for admins to decide, in private", async () => {
    await serve({ kind: "pairing" });
    const you = telegram.private(7);
    const code = codeIn((await you.waitForReply(you.says("who?"))).text);
    you.says(`/admit ${code}`);
    const group = telegram.group(-100);
    group.member(1).says(`/admit ${code}`);
    await settle();
    expect(bot.store.admissions.isAdmitted(7)).toBe(false);
    expect(textsOf(you)).toHaveLength(1);
  });

  it("admits a group as a whole: told where it is addressed, and everybody in it may ask there", async () => {
    await serve({ kind: "pairing" });
    const group = telegram.group(-100, { botIsAdmin: true, title: "读者群" });
    const you = group.member(7);
    you.says("大家好，八条硬措施是哪八条？");
    you.says("/settings");
    const line = await you.waitForReply(you.says("@Wenbao_Bot who?"));
    group.member(8).says("@Wenbao_Bot who?");
    const code = codeIn(line.text);
    expect(bot.logged.join("\n")).toContain(JSON.stringify({ code, id: -100, name: "读者群" }));

    telegram.private(1).says(`/admit ${code}`);
    await you.waitFor(({ text }) => text.startsWith("My operator has admitted you"));
    const other = group.member(8);
    expect((await other.waitForReply(other.says(`@Wenbao_Bot ${QUESTION}`))).text).toMatch(ANSWER);
    expect(textsOf(group)).toHaveLength(3);
    const alone = telegram.private(8);
    expect(codeIn((await alone.waitForReply(alone.says(QUESTION))).text)).not.toBe("");
  });

  it("knows a group that becomes a supergroup as the same", async () => {
    await serve({ kind: "pairing" });
    const group = telegram.group(-100);
    const you = group.member(7);
    const { text } = await you.waitForReply(you.says("/ask who?"));
    const admin = telegram.private(1);
    await admin.waitForReply(admin.says(`/admit ${codeIn(text)}`));
    bot.store.chats.change(-100, { autoAnswer: true });
    const moved = telegram.group(-1000200);
    migrate(-100, -1000200);
    await expect.poll(() => bot.store.admissions.isAdmitted(-1000200)).toBe(true);
    expect(bot.store.admissions.isAdmitted(-100)).toBe(false);
    expect(bot.store.chats.settings(-1000200)).toEqual({ collection: null, autoAnswer: true });
    const there = moved.member(7);
    expect((await there.waitForReply(there.says(`/ask ${QUESTION}`))).text).toMatch(ANSWER);
  });

  it("warns where there is no admin to admit anybody", async () => {
    await serve({ kind: "pairing" }, { admins: new Set() });
    expect(bot.logged.join("\n")).toContain("telegram.nobody-can-admit");
  });
});

/** As Telegram tells of it, in both chats. */
function migrate(from: number, to: number): void {
  const service = { date: 1, from: { id: 7, is_bot: false, first_name: "Asker" } };
  telegram.push({
    message: {
      ...{ ...service, message_id: 900, chat: { id: from, type: "group", title: "Readers" } },
      migrate_to_chat_id: to,
    },
  });
  telegram.push({
    message: {
      ...{ ...service, message_id: 1, chat: { id: to, type: "supergroup", title: "Readers" } },
      migrate_from_chat_id: from,
    },
  });
}

describe("an allowlist", () => {
  const access = { kind: "allowlist" as const, ids: new Set([7, -100]) };

  it("lets its users ask anywhere, and everybody in its groups", async () => {
    await serve(access);
    const you = telegram.private(7);
    expect((await you.waitForReply(you.says(QUESTION))).text).toMatch(ANSWER);
    const elsewhere = telegram.group(-200).member(7);
    expect((await elsewhere.waitForReply(elsewhere.says(`/ask ${QUESTION}`))).text).toMatch(ANSWER);
    const other = telegram.group(-100).member(8);
    expect((await other.waitForReply(other.says(`/ask ${QUESTION}`))).text).toMatch(ANSWER);
    expect((await you.asksInline(QUESTION).answer()).results).not.toEqual([]);
  });

  it("tells strangers once, with the id that the operator would have to add", async () => {
    await serve(access);
    const [stranger, group] = [telegram.private(8), telegram.group(-200)];
    expect((await stranger.waitForReply(stranger.says(QUESTION))).text).toMatch(/to admit here: 8$/);
    const member = group.member(8, { language_code: "zh-hans" });
    expect((await member.waitForReply(member.says(`/ask ${QUESTION}`))).text).toBe(
      "我只在管理者准许的地方回答。这里的编号是：-200",
    );
    stranger.says("/articles");
    member.says("/ask again?");
    at += 100 * DAY_MS;
    stranger.says("/id");
    await settle();
    expect([textsOf(stranger), textsOf(group)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it("stays a list of what the operator wrote: a code of an earlier pairing admits nobody", async () => {
    await serve(access);
    bot.store.admissions.invite({ id: 8, language: "en", code: "CODE" }, at, at);
    bot.store.admissions.admit("CODE", at, at);
    const stranger = telegram.private(8);
    stranger.says(QUESTION);
    await settle();
    expect(textsOf(stranger).join()).not.toMatch(ANSWER);
  });

  it("knows a listed group that became a supergroup", async () => {
    await serve(access);
    const group = telegram.group(-1000200);
    migrate(-100, -1000200);
    const you = group.member(8);
    expect((await you.waitForReply(you.says(`/ask ${QUESTION}`))).text).toMatch(ANSWER);
  });

  it("has nothing for strangers: no inline results, no pressed buttons, no guests, no deep links", async () => {
    await serve(access);
    const friend = telegram.group(-200).member(7);
    const answer = await friend.waitForReply(friend.says(`/ask ${QUESTION}`));
    const stranger = telegram.group(-200).member(8);
    const inline = await telegram.private(8).asksInline(QUESTION).answer();
    expect([inline.results, inline.button]).toEqual([[], undefined]);
    expect((await telegram.private(8).asksInline("").answer()).results).toEqual([]);
    expect((await stranger.presses(answer, /Full article/).answer()).text).toBeUndefined();
    telegram.asksAsGuest(`@Wenbao_Bot ${QUESTION}`, { userId: 8, chatId: -100 });
    telegram.private(8).says(`/start q-${Buffer.from(QUESTION).toString("base64url")}`);
    await settle();
    expect(telegram.succeeded("answerGuestQuery")).toEqual([]);
    const shown = [...telegram.private(8).messages, ...stranger.messages].filter(({ isByBot }) => isByBot);
    expect(shown.filter(({ key, text }) => key !== answer.key && ANSWER.test(text))).toEqual([]);
    expect(telegram.succeeded("editMessageText")).toEqual([]);
  });
});

describe("/id", () => {
  it("tells a person's id, and in a group, where the bot is named, the group's", async () => {
    await serve({ kind: "open" });
    const you = telegram.private(7);
    expect((await you.waitForReply(you.says("/id"))).text).toBe("Your id: 7\nThis chat's id: 7");
    const member = telegram.group(-100).member(7, { language_code: "zh-hans" });
    member.says("/id");
    expect((await member.waitForReply(member.says("/id@Wenbao_Bot"))).text).toBe(
      "你的编号: 7\n本聊天的编号: -100",
    );
    expect(textsOf(telegram.group(-100))).toHaveLength(1);
  });
});

describe("where the bot is added to a group", () => {
  const added = (chatId: number, language_code = "en") => {
    telegram.group(chatId);
    const user = { id: 4242, is_bot: true, first_name: "Wenbao" };
    telegram.push({
      my_chat_member: {
        chat: { id: chatId, type: "supergroup", title: "Readers" },
        from: { id: 7, is_bot: false, first_name: "Asker", language_code },
        date: 1,
        old_chat_member: { status: "left", user },
        new_chat_member: { status: "member", user },
      },
    });
    return telegram.group(chatId);
  };

  it("says how to ask, in the language of whoever added it", async () => {
    await serve({ kind: "open" });
    added(-100, "zh-hans");
    await telegram
      .group(-100)
      .member(7)
      .waitFor(({ text }) => text.startsWith("大家好！提问请提到我（@Wenbao_Bot）"));
  });

  it("says how it is admitted, once", async () => {
    await serve({ kind: "pairing" });
    added(-100);
    await telegram
      .group(-100)
      .member(7)
      .waitFor(({ text }) => codeIn(text) !== "");
    added(-100);
    telegram.group(-100).member(7).says("/ask who?");
    await settle();
    expect(textsOf(telegram.group(-100))).toHaveLength(1);
  });

  it("is silent when it is removed, blocked or made an admin", async () => {
    await serve({ kind: "open" });
    const group = telegram.group(-100);
    const you = telegram.private(7);
    group.setBot("administrator");
    group.setBot("kicked");
    you.blocks();
    await settle();
    expect([...textsOf(group), ...textsOf(you)]).toEqual([]);
    expect(bot.logged.filter((line) => line.startsWith("telegram.removed"))).toHaveLength(2);
  });
});
