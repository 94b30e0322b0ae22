import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { BotSettings } from "../../../src/config.ts";
import type { SayOptions } from "../../support/fake-bot-api/people.ts";
import { FAULTS, type FakeBotApi, startFakeBotApi } from "../../support/fake-bot-api.ts";
import { type ServedBot, serveBot } from "../../support/serve-bot.ts";

let telegram: FakeBotApi;
let bot: ServedBot;

beforeEach(async () => {
  telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
});

async function serve(settings: Partial<BotSettings> = {}): Promise<void> {
  bot = await serveBot(telegram, { settings });
}

const QUESTION = "长春一东高技能人才占比2023年是多少？";
const SURE = /长春一东/;
const textsOf = ({ messages }: { messages: readonly { text: string; isByBot: boolean }[] }) =>
  messages.filter(({ isByBot }) => isByBot).map(({ text }) => text);
/** Ends the bot when it has dealt with everything that was said. */
async function settle(): Promise<void> {
  await expect.poll(() => telegram.pending()).toEqual([]);
  await bot.stop();
}

describe("/autoanswer", () => {
  it("is turned on and off by the group's admins, and says which it is to everybody", async () => {
    await serve();
    const group = telegram.group(-100, { admins: [7], botIsAdmin: true });
    const [admin, member] = [group.member(7), group.member(8, { language_code: "zh-hans" })];
    const says = async (person: typeof admin, text: string) =>
      (await person.waitForReply(person.says(text))).text;
    expect(await says(member, "/autoanswer on")).toBe("只有本群管理员可以更改。");
    expect(await says(member, "/autoanswer")).toMatch(/^已关闭/);
    expect(await says(admin, "/autoanswer on")).toMatch(/^On: [^\n]*$/);
    expect(await says(member, "/autoanswer@Wenbao_Bot")).toMatch(/^已开启/);
    expect(await says(member, "/autoanswer off")).toBe("只有本群管理员可以更改。");
    expect(await says(admin, "/autoanswer OFF")).toMatch(/^Off/);
    const alone = telegram.private(7);
    expect(await says(alone, "/autoanswer on")).toBe("/autoanswer is for groups.");
  });

  it("knows the bot's admins and anonymous ones, and no channel", async () => {
    await serve();
    const group = telegram.group(-100);
    const says = async (sender: number) => {
      telegram.push({
        message: {
          ...{ message_id: 500 - sender, date: 1, chat: { id: -100, type: "supergroup", title: "Readers" } },
          from: { id: 1087968824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" },
          sender_chat: { id: sender, type: sender === -100 ? "supergroup" : "channel", title: "Readers" },
          text: "/autoanswer on",
          entities: [{ type: "bot_command", offset: 0, length: 11 }],
        },
      });
      const reply = await group
        .member(8)
        .waitFor(({ isByBot, replyTo }) => isByBot && replyTo === String(500 - sender));
      return reply.text;
    };
    expect(await says(-300)).toBe("Only admins of this group can change that.");
    expect(await says(-100)).toMatch(/^On/);
    const operator = group.member(1);
    expect((await operator.waitForReply(operator.says("/autoanswer off"))).text).toMatch(/^Off/);
  });

  it("says what keeps the bot from seeing what is not addressed to it", async () => {
    await serve();
    const group = telegram.group(-100, { admins: [7] });
    const admin = group.member(7);
    expect((await admin.waitForReply(admin.says("/autoanswer on"))).text).toContain("/setprivacy");
    telegram.group(-100, { admins: [7], botIsAdmin: true });
    expect((await admin.waitForReply(admin.says("/autoanswer on"))).text).not.toContain("/setprivacy");
  });
});

describe("a question that nobody put to the bot", () => {
  async function turnOn() {
    await serve();
    const group = telegram.group(-100, { botIsAdmin: true });
    bot.store.chats.change(-100, { autoAnswer: true });
    return group;
  }

  it("is answered where that is on and the answer is sure, without a sign of typing", async () => {
    const group = await turnOn();
    const you = group.member(7);
    const asked = you.says(QUESTION);
    const answer = await you.waitForReply(asked);
    expect(answer.text).toMatch(SURE);
    expect(answer.buttons).toContain("👍");
    await settle();
    expect(bot.store.asked.byReply(-100, answer.id)).toMatchObject({ surface: "auto", question: QUESTION });
    expect(telegram.succeeded("sendChatAction")).toEqual([]);
  });

  it("is answered in its topic", async () => {
    await serve();
    const forum = telegram.group(-100, { isForum: true, botIsAdmin: true });
    bot.store.chats.change(-100, { autoAnswer: true });
    const topic = forum.addTopic("新闻");
    const you = forum.member(7);
    expect((await you.waitForReply(you.says(QUESTION, { topic }))).topic).toBe(topic);
  });

  it("has its answer edited when it is edited, where that is sure as well", async () => {
    const group = await turnOn();
    const you = group.member(7);
    const asked = you.says(QUESTION);
    const answer = await you.waitForReply(asked);
    you.edits(asked, "八条硬措施是哪八条？");
    await you.waitFor(({ key, isEdited }) => key === answer.key && isEdited);
    await settle();
    expect(textsOf(group)).toHaveLength(1);
    expect(textsOf(group)[0]).toContain("一体压实各级矿山安全生产责任");
    expect(telegram.succeeded("editMessageText")).toHaveLength(1);
  });

  it("loses its answer when it is edited into what is in doubt, and finds another one", async () => {
    const group = await turnOn();
    const you = group.member(7);
    const asked = you.says(QUESTION);
    await you.waitForReply(asked);
    you.edits(asked, "大家早上好");
    await expect.poll(() => textsOf(group)).toEqual([]);
    you.edits(asked, "八条硬措施是哪八条？");
    await you.waitForReply(asked, ({ text }) => text.includes("一体压实各级矿山安全生产责任"));
  });

  it("is met with silence where it is off", async () => {
    await serve();
    const group = telegram.group(-100, { botIsAdmin: true });
    group.member(7).says(QUESTION);
    await settle();
    expect(textsOf(group)).toEqual([]);
  });

  it.each<[string, string, SayOptions?]>([
    ["a question without an answer", "谁赢得了世界杯？"],
    // A passage names the storage and its beginning, and gives no date.
    ["a question whose answer is in doubt", "储气库什么时候投产？"],
    ["no question", "长春一东高技能人才占比2023年很高。"],
    ["a forwarded question", QUESTION, { forwardedFrom: "Reader" }],
    ["a question to somebody", `@reader ${QUESTION}`],
    ["another command", `/settings ${QUESTION}`],
    ["another bot's command", `/ask@other_bot ${QUESTION}`],
    ["a question that is too long", `${"问".repeat(2001)}？`],
  ])("is met with silence where it is %s, and not kept", async (_, text, options = {}) => {
    const group = await turnOn();
    const said = group.member(7).says(text, options);
    await settle();
    expect(textsOf(group)).toEqual([]);
    expect(bot.store.asked.byMessage(-100, said.id)).toBeUndefined();
  });

  it("is met with silence where it replies to a person, in this chat or in another", async () => {
    const group = await turnOn();
    const you = group.member(7);
    you.says(QUESTION, { replyTo: group.member(8).says("你好。") });
    telegram.push({
      message: {
        ...{ message_id: 50, date: 1, chat: { id: -100, type: "supergroup", title: "Readers" } },
        ...{ from: you.user, text: QUESTION },
        external_reply: { origin: { type: "hidden_user", sender_user_name: "Reader", date: 1 } },
      },
    });
    await settle();
    expect(textsOf(group)).toEqual([]);
  });

  it("is met with silence beyond the limits, or where something breaks", async () => {
    await serve({ perMinute: { person: 1, chat: 100 } });
    const group = telegram.group(-100, { botIsAdmin: true });
    bot.store.chats.change(-100, { autoAnswer: true });
    const you = group.member(7);
    telegram.failNext("sendMessage", FAULTS.blocked);
    you.says(QUESTION);
    you.says(QUESTION);
    you.says("八条硬措施是哪八条？");
    await settle();
    expect(textsOf(group)).toEqual([]);
  });
});
