import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Message, Update } from "grammy/types";
import { describe, expect } from "vitest";
import { type Call, type FakeBotApi, startFakeBotApi } from "../support/fake-bot-api.ts";
import { freePort } from "../support/free-port.ts";
import { it as base, linesOf, type Program, programDir, type Running } from "../support/program.ts";

const HARD_MEASURES = "八条硬措施是哪八条？";
const SKILLED_WORKERS = "长春一东高技能人才占比2023年是多少？";

describe("start without a token", () => {
  base("answers every line of stdin that holds a question and ends with the input", async ({ program }) => {
    const { code, stdout, stderr } = await program.run(["start"], {
      stdin: `${HARD_MEASURES}\n\n${SKILLED_WORKERS}`,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(linesOf(stdout).filter((line) => line.startsWith("> "))).toEqual([
      `> ${HARD_MEASURES}`,
      `> ${SKILLED_WORKERS}`,
    ]);
    expect(stdout).toContain("66.83%");
  });

  // util-linux's `script` gives its command a terminal and passes its exit code on; others' take other options.
  const hasTerminal = spawnSync("script", ["--version"]).status === 0;
  base.runIf(hasTerminal)("chats on a terminal until Ctrl-C", async ({ program }) => {
    const command = `'${process.execPath}' '${join(programDir, "dist/main.js")}' start`;
    const chat = program.startCommand("script", ["-qec", command, "/dev/null"], { env: { TERM: "xterm" } });
    await chat.until(/\/quit or Ctrl-D leaves/);
    chat.type(`${SKILLED_WORKERS}\r`);
    // With the citation's end, so that the next prompt is there.
    await chat.until(/66\.83%.*第 \d+ 段.*> /s);
    chat.type("\u0003");
    expect(await chat.ended).toMatchObject({ code: 0, signal: null });
  });
});

interface Served {
  readonly telegram: FakeBotApi;
  readonly serve: (program: Program) => Running;
}

const it = base.extend<{ served: Served }>({
  served: async ({ onTestFinished }, use) => {
    const telegram = await startFakeBotApi();
    onTestFinished(telegram.close);
    const serve = (program: Program) => program.start(["start"], { env: botEnvironment(telegram) });
    await use({ telegram, serve });
  },
});

const botEnvironment = ({ token, apiRoot }: Pick<FakeBotApi, "token" | "apiRoot">) => ({
  TELEGRAM_BOT_TOKEN: token,
  TELEGRAM_API_ROOT: apiRoot,
});
const sentTo = (chatId: number) => (call: Call) =>
  call.response?.ok === true && call.payload.chat_id === chatId;

/** A member's message in a group. */
function inGroup(id: number, text: string, entities: Message["entities"] = []) {
  const from = { id: 7, is_bot: false, first_name: "Asker", language_code: "zh" };
  const chat = { id, type: "supergroup", title: "Readers" };
  return { message: { message_id: 5, date: 1, chat, from, text, entities } as Message & Update.NonChannel };
}

describe("start with a token", () => {
  it("answers in private and in groups, and stops at SIGTERM although a long poll is open", async ({
    program,
    served,
  }) => {
    const { telegram, serve } = served;
    telegram.pushText(SKILLED_WORKERS, 1);
    telegram.pushText("What are the eight hard measures?", 2);
    const bot = serve(program);
    const { payload: fact } = await telegram.waitForCall("sendMessage", sentTo(1), 60_000);
    const { payload: list } = await telegram.waitForCall("sendMessage", sentTo(2), 60_000);
    expect(fact).toMatchObject({ parse_mode: "HTML", text: expect.stringContaining("66.83%") });
    expect(list.text).toContain("一体压实各级矿山安全生产责任");
    expect(list.text).toContain("切实提高风险隐患排查整改质量");
    expect(list.text).toMatch(/\b2 of (the )?8\b|\b8\b.*\b2\b/);

    telegram.push(inGroup(-1, SKILLED_WORKERS));
    const mention = { type: "mention" as const, offset: 0, length: "@Wenbao_Bot".length };
    telegram.push(inGroup(-2, `@Wenbao_Bot ${SKILLED_WORKERS}`, [mention]));
    telegram.push(inGroup(-3, `/ask ${SKILLED_WORKERS}`, [{ type: "bot_command", offset: 0, length: 4 }]));
    for (const chat of [-2, -3]) {
      const { payload } = await telegram.waitForCall("sendMessage", sentTo(chat), 60_000);
      expect(payload.text).toContain("66.83%");
    }
    expect(telegram.calls.filter(({ payload }) => payload.chat_id === -1)).toEqual([]);

    await expect.poll(telegram.isPolled, { timeout: 60_000 }).toBe(true);
    const longPoll = telegram.calls.findLast(({ method }) => method === "getUpdates")?.payload.timeout;
    const stoppedMs = Date.now();
    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0, signal: null, stdout: "" });
    expect(Date.now() - stoppedMs).toBeLessThan(Number(longPoll) * 500);
    expect(bot.said.stderr).not.toContain(telegram.token);
  });

  it("answers what Telegram sends to its webhook, and stops at SIGTERM", async ({ program, served }) => {
    const { telegram } = served;
    const [port, secret] = [await freePort(), "only_Telegram-knows"];
    const webhook = {
      WEBHOOK_URL: `http://127.0.0.1:${port}/x`,
      WEBHOOK_SECRET: secret,
      WEBHOOK_PORT: `${port}`,
    };
    const bot = program.start(["start"], {
      env: { ...botEnvironment(telegram), ...webhook, LOG_LEVEL: "debug" },
    });
    const you = telegram.private(7);
    const reply = await you.waitForReply(you.says(SKILLED_WORKERS), undefined, 60_000);
    expect(reply.text).toContain("66.83%");
    expect(telegram.calls.some(({ method }) => method === "getUpdates")).toBe(false);
    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0, signal: null, stdout: "" });
    expect(bot.said.stderr).not.toContain(secret);
  });

  it("answers each of thirty questions from five chats once, and none again after a restart", async ({
    program,
    served,
  }) => {
    const { telegram, serve } = served;
    const chats = [11, 12, 13, 14, 15];
    for (let round = 0; round < 6; round++) {
      for (const chat of chats) telegram.pushText(round % 2 ? HARD_MEASURES : SKILLED_WORKERS, chat);
    }
    const bot = serve(program);
    const answers = () => telegram.succeeded("sendMessage");
    await expect.poll(() => answers().length, { timeout: 60_000 }).toBe(30);
    for (const chat of chats) {
      // In the order of its questions.
      const texts = answers().flatMap(({ payload }) => (payload.chat_id === chat ? [payload.text] : []));
      expect(texts.map((text) => String(text).includes("66.83%"))).toEqual([
        true,
        false,
        true,
        false,
        true,
        false,
      ]);
    }
    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0 });
    expect(telegram.pending()).toEqual([]);

    telegram.pushText(SKILLED_WORKERS, 21);
    serve(program);
    await telegram.waitForCall("sendMessage", sentTo(21), 60_000);
    expect(answers()).toHaveLength(31);
  });

  it("ends in one line, without the token in it, where Telegram refuses the token", async ({
    program,
    served: { telegram },
  }) => {
    const token = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const env = { ...botEnvironment({ ...telegram, token }), LOG_LEVEL: "debug" };
    const refused = await program.run(["start"], { env });
    expect(refused).toMatchObject({ code: 1, signal: null, stdout: "" });
    const failures = linesOf(refused.stderr).filter((line) => line.startsWith("wenbao: "));
    expect(failures).toEqual([expect.stringContaining("Check TELEGRAM_BOT_TOKEN")]);
    expect(refused.stderr).not.toContain(token.replace(/.*:/, ""));
  });

  it("builds an index that is missing before it serves", async ({ program, served }) => {
    const { telegram } = served;
    telegram.pushText(HARD_MEASURES, 31);
    const bot = program.start(["start", "--index", "nowhere"], { env: botEnvironment(telegram) });
    await telegram.waitForCall("sendMessage", sentTo(31), 60_000);
    expect(bot.said.stderr).toMatch(/^Indexing: 33 of 33$/m);
    expect(await readdir(join(program.folder, "nowhere"))).toHaveLength(2);
    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0, stdout: "" });
  });

  it("says why it cannot serve before it calls Telegram", async ({ program, served }) => {
    const env = botEnvironment(served.telegram);
    const failed = await program.run(["start", "--corpus", "nowhere"], { env });
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(linesOf(failed.stderr)).toEqual([expect.stringContaining("set CORPUS_DIR or --corpus")]);
    expect(served.telegram.calls).toEqual([]);
  });
});
