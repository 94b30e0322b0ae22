import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Api } from "grammy";
import { describe, expect, onTestFinished, test } from "vitest";
import type { MessageContext } from "../../src/telegram/context.ts";
import { openProgress } from "../../src/telegram/documents/progress-message.ts";
import { makeFolder, projectPath } from "../index/sample.ts";
import { FAULTS, type FakeOptions, startFakeBotApi } from "../support/fake-bot-api.ts";
import { articleFile, openLiveCorpus } from "../support/live-corpus.ts";
import { serveBot } from "../support/serve-bot.ts";

const ADMIN = 1;
const POOL = articleFile("游泳馆开放时间", "城东游泳馆每天早上七点开门，晚上九点半关门，周一闭馆保养。");
const POOL_QUESTION = "城东游泳馆早上几点开门？";
const BUS = "八路公交车改道\n八路公交车十二月起改走滨河大道，全程四十分钟。\n";
const BUS_QUESTION = "八路公交车改走哪条路？";
const NEVER_MS = 20_000;

const fileOf = (path: string) => readFile(projectPath("test/corpus/files", path));

/** A bot on a corpus of its own, and its admin. */
async function setUp(
  files: Readonly<Record<string, string>> = { "pool.md": POOL },
  options: FakeOptions & { language?: string } = {},
) {
  const { language = "zh-hans", ...fake } = options;
  const telegram = await startFakeBotApi(fake);
  onTestFinished(() => telegram.close());
  const corpus = await openLiveCorpus(files);
  const { assistants, editor, stateDir } = corpus;
  const library = { ...assistants, defaultCollection: "" };
  const bot = await serveBot(telegram, { library, editor, stateDir });
  const admin = telegram.private(ADMIN, { language_code: language });
  /** What the bot says to a document in the end. */
  const send = async (
    name: string,
    bytes: Uint8Array | string,
    more: Parameters<typeof admin.sendsDocument>[2] = {},
  ) => {
    const sent = admin.sendsDocument(name, Buffer.from(bytes), more);
    return admin.waitForReply(sent, ({ text }) => !text.includes("…"), NEVER_MS);
  };
  /** What the bot says to a text. */
  const say = async (text: string) => admin.waitForReply(admin.says(text), undefined, NEVER_MS);
  const now = (message: { readonly id: number }) => admin.messages.find(({ id }) => id === message.id)!;
  return { ...corpus, telegram, bot, admin, send, say, now };
}

describe("a document that an admin sends", () => {
  test("is in the answers when the next question is asked, and out of them once it is undone", async () => {
    const { admin, corpusDir, send, say, telegram } = await setUp();
    const sent = admin.sendsDocument("公交通知.txt", Buffer.from(BUS));
    const asked = admin.says(BUS_QUESTION);
    const answer = await admin.waitForReply(asked, undefined, NEVER_MS);
    expect(answer.text).toContain("滨河大道");
    const report = await admin.waitForReply(sent);
    expect(report.text).toBe("✅ 公交通知.txt：1 篇文章，1 个段落\n• 《八路公交车改道》");
    expect((await send("公交通知.txt", BUS)).text).toMatch(
      /^⚠ 公交通知.txt：没有导入任何文章：\n• .*already in the corpus/,
    );
    await admin.presses(report, "↩ 撤销").answer();
    await admin.waitFor(({ text }) => text === "已撤销。\n• 删除 1 篇文章", NEVER_MS);
    expect((await say(BUS_QUESTION)).text).toContain("没有找到答案");
    // Once: another client may still show the button.
    const { reply_markup, ...message } = report.raw;
    const pressed = { id: "again", from: admin.user, chat_instance: "1", message, data: "undo:1" };
    expect(JSON.stringify(reply_markup)).toContain(pressed.data);
    telegram.push({ callback_query: pressed as never });
    await telegram.waitForCall(
      "answerCallbackQuery",
      ({ payload }) => payload.text === "这项内容已经不在了。",
    );
    expect(await readdir(corpusDir)).toEqual(["pool.md"]);
  });

  test("of any format is read, an earlier version is replaced and comes back, in the language of the admin", async () => {
    const { send, admin, assistants } = await setUp({}, { language: "en" });
    const docx = await send("weekly.docx", await fileOf("docx/third-weekly.docx"));
    expect(docx.text).toMatch(/^✅ weekly\.docx: \d articles, \d+ paragraphs\n(• “.+”\n?)+$/);
    const pdf = await fileOf("pdf/official-notice.pdf");
    expect((await send("notice.pdf", pdf)).text).toMatch(
      /^✅ notice\.pdf: 1 article, 7 paragraphs\n• “.+”\nskipped:\n• page 1: left out the header “.+”$/,
    );
    await send("bus.txt", BUS);
    const later = await send("bus.txt", BUS.replace("四十", "五十"));
    expect(later.text).toBe("✅ bus.txt: 1 article, 1 paragraph\n• “八路公交车改道” (new version)");
    await admin.presses(later, "↩ Undo").answer();
    await admin.waitFor(({ text }) => text === "Undone.\n• 1 article brought back", NEVER_MS);
    const texts = assistants.follow("").articles.map(({ text }) => text);
    expect(texts.filter((text) => text.includes("滨河大道"))).toEqual([expect.stringContaining("四十分钟")]);
  });

  test("that cannot be read is said to be so, and changes nothing", async () => {
    const { send, admin, corpusDir, stateDir, say } = await setUp();
    const docx = await fileOf("docx/lists.docx");
    const replies = [
      await send("加密.pdf", await fileOf("pdf/encrypted.pdf")),
      await send("扫描.pdf", await fileOf("pdf/scan.pdf")),
      await send("截断.docx", docx.subarray(0, docx.length / 2)),
      await send("空.txt", ""),
      await send("错.pdf", docx),
      await send("表.xlsx", "x"),
      await send("无名", "x"),
      await send("很大.pdf", "%PDF-", { fileSize: 65 * 1024 * 1024 }),
    ].map(({ text }) => text.split("\n"));
    expect(replies).toEqual([
      ["⚠ 加密.pdf：没有导入任何文章：", expect.stringMatching(/^• is encrypted/)],
      ["⚠ 扫描.pdf：没有导入任何文章：", expect.stringMatching(/^• has no text layer/)],
      ["⚠ 截断.docx：没有导入任何文章：", expect.stringMatching(/^• /)],
      ["⚠ 空.txt：没有导入任何文章：", expect.stringMatching(/^• /)],
      ["⚠ 错.pdf：没有导入任何文章：", expect.stringMatching(/^• is not what its name says/)],
      ["表.xlsx 不能导入。可以导入的格式：.txt, .md, .pdf, .html, .htm, .docx。"],
      ["无名 不能导入。可以导入的格式：.txt, .md, .pdf, .html, .htm, .docx。"],
      [expect.stringMatching(/^很大.pdf 太大：这里最多能接收 64 MB 的文件。没有作任何改动。/)],
    ]);
    expect(admin.messages.flatMap(({ raw }) => raw.reply_markup?.inline_keyboard ?? [])).toEqual([]);
    expect((await say(POOL_QUESTION)).text).toContain("早上七点开门");
    expect(await readdir(corpusDir)).toEqual(["pool.md"]);
    expect(await readdir(join(stateDir, "documents"))).toEqual([]);
  });

  test("is asked for again after a download that failed, and the token stays secret", async () => {
    const { telegram, send, corpusDir, admin, bot } = await setUp({}, { language: "en" });
    const faults = [
      ["getFile", FAULTS.serverError],
      ["getFile", FAULTS.drop],
      ["download", { kind: "error", code: 404, description: "Not Found" }],
      ["download", FAULTS.serverError],
      ["download", FAULTS.drop],
      ["download", FAULTS.dropAfter],
    ] as const;
    for (const [method, fault] of faults) {
      telegram.failNext(method, fault);
      expect((await send("bus.txt", BUS)).text).toBe(
        "bus.txt could not be downloaded. Nothing was changed. Please send it again.",
      );
    }
    telegram.failNext("getFile", { kind: "error", code: 400, description: "Bad Request: file is too big" });
    expect((await send("bus.txt", BUS)).text).toMatch(/^bus\.txt is too large: .* up to 20 MB/);
    expect(await readdir(corpusDir)).toEqual([]);
    const failures = bot.logged.filter((line) => line.startsWith("telegram.download-failed"));
    expect(failures).toHaveLength(faults.length);
    expect(JSON.stringify([bot.logged, admin.messages])).not.toContain(telegram.token.split(":")[1]);
    expect((await send("bus.txt", BUS)).text).toMatch(/^✅ bus\.txt: 1 article/);
  });

  test("is read where it lies on a server of one's own, and its name is no path", async () => {
    const folder = await makeFolder();
    const { send, corpusDir, assistants } = await setUp({}, { language: "en", localFilesDir: folder });
    const name = "../../../etc/公交\u202Etxt.exe\u0000.txt";
    expect((await send(name, BUS)).text).toMatch(/^✅ 公交txt\.exe\.txt: 1 article/);
    expect(await readdir(folder)).toEqual(["file_0"]);
    expect(await readdir(corpusDir)).toEqual(["txt-exe-01.md"]);
    expect(assistants.follow("").articles).toMatchObject([{ source: "公交txt.exe.txt" }]);
  });

  test("of an album has a line of its own, and a question below the first is answered from all before it", async () => {
    const { admin } = await setUp();
    const first = admin.sendsDocument("bus.txt", Buffer.from(BUS), { album: "a", caption: BUS_QUESTION });
    const second = admin.sendsDocument("again.txt", Buffer.from(BUS), { album: "a" });
    await admin.waitForReply(first, ({ text }) => text.startsWith("✅ bus.txt"), NEVER_MS);
    await admin.waitForReply(first, ({ text }) => text.includes("滨河大道"), NEVER_MS);
    await admin.waitForReply(second, ({ text }) => text.startsWith("⚠ again.txt"), NEVER_MS);
    const forwarded = { caption: BUS_QUESTION, forwardedFrom: "某人" };
    const third = admin.sendsDocument("third.rtf", Buffer.from(BUS), forwarded);
    const after = admin.says("/help");
    await admin.waitForReply(after, undefined, NEVER_MS);
    // What others wrote below their documents is not asked.
    expect(admin.messages.filter(({ replyTo }) => replyTo === third.key)).toHaveLength(1);
  });

  test("from anybody else is not read", async () => {
    const { telegram, corpusDir } = await setUp();
    const other = telegram.private(2, { language_code: "zh-hans" });
    const sent = other.sendsDocument("bus.txt", Buffer.from(BUS));
    expect((await other.waitForReply(sent)).text).toBe("我只看得懂文字，请把问题写成文字。");
    expect(telegram.succeeded("getFile")).toEqual([]);
    expect(await readdir(corpusDir)).toEqual(["pool.md"]);
  });

  test("goes into the collection of its chat, also in a group, where only admins can undo it", async () => {
    const { telegram, bot, corpusDir, assistants } = await setUp({ "pool.md": POOL });
    bot.store.chats.change(-100, { collection: "crew" });
    const group = telegram.group(-100);
    const [admin, other] = [ADMIN, 2].map((id) => group.member(id, { language_code: "en" }));
    admin!.sendsDocument("other.txt", Buffer.from(BUS));
    const caption = `@Wenbao_Bot ${BUS_QUESTION}`;
    const sent = admin!.sendsDocument("bus.txt", Buffer.from(BUS), { caption });
    const report = await admin!.waitForReply(sent, ({ text }) => text.startsWith("✅ bus.txt"), NEVER_MS);
    await admin!.waitForReply(sent, ({ text }) => text.includes("滨河大道"), NEVER_MS);
    expect(await readdir(corpusDir)).toEqual(["crew", "pool.md"]);
    expect(assistants.follow("crew").articles).toMatchObject([{ source: "bus.txt" }]);
    expect(await other!.presses(report, "↩ Undo").answer()).toMatchObject({
      text: "Only my admins can undo this.",
    });
    await admin!.presses(report, "↩ Undo").answer();
    await admin!.waitFor(({ text }) => text === "Undone.\n• 1 article removed", NEVER_MS);
  });
});

test("an article that was edited by hand stays when its import is undone, and that is said", async () => {
  const { admin, send, corpusDir } = await setUp({}, { language: "en" });
  const report = await send("bus.txt", BUS);
  const path = join(corpusDir, "bus-01.md");
  await writeFile(path, (await readFile(path, "utf8")).replace("滨河", "滨江"));
  await admin.presses(report, "↩ Undo").answer();
  const said = await admin.waitFor(({ text }) => text.startsWith("Undone."), NEVER_MS);
  expect(said.text).toBe("Undone.\n\nChanged again since, and left as it is:\n• “八路公交车改道”");
  expect(await readFile(path, "utf8")).toContain("滨江");
});

test("where the index cannot be written, the import stands, that is said, and the answers stay", async () => {
  const { admin, send, say, indexDir, assistants } = await setUp({ "pool.md": POOL }, { language: "zh-tw" });
  // A file where a folder must be made.
  await rm(indexDir, { recursive: true });
  await writeFile(indexDir, "");
  const report = await send("bus.txt", BUS);
  expect(report.text).toMatch(/^✅ bus\.txt：1 篇文章，1 個段落\n.*\n\n答案暫時還沒有更新，我會再試：/);
  expect((await say(POOL_QUESTION)).text).toContain("早上七点开门");
  await rm(indexDir);
  await assistants.refresh();
  expect((await say(BUS_QUESTION)).text).toContain("滨河大道");
  await admin.presses(report, "↩ 復原").answer();
  await admin.waitFor(({ text }) => text === "已復原。\n• 刪除 1 篇文章", NEVER_MS);
});

test("a long document says how far it is, and not too often", async () => {
  const telegram = await startFakeBotApi();
  onTestFinished(() => telegram.close());
  const sent = telegram.private(ADMIN).sendsDocument("long.pdf", Buffer.from("x"));
  const api = new Api(telegram.token, { apiRoot: telegram.apiRoot });
  const progress = await openProgress({ api, msg: sent.raw, chat: sent.raw.chat } as MessageContext, "0");
  // A page every hundredth of a second, and none later than after two, however busy the machine.
  const start = performance.now();
  for (let page = 1; page <= 200; page = 1 + Math.floor((performance.now() - start) / 10)) {
    progress.say(String(page));
    await sleep(10);
  }
  await progress.end("done");
  const shown = telegram.succeeded("editMessageText").map(({ payload }) => payload.text);
  expect(shown).toEqual([expect.stringMatching(/^1[0-9]{2}$/), "done"]);
});

test("what a killed program left of downloads goes with the next one", async () => {
  const { stateDir, send } = await setUp({}, { language: "en" });
  await mkdir(join(stateDir, "documents", "document-left"), { recursive: true });
  await send("empty.txt", "");
  await expect.poll(() => readdir(join(stateDir, "documents"))).toEqual([]);
});

test("no question fails while documents are imported", async () => {
  const { telegram, send } = await setUp({ "pool.md": POOL }, { language: "en" });
  let isOver = false;
  const asking = [11, 12].map(async (id) => {
    const person = telegram.private(id, { language_code: "zh-hans" });
    let asked = 0;
    while (!isOver) {
      const { text } = await person.waitForReply(person.says(POOL_QUESTION), undefined, NEVER_MS);
      expect(text).toContain("早上七点开门");
      asked++;
    }
    return asked;
  });
  for (const [i, street] of ["新华路", "建设街"].entries()) {
    const notice = `${street}停水通知\n因管道检修，${street}今晚八点起停水，请居民提前储水。\n`;
    expect((await send(`${i}.txt`, notice)).text).toMatch(/^✅/);
  }
  isOver = true;
  for (const asked of await Promise.all(asking)) expect(asked).toBeGreaterThan(10);
});

describe("/remove", () => {
  const many = Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => [`n${i}.md`, articleFile(`第${i}号通知`, `第${i}号通知的内容。`)]),
  );

  test("lists the articles of the chat's collection, asks, removes, and can be undone", async () => {
    const { admin, bot, corpusDir, put, editor, say } = await setUp({ ...many, "pool.md": POOL });
    await put("crew/secret.md", articleFile("秘密", "只给组员看的内容。"));
    await editor.refresh();
    const list = await say("/remove");
    const labels = () =>
      admin.messages.find(({ id }) => id === list.id)!.raw.reply_markup!.inline_keyboard.flat();
    expect(labels().map(({ text }) => text)).toEqual([
      ...Array.from({ length: 8 }, (_, i) => `《第${i}号通知》`),
      ...["1/2", "▶"],
    ]);
    await admin.presses(list, "▶").answer();
    const confirm = "要删除《游泳馆开放时间》吗？共 1 段，来源：notice.txt";
    for (const back of ["◀ 全部文章", undefined]) {
      await admin.presses(list, "《游泳馆开放时间》").answer();
      await admin.waitFor(({ text }) => text === confirm);
      if (back) await admin.presses(list, back).answer();
    }
    await admin.presses(list, "🗑 删除").answer();
    await admin.waitFor(({ text }) => text === "《游泳馆开放时间》已删除。", NEVER_MS);
    expect((await say(POOL_QUESTION)).text).toContain("没有找到答案");
    await admin.presses(list, "↩ 撤销").answer();
    await admin.waitFor(({ text }) => text === "已撤销。\n• 恢复 1 篇文章", NEVER_MS);
    expect(await readFile(join(corpusDir, "pool.md"), "utf8")).toBe(POOL);
    expect((await say(POOL_QUESTION)).text).toContain("早上七点开门");
    bot.store.chats.change(ADMIN, { collection: "crew" });
    expect((await say("/remove")).raw.reply_markup!.inline_keyboard.flat()).toMatchObject([
      { text: "《秘密》" },
    ]);
  });

  test("finds by a part of the title, in either script, or by the id", async () => {
    const { say, put, editor } = await setUp({ ...many, "pool.md": POOL }, { language: "en" });
    await put("crew/secret.md", articleFile("游泳秘密", "只给组员看的内容。"));
    await editor.refresh();
    const confirm = "Remove “游泳馆开放时间”? Paragraphs: 1; source: notice.txt";
    expect((await say("/remove 開放時間")).text).toBe(confirm);
    expect((await say("/remove pool")).text).toBe(confirm);
    expect((await say("/remove 通知")).text).toBe(
      "Which article shall be removed? These are the first 8 of 10:",
    );
    expect((await say("/remove 秘密")).text).toContain("No article has “秘密”");
    expect((await say("/remove <b>")).text).toContain("No article has “<b>”");
  });
});

test("/reindex says what is indexed and what is left out, of the chat's collection", async () => {
  const { admin, put, bot, assistants, corpusDir } = await setUp({ "pool.md": POOL }, { language: "en" });
  const reindex = async () => {
    const sent = admin.says("/reindex");
    return (await admin.waitForReply(sent, ({ text }) => !text.includes("…"), NEVER_MS)).text;
  };
  await put("bus.md", articleFile("八路公交车改道", "改走滨河大道。"));
  await put("notes.md", "just notes");
  await put("crew/broken.md", "---\nid: [\n---\n");
  expect(await reindex()).toMatch(
    /^The index is up to date\. Articles: 2; passages: 2; embedded anew: [01]; seconds: \d+\.\d\.\n\nFiles of the articles' folder that are left out: 1\n• notes\.md: has no front matter/,
  );
  bot.store.chats.change(ADMIN, { collection: "gone" });
  await put("gone/bus.md", articleFile("八路公交车改道", "改走滨河大道。"));
  await assistants.refresh();
  await rm(join(corpusDir, "gone"), { recursive: true });
  expect(await reindex()).toMatch(/Articles: 0; passages: 0; embedded anew: 0/);
  bot.store.chats.change(ADMIN, { collection: "crew" });
  expect(await reindex()).toMatch(/Articles: 0; .*left out: 1\n• crew\/broken\.md: front matter/s);
});

test("commands and buttons of admins are nobody else's", async () => {
  const { telegram, corpusDir } = await setUp();
  const other = telegram.private(2, { language_code: "en" });
  for (const command of ["/remove", "/reindex"])
    expect((await other.waitForReply(other.says(command))).text).toContain(
      "Wenbao answers only with verbatim",
    );
  expect(await readdir(corpusDir)).toEqual(["pool.md"]);
});
