import { describe, expect } from "vitest";
import { it } from "../support/program.ts";
import { runBot } from "./run-bot.ts";

const MEASURES = "八条硬措施是哪八条？";
const NOWHERE = "量子计算机的价格是多少？";
const boldTitle = "麻地梁矿：六措并施保四季度安全";

describe("in a private chat", () => {
  it("a list comes as a list, the source stops early, and the article opens at the quote and closes again", async ({
    program,
  }) => {
    const { telegram } = await runBot(program);
    const you = telegram.private(7, { language_code: "zh-hans" });
    const answer = await you.waitForReply(you.says(MEASURES));
    expect(answer.text).toContain("1. 一体压实各级矿山安全生产责任\n2. 切实提高风险隐患排查整改质量");
    expect(answer.text).toContain("共 8 项，只有其中 2 项：原文到此为止。");
    expect(answer.text).toContain(`《${boldTitle}》 · 胡云峰 · page.txt · 第 1 段`);
    expect(answer.buttons).toEqual(["全文", "更多段落", "👍", "👎"]);
    expect(telegram.succeeded("sendChatAction")).not.toEqual([]);

    await you.presses(answer, "全文").answer();
    const article = await you.waitFor(({ id, isEdited }) => id === answer.id && isEdited);
    expect(article.text).toContain(boldTitle);
    expect(article.entities.map(({ type }) => type)).toContain("underline");
    await you.presses(article, "◀ 返回答案").answer();
    await you.waitFor(({ id, text }) => id === answer.id && text === answer.text);

    await you.presses(answer, "更多段落").answer();
    const more = await you.waitFor(({ id, text }) => id === answer.id && text !== answer.text);
    expect(more.entities.filter(({ type }) => type === "blockquote")).toHaveLength(3);
    await you.presses(more, "▶").answer();
    await you.waitFor(({ id, buttons }) => id === answer.id && buttons.includes("◀"));
  });

  it("an English question is answered in the original, which is told once, and feedback is taken", async ({
    program,
  }) => {
    const { telegram, restart } = await runBot(program);
    const you = telegram.private(8, { language_code: "en" });
    const first = await you.waitForReply(you.says("Who wrote the article about the fire drill?"));
    expect(first.text).toContain("秦洋");
    const told = "Quotes stay in the language of the article, word for word.";
    expect(first.text).toContain(told);
    expect((await you.presses(first, "👎").answer()).text).toMatch(/noted/);
    expect((await you.presses(first, "👎").answer()).text).toBe("Taken back.");
    await restart();
    const second = await you.waitForReply(you.says("What are the eight hard measures?"));
    expect(second.text).toContain("2 of 8: the source stops there.");
    expect(second.text).not.toContain(told);
    // What was asked before the restart is still there to be opened.
    await you.presses(first, "Full article").answer();
    await you.waitFor(({ id, buttons }) => id === first.id && buttons.includes("◀ Back to the answer"));
  });

  it("what the articles do not say is said so, with the nearest articles as buttons", async ({ program }) => {
    const { telegram } = await runBot(program);
    const you = telegram.private(9, { language_code: "zh-TW" });
    const answer = await you.waitForReply(you.says(NOWHERE));
    expect(answer.text).toBe("文章裡沒有找到答案。\n\n最接近的文章：");
    expect(answer.buttons).toHaveLength(3);
    await you.presses(answer, answer.buttons[0]!).answer();
    await you.waitFor(({ id, buttons }) => id === answer.id && buttons.includes("◀ 返回答案"));
  });

  it("an edited question has its answer edited, or sent anew where that was deleted", async ({ program }) => {
    const { telegram } = await runBot(program);
    const you = telegram.private(7, { language_code: "en" });
    const asked = you.says(NOWHERE);
    const answer = await you.waitForReply(asked);
    you.edits(asked, MEASURES);
    const edited = await you.waitFor(({ id, isEdited }) => id === answer.id && isEdited);
    expect(edited.text).toContain("2 of 8");
    expect(you.messages.filter(({ isByBot }) => isByBot)).toHaveLength(1);

    await fetch(`${telegram.apiRoot}/bot${telegram.token}/deleteMessage`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ chat_id: 7, message_id: answer.id }),
    });
    you.edits(asked, "Who wrote the article about the fire drill?");
    const anew = await you.waitForReply(asked, ({ text }) => text.includes("秦洋"));
    expect(anew.id).not.toBe(answer.id);
    you.edits(asked, MEASURES);
    await you.waitFor(({ id, text }) => id === anew.id && text.includes("2 of 8"));
  });

  it("the interface speaks the chosen language, also after a restart; quotes stay as they are", async ({
    program,
  }) => {
    const { telegram, restart } = await runBot(program);
    const you = telegram.private(7, { language_code: "en" });
    const choice = await you.waitForReply(you.says("/language"));
    await you.presses(choice, "繁體中文").answer();
    await you.waitFor(({ text }) => text === "好，我用繁體中文。");
    await restart();
    const answer = await you.waitForReply(you.says(MEASURES));
    expect(answer.text).toContain("一体压实各级矿山安全生产责任");
    expect(answer.text).toContain("共 8 項，只有其中 2 項：原文到此為止。");
    const menus = telegram.succeeded("setMyCommands").map(({ payload }) => payload);
    expect(menus.some(({ scope }) => (scope as { chat_id?: number }).chat_id === 7)).toBe(true);
  });

  it("/articles browses and opens articles, and deep links open one or ask", async ({ program }) => {
    const { telegram } = await runBot(program);
    const you = telegram.private(7, { language_code: "zh-hans" });
    const list = await you.waitForReply(you.says("/articles"));
    expect(list.text).toBe("共 8 篇文章：");
    expect(list.buttons).toHaveLength(8);
    await you.presses(list, list.buttons[7]!).answer();
    const article = await you.waitFor(({ id, isEdited }) => id === list.id && isEdited);
    await you.presses(article, "◀ 全部文章").answer();
    await you.waitFor(({ id, text }) => id === list.id && text === list.text);

    const [result] = (await you.asksInline("").answer()).results!;
    const url = (result!.reply_markup!.inline_keyboard[0]![0] as { url: string }).url;
    const opened = await you.waitForReply(you.says(`/start ${new URL(url).searchParams.get("start")}`));
    expect(opened.text).toContain((result as { title: string }).title);
    const payload = `q-${Buffer.from("八条硬措施是哪八条？").toString("base64url")}`;
    const answer = await you.waitForReply(you.says(`/start ${payload}`));
    expect(answer.text).toContain("一体压实各级矿山安全生产责任");
  });
});

describe("inline", () => {
  it("quotes come as results in any chat, and the articles for an empty query", async ({ program }) => {
    const { telegram } = await runBot(program);
    const group = telegram.group(-100);
    const you = group.member(7, { language_code: "en" });
    const { results } = await you.asksInline("八条硬措施是哪八条").answer();
    const sent = you.chooses(results![0]!);
    expect(sent.text).toContain("一体压实各级矿山安全生产责任");
    expect(sent.text).toContain("paragraph 1");
    const articles = (await you.asksInline("").answer()).results!;
    expect(articles).toHaveLength(8);
    const none = await you.asksInline(NOWHERE).answer();
    expect(none.button?.text).toBe("Not found in the articles");
    // The bot's own words, sent through a person, are no question to it.
    const next = await you.waitForReply(you.says("/ask@Wenbao_Bot 八条硬措施是哪八条？"));
    expect(group.messages.filter(({ isByBot }) => isByBot)).toEqual([next]);
  });
});

describe("in a group", () => {
  it("it answers where it is asked, in the right topic, and is silent otherwise", async ({ program }) => {
    const { telegram } = await runBot(program);
    // An admin bot is given every message: silence is the bot's own.
    const group = telegram.group(-100, { isForum: true, botIsAdmin: true });
    const topic = group.addTopic("安全");
    const [one, other] = [group.member(7, { language_code: "zh-hans" }), group.member(8)];
    for (const said of ["大家好", "八条硬措施是哪八条？", "What are the eight hard measures?", "谁写的?"]) {
      one.says(said);
      one.says(said, { topic });
    }
    const inTopic = await one.waitForReply(one.says(`@Wenbao_Bot ${MEASURES}`, { topic }));
    expect(inTopic.topic).toBe(topic);
    const inGeneral = await other.waitForReply(other.says("/ask What are the eight hard measures?"));
    expect(inGeneral.topic).toBeUndefined();
    expect(inGeneral.text).toContain("2 of 8");
    const picture = other.sendsDocument("photo.jpg", new Uint8Array([1]), {
      caption: "@wenbao_bot Who wrote the article about the fire drill?",
    });
    expect((await other.waitForReply(picture)).text).toContain("秦洋");
    const above = other.says(MEASURES, { topic });
    const asked = other.says("/ask", { topic, replyTo: above });
    expect((await other.waitForReply(asked)).text).toContain("2 of 8");
    expect(group.messages.filter(({ isByBot }) => isByBot)).toHaveLength(4);
  });

  it("a reply to an answer is a question too, and another person's buttons open it for all", async ({
    program,
  }) => {
    const { telegram } = await runBot(program);
    const group = telegram.group(-100);
    const [one, other] = [
      group.member(7, { language_code: "zh-hans" }),
      group.member(8, { language_code: "zh-hant" }),
    ];
    const answer = await one.waitForReply(one.says(`/ask ${MEASURES}`));
    const next = await other.waitForReply(other.says("谁写了消防应急演练的文章？", { replyTo: answer }));
    expect(next.text).toContain("秦洋");
    await other.presses(answer, "全文").answer();
    await one.waitFor(({ id, isEdited }) => id === answer.id && isEdited);
  });

  it("answers are shown to the asker only where that is set, and to all where the server refuses", async ({
    program,
  }) => {
    const { telegram } = await runBot(program, { EPHEMERAL_ANSWERS: "on" });
    const group = telegram.group(-100, { botIsAdmin: true });
    const [one, other] = [group.member(7), group.member(8)];
    one.says(`/ask ${MEASURES}`);
    const whispered = await one.waitFor(({ isByBot }) => isByBot);
    expect(whispered.isWhispered).toBe(true);
    expect(other.messages.some(({ isByBot }) => isByBot)).toBe(false);
    await one.presses(whispered, "Full article").answer();
    await one.waitFor(({ isWhispered, text }) => isWhispered && text.includes(boldTitle));

    // Where the bot is no admin, Telegram lets it whisper only to who whispers.
    const lesser = telegram.group(-200);
    const you = lesser.member(7);
    you.says(`/ask ${MEASURES}`, { isWhispered: true });
    await you.waitFor(({ isByBot, isWhispered }) => isByBot && isWhispered);
    const openly = await you.waitForReply(you.says(`/ask ${MEASURES}`));
    expect(openly.isWhispered).toBe(false);
  });
});

describe("as a guest", () => {
  it("it answers in a chat that it is not in, where that is set", async ({ program }) => {
    const { telegram } = await runBot(program, { GUEST_MODE: "on" });
    const answer = await telegram
      .asksAsGuest(`@Wenbao_Bot ${MEASURES}`, { language_code: "zh-hans" })
      .answer();
    expect(JSON.stringify(answer)).toContain("一体压实各级矿山安全生产责任");
    const { payload } = telegram.calls.find(({ method }) => method === "getUpdates")!;
    expect(payload.allowed_updates).toContain("guest_message");
  });
});
