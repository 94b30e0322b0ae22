import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, vi } from "vitest";
import type { Shown } from "../support/fake-bot-api/shown.ts";
import { type Call, FAULTS, flood, startFakeBotApi } from "../support/fake-bot-api.ts";
import { articleFile } from "../support/live-corpus.ts";
import { it, programDir } from "../support/program.ts";
import { runBot } from "./run-bot.ts";

const ADMIN = 1;
const NOTICE =
  "社区泳池开放通知\n社区服务中心\n社区泳池7月1日起开放，每天早上七点开门，晚上九点关门。\n\n儿童须由家长陪同入场。\n";

describe("an admin", () => {
  it("sends a document and asks at once, in the language spoken, and undoes it; a scan, an encrypted file and a stranger change nothing", async ({
    program,
  }) => {
    const { telegram } = await runBot(program);
    const admin = telegram.private(ADMIN, { language_code: "zh-hans" });
    const question = "社区泳池每天几点开门？";
    const before = await admin.waitForReply(admin.says(question));
    expect(before.text).toContain("没有找到");
    const stranger = telegram.private(9, { language_code: "en" });
    const refused = await stranger.waitForReply(stranger.sendsDocument("notice.txt", Buffer.from(NOTICE)));
    expect(refused.text).toContain("only read text");

    const document = admin.sendsDocument("notice.txt", Buffer.from(NOTICE));
    const asked = admin.says(question);
    const report = await admin.waitForReply(document, ({ text }) => text.startsWith("✅"), 60_000);
    expect(report.text).toContain("1 篇文章");
    expect((await admin.waitForReply(asked, undefined, 60_000)).text).toContain("每天早上七点开门");

    admin.presses(report, report.buttons[0]!);
    await admin.waitFor(({ id, text }) => id === report.id && text.includes("撤销"), 60_000);
    const after = await admin.waitForReply(admin.says(question), undefined, 60_000);
    expect(after.text).not.toContain("七点");

    for (const name of ["scan.pdf", "encrypted.pdf"]) {
      const sent = admin.sendsDocument(name, await readFile(join(programDir, "test/corpus/files/pdf", name)));
      await admin.waitForReply(sent, ({ text }) => text.startsWith("⚠"), 60_000);
    }
    expect((await admin.waitForReply(admin.says("/articles"))).text).toBe("共 8 篇文章：");
  });

  it("answers a gap by a reply, which becomes an article that those who asked are told of once", async ({
    program,
  }) => {
    const { telegram } = await runBot(program);
    const admin = telegram.private(ADMIN, { language_code: "en" });
    const you = telegram.private(7, { language_code: "zh-hans" });
    const other = telegram.private(8, { language_code: "zh-hant" });
    const asked = you.says("食堂周末几点开门？");
    await you.waitForReply(asked);
    await other.waitForReply(other.says("食堂週末什麼時候開門？"));
    const list = await admin.waitForReply(admin.says("/gaps"));
    expect(list.text).toContain("2 people");
    admin.presses(list, "1");
    const prompt = await admin.waitFor(
      ({ text, isByBot }) => isByBot && text.includes("Reply to this message"),
    );
    const answer = admin.says("食堂周末早上8点开门。", { replyTo: prompt });
    await admin.waitForReply(answer, ({ text }) => text.startsWith("✅"), 60_000);
    const told = await you.waitForReply(asked, ({ text }) => text.includes("食堂周末早上8点开门。"), 60_000);
    expect(told.text).toContain("管理员");
    await other.waitFor(({ text }) => text.includes("食堂周末早上8点开门。"), 60_000);
    expect((await you.waitForReply(you.says("食堂周末几点开门？"))).text).toContain("食堂周末早上8点开门。");
    expect((await admin.waitForReply(admin.says("/stats"))).text).toMatch(/not found/);
  });
});

describe("the bot", () => {
  it("has updates sent to a webhook where it is given an address", async ({ program }) => {
    const url = "http://127.0.0.1:18443/hook";
    const env = { WEBHOOK_URL: url, WEBHOOK_SECRET: "only-telegram-knows", WEBHOOK_PORT: "18443" };
    const { telegram } = await runBot(program, env);
    const you = telegram.private(7, { language_code: "en" });
    const answer = await you.waitForReply(you.says("What are the eight hard measures?"));
    await you.presses(answer, "Full article").answer();
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("goes on through refusals, floods, faults and lost connections, and answers everybody once", async ({
    program,
  }) => {
    const { telegram, bot } = await runBot(program);
    const you = telegram.private(7, { language_code: "en" });
    const other = telegram.private(8, { language_code: "zh-hans" });
    const faults = [FAULTS.serverError, FAULTS.drop, flood(1), FAULTS.cannotParse];
    for (const fault of faults) {
      telegram.failNext("getUpdates", FAULTS.conflict);
      telegram.failNext("sendMessage", fault);
      const [asked, elsewhere] = [
        you.says("Who wrote the article about the fire drill?"),
        other.says("八条硬措施是哪八条？"),
      ];
      await you.waitForReply(asked, undefined, 20_000);
      await other.waitForReply(elsewhere, undefined, 20_000);
    }
    telegram.failNext("sendMessage", FAULTS.blocked);
    you.says("Who?");
    await telegram.waitForCall("sendMessage", ({ response }) => response?.error_code === 403);
    await other.waitForReply(other.says("八条硬措施是哪八条？"));
    for (const person of [you, other])
      expect(person.messages.filter(({ isByBot }) => isByBot).length).toBeLessThanOrEqual(faults.length + 1);
    expect(bot.said.stderr).not.toContain(telegram.token);
    expect(bot.said.stderr).toContain("telegram.conflict");
  });

  it("is over at once while it still builds, or reads what came", async ({ program }) => {
    const folders = await program.copyShipped();
    await mkdir(join(program.folder, "many"));
    for (let i = 0; i < 2000; i++)
      await writeFile(
        join(program.folder, `many/notice-${i}.md`),
        articleFile(`第${i}号通知`, `第${i}号仓库的盘点已经完成，共有${7 * i}箱货物。`),
      );
    const telegram = await startFakeBotApi();
    onTestFinished(telegram.close);
    const env = {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      STATE_DIR: "state",
    };
    const building = program.start(["start", "--corpus", "many", "--index", "built"], { env });
    await vi.waitUntil(() => building.said.stderr.includes("Indexing"), 20_000);
    building.signal("SIGTERM");
    expect(await building.ended).toMatchObject({ code: 0, signal: null });

    const reading = program.start(["start", ...folders], { env });
    await vi.waitUntil(telegram.isPolled, 20_000);
    await cp(join(program.folder, "many"), join(program.folder, "corpus", "many"), { recursive: true });
    await sleep(200);
    reading.signal("SIGTERM");
    expect(await reading.ended).toMatchObject({ code: 0, signal: null });
  });

  it("is over within ten seconds of a signal, at once on a second one, and the next start sends what waited", async ({
    program,
  }) => {
    const scenario = await runBot(program);
    const { telegram } = scenario;
    const you = telegram.private(7, { language_code: "en" });
    const stop = async (...signals: NodeJS.Signals[]) => {
      const { bot } = scenario;
      const start = performance.now();
      for (const signal of signals) {
        bot.signal(signal);
        await sleep(300);
      }
      const { code, signal } = await bot.ended;
      return { code, signal, ms: performance.now() - start };
    };
    const isFlooded = (question: Shown) => (call: Call) =>
      call.response?.error_code === 429 && JSON.stringify(call.payload).includes(`:${question.id}`);

    telegram.failNext("sendMessage", flood(100));
    const first = you.says("What are the eight hard measures?");
    await telegram.waitForCall("sendMessage", isFlooded(first), 20_000);
    const stopped = await stop("SIGTERM");
    expect(stopped).toMatchObject({ code: 0, signal: null });
    expect(stopped.ms).toBeLessThan(10_000);
    await scenario.restart();
    expect((await you.waitForReply(first, undefined, 20_000)).text).toContain("2 of 8");

    telegram.failNext("sendMessage", flood(100));
    const second = you.says("Who wrote the article about the fire drill?");
    await telegram.waitForCall("sendMessage", isFlooded(second), 20_000);
    const ended = await stop("SIGTERM", "SIGINT");
    expect(ended).toMatchObject({ code: null, signal: "SIGINT" });
    expect(ended.ms).toBeLessThan(5000);
    await scenario.restart();
    await you.waitForReply(second, undefined, 20_000);
    expect(you.messages.filter(({ isByBot }) => isByBot)).toHaveLength(2);
  });
});
