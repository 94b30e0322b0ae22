import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { openEditableLibrary } from "../../support/editable-library.ts";
import { type FakeBotApi, startFakeBotApi } from "../../support/fake-bot-api.ts";
import { articleFile, openLiveCorpus } from "../../support/live-corpus.ts";
import { type ServedBot, serveBot } from "../../support/serve-bot.ts";

const WIFI = "图书馆的无线网密码是什么？";
const ANSWER = "图书馆的无线网密码是 reading2026，每月一号更换。";

let telegram: FakeBotApi;
let bot: ServedBot;
beforeEach(async () => {
  telegram = await startFakeBotApi();
});
afterEach(async () => {
  await bot.stop();
  await telegram.close();
});

async function serve(options: { finishMs?: number } = {}) {
  const corpus = await openEditableLibrary();
  bot = await serveBot(telegram, { ...corpus, ...options });
  return { corpus, ...bot };
}

/** Has somebody ask what is not found. */
async function asksInVain(
  person: ReturnType<FakeBotApi["private"]>,
  text: string,
  replies = /没有找到|沒有找到|Not found/,
) {
  const asked = person.says(text);
  await person.waitForReply(asked, (one) => replies.test(one.text));
  return asked;
}

describe("the gap ledger", () => {
  test("shows what was asked in vain, grouped by meaning across languages, and an admin's reply answers it for all who asked", async () => {
    const { corpus, store } = await serve();
    const [lin, mei] = [
      telegram.private(7, { language_code: "zh-hans" }),
      telegram.private(8, { language_code: "zh-hant" }),
    ];
    await asksInVain(lin, WIFI);
    await asksInVain(lin, WIFI);
    const group = telegram.group(-100, { isForum: true });
    const topic = group.addTopic("Library");
    const ben = group.member(9);
    const benAsked = ben.says("/ask What is the library's wifi password?", { topic });
    await ben.waitForReply(benAsked);
    await asksInVain(mei, "食堂中午供應什麼菜？");

    const admin = telegram.private(1, { language_code: "zh-hans" });
    const list = await admin.waitForReply(admin.says("/gaps"));
    expect(list.text).toContain(`1. ${WIFI}\n2 人问过，共 3 次 · `);
    expect(list.text).toMatch(/英语 · 中文|中文 · 英语/);
    expect(list.text).toContain("2. 食堂中午供應什麼菜？\n1 人问过");
    expect(await admin.presses(list, "1").answer()).toBeTruthy();
    const prompt = await admin.waitFor(({ text }) => text.includes("请直接回复这条消息"));
    expect(prompt.text).toContain("What is the library's wifi password?");
    expect(prompt.text).toContain(`${WIFI} (×2)`);

    const reply = admin.says(ANSWER, { replyTo: prompt });
    const saved = await admin.waitForReply(reply);
    expect(saved.text).toContain("你的回答已成为文章，2 种问法中有 2 种能找到它");
    const [article] = corpus.articlesIn().filter(({ source }) => source === "管理员答复");
    expect(article).toMatchObject({ title: WIFI, authors: ["管理员"], text: ANSWER });

    const told = await lin.waitFor(({ text }) => text.includes("你先前问题的答案"));
    expect(told.text).toContain(`${ANSWER}\n《${WIFI}》 · 管理员 · 管理员答复 · 第 1 段`);
    const benTold = await ben.waitFor(({ text }) => text.includes("This answers what you asked before"));
    expect([benTold.replyTo, benTold.topic]).toEqual([benAsked.key, topic]);
    expect(benTold.text).toContain(ANSWER);
    expect(lin.messages.filter(({ text }) => text.includes("你先前问题的答案"))).toHaveLength(1);
    expect(store.gaps.untold()).toEqual([]);
    expect(mei.messages.some(({ text }) => text.includes("reading2026"))).toBe(false);

    expect((await admin.waitForReply(admin.says("/gaps"))).text).not.toContain("无线网");
    const asks = await lin.waitForReply(lin.says("图书馆WiFi密码多少？"));
    expect(asks.text).toContain(ANSWER);
  });

  test("a reply that the question does not find is not kept, and the admin is told what to change; edited, it counts", async () => {
    const { corpus } = await serve();
    const asker = telegram.private(7, { language_code: "zh-hant" });
    await asksInVain(asker, "產假可以休多久？");
    const { admin, prompt } = await opens("zh-hans");
    const reply = admin.says("请问人事部。", { replyTo: prompt });
    const refused = await admin.waitForReply(reply);
    expect(refused.text).toMatch(/^没有保存：问“產假可以休多久？”找不到你的回答。请再回复一次/);
    expect(refused.buttons).toEqual([]);
    expect(corpus.articlesIn()).toHaveLength(8);

    admin.edits(reply, "产假一共158天。");
    const saved = await admin.waitForReply(reply, ({ text }) => text.includes("已成为文章"));
    const told = await asker.waitFor(({ text }) => text.includes("产假一共158天。"));
    expect(told.text).toContain("這是你先前問題的答案：「產假可以休多久？」");

    admin.presses(saved, "↩ 撤销");
    await admin.waitFor(({ text }) => text === "文章已删除，问题重新打开。撤回通知 1 条。");
    expect(asker.messages.at(-1)!.text).toBe("管理員撤回了這個答案。");
    expect(corpus.articlesIn()).toHaveLength(8);
    admin.says("产假一共128天。", { replyTo: prompt });
    expect((await admin.waitForReply(admin.messages.at(-1)!)).text).toContain("已成为文章");
    await asker.waitFor(({ text }) => text.includes("产假一共128天。"));
  });

  test("questions of another collection are only counted, and named ones shown by name", async () => {
    const { corpus, store } = await serve();
    store.chats.change(7, { collection: "staff" });
    const [staff, guest] = [telegram.private(7), telegram.private(8)];
    await asksInVain(staff, "What does parking cost?");
    await asksInVain(guest, "产假可以休多久？", /Not found/);
    const admin = telegram.private(1);
    const list = await admin.waitForReply(admin.says("/gaps"));
    expect(list.text).toContain(
      "Questions without a good answer · default\n\n1. 产假可以休多久？\n1 person, once",
    );
    expect(list.text).not.toContain("parking");
    expect(list.text).toContain("In other collections: staff (1). Send /gaps and the name.");
    const other = await admin.waitForReply(admin.says("/gaps staff"));
    expect(other.text).toContain("1. What does parking cost?");
    expect(other.text).not.toContain("产假");
    const none = await admin.waitForReply(admin.says("/gaps nosuchname<b>"));
    expect(none.text).toBe("There is no collection nosuchname<b>.");
    await corpus.add("Tables", "A table is free after eight.", "caf\u00e9");
    const cafe = await admin.waitForReply(admin.says("/gaps cafe\u0301"));
    expect(cafe.text).toMatch(/^No question is waiting/);
  });

  test("a gap can be dismissed, opened again, and closed when the corpus has the answer by now", async () => {
    const { corpus } = await serve();
    const asker = telegram.private(7, { language_code: "zh-hans" });
    await asksInVain(asker, "东门停车场怎么收费？");
    asker.blocks();
    const { admin, prompt } = await opens("zh-hans");
    admin.presses(prompt, "🗑 忽略");
    const dismissed = await admin.waitFor(({ text }) => text.includes("已忽略"));
    expect((await admin.waitForReply(admin.says("/gaps"))).text).toBe("没有等待回答的问题。");
    admin.presses(dismissed, "↩ 重新打开");
    await admin.waitFor(({ id, buttons }) => id === prompt.id && buttons.includes("🔄 再问一次"));
    expect((await admin.presses(prompt, "🔄 再问一次").answer()).text).toBe("还是没有找到。");
    await corpus.add("东门停车场", "东门停车场收费每小时五元，全天封顶三十元。");
    admin.presses(prompt, "🔄 再问一次");
    const found = await admin.waitFor(({ text }) => text.includes("全天封顶三十元"));
    admin.presses(found, "✅ 关闭并通知提问的人");
    await admin.waitFor(({ text }) => text === "✅ 已关闭，通知了 0 人。");
  });

  test("what was not told when the program ended is told by the next start, and only once", async () => {
    const { corpus, store, stop } = await serve();
    const asker = telegram.private(7);
    await asksInVain(asker, "What does parking at the east gate cost?");
    await stop();
    const [gap] = store.gaps.open("", 0, 10);
    const prompt = store.gaps.addPrompt({ chat: 1, message: 99 }, [gap!.id]);
    store.gaps.answered(prompt, [gap!.id], [gap!.id]);
    await corpus.add("Parking", "Parking at the east gate costs five yuan an hour.");
    for (let start = 0; start < 2; start++) {
      const again = await serveBot(telegram, { ...corpus, store });
      await asker.waitFor(({ text }) => text.includes("five yuan an hour"));
      await asker.waitForReply(asker.says("/help"));
      await again.stop();
    }
    expect(asker.messages.filter(({ text }) => text.includes("five yuan an hour"))).toHaveLength(1);
  });

  test("what an admin answered when the program was killed is told as saved, and to whoever asked", async () => {
    const { corpus, store, stop } = await serve({ finishMs: 50 });
    const [asker, admin] = [telegram.private(7), telegram.private(1)];
    await asksInVain(asker, WIFI);
    const list = await admin.waitForReply(admin.says("/gaps"));
    await admin.presses(list, "1").answer();
    const prompt = await admin.waitFor(({ text }) => text.includes("Reply to this message"));
    const lift = telegram.impose((method) => (method === "sendMessage" ? { kind: "stall" } : undefined));
    const reply = admin.says(ANSWER, { replyTo: prompt });
    await expect.poll(() => store.gaps.untold().length, { timeout: 5000 }).toBe(1);
    await stop();
    lift();
    const again = await serveBot(telegram, { ...corpus, store });
    expect((await admin.waitForReply(reply)).text).toMatch(/^✅ Your answer is an article now/);
    await asker.waitFor(({ text }) => text.includes("This answers what you asked before"));
    expect(corpus.articlesIn().filter(({ text }) => text === ANSWER)).toHaveLength(1);
    await again.stop();
  });

  test("👎 opens a gap, and nobody but the admins gets to see any", async () => {
    await serve();
    const [asker, admin] = [telegram.private(7), telegram.private(1)];
    const answer = await asker.waitForReply(asker.says("六措并施是哪个矿？"));
    await asker.presses(answer, "👎").answer();
    expect((await admin.waitForReply(admin.says("/gaps"))).text).toContain("1. 六措并施是哪个矿？");
    expect((await asker.waitForReply(asker.says("/gaps"))).text).toMatch(/^Wenbao answers only/);
    telegram.push({
      callback_query: {
        ...{ id: "1", from: asker.user, chat_instance: "7", data: "gap:o:1" },
        message: answer.raw as never,
      },
    });
    await telegram.waitForCall("answerCallbackQuery", ({ payload }) => payload.callback_query_id === "1");
    expect(asker.messages.some(({ text }) => text.includes("Reply to this message"))).toBe(false);
  });

  test("an undo that fails says why, as text, and can be tried again", async () => {
    const corpus = await openEditableLibrary();
    const failures: Error[] = [];
    const remove: typeof corpus.editor.remove = async (ids) => {
      const failure = failures.shift();
      if (failure) throw failure;
      return corpus.editor.remove(ids);
    };
    bot = await serveBot(telegram, { ...corpus, editor: { ...corpus.editor, remove } });
    await asksInVain(telegram.private(7), WIFI);
    const { admin, prompt } = await opens("en");
    const saved = await admin.waitForReply(admin.says(ANSWER, { replyTo: prompt }));
    failures.push(new AppError("<b> is & stays"), new TypeError("not for admins"));
    const presses = async (begin: string) => {
      admin.presses(saved, "↩ Undo");
      return admin.waitFor(({ id, text }) => id === saved.id && text.startsWith(begin));
    };
    expect((await presses("It could not be undone: <b> is & stays")).buttons).toEqual(["↩ Undo"]);
    await presses("It could not be undone: an unexpected error, which stands in the log");
    expect(bot.logged.some((line) => line.includes("not for admins"))).toBe(true);
    await presses("The article is removed");
    expect(corpus.articlesIn()).toHaveLength(8);
  });

  test("a question that is edited while it is being answered is another one: it stays open, and nobody is told", async () => {
    const corpus = await openEditableLibrary();
    const asker = telegram.private(7, { language_code: "zh-hans" });
    const refresh = async () => {
      if (corpus.articlesIn().length > 8) {
        asker.edits(asked, "东门停车场怎么收费？");
        await asker.waitFor(({ text, isEdited }) => isEdited && text.includes("没有找到"));
        // The answers are up to date once.
        editor.refresh = corpus.editor.refresh;
      }
      return corpus.editor.refresh();
    };
    const editor = { ...corpus.editor, refresh };
    bot = await serveBot(telegram, { ...corpus, editor });
    const asked = await asksInVain(asker, WIFI);
    const { admin, prompt } = await opens("zh-hans");
    const saved = await admin.waitForReply(admin.says(ANSWER, { replyTo: prompt }));
    expect(saved.text).toContain("正在通知提问的 0 人");
    const list = await admin.waitForReply(admin.says("/gaps"));
    expect(list.text).toContain("1. 东门停车场怎么收费？");
    expect(asker.messages.some(({ text }) => text.includes("reading2026"))).toBe(false);
  });

  test("an answer is written into the folder of the corpus, and removed from it by the undo", async () => {
    const corpus = await openLiveCorpus({
      "pool.md": articleFile("游泳馆开放时间", "城东游泳馆每天早上七点开门，晚上九点半关门，周一闭馆保养。"),
    });
    const library = { ...corpus.assistants, defaultCollection: "" };
    bot = await serveBot(telegram, { library, editor: corpus.editor });
    const asker = telegram.private(7, { language_code: "zh-hans" });
    await asksInVain(asker, WIFI);
    const { admin, prompt } = await opens("zh-hans");
    const saved = await admin.waitForReply(admin.says(ANSWER, { replyTo: prompt }), undefined, 20_000);
    await asker.waitFor(({ text }) => text.includes(ANSWER));
    const file = join(corpus.corpusDir, "article-01.md");
    expect(await readFile(file, "utf8")).toMatch(
      /title: 图书馆的无线网密码是什么？\nauthors:\n {2}- 管理员\nsource: 管理员答复\n.*\n---\n图书馆的无线网密码是 reading2026/,
    );
    admin.presses(saved, "↩ 撤销");
    await admin.waitFor(({ text }) => text.startsWith("文章已删除"), 20_000);
    expect(existsSync(file)).toBe(false);
  });
});

/** An admin opens the first gap. */
async function opens(language_code: string) {
  const admin = telegram.private(1, { language_code });
  const list = await admin.waitForReply(admin.says("/gaps"));
  admin.presses(list, "1");
  const prompt = await admin.waitFor(({ text }) => /Reply to this message|请直接回复/.test(text));
  return { admin, prompt };
}
