/**
 * Pictures of how answers look in a chat: asks the shipped articles through the program itself, which serves a Bot
 * API of the tests', and has headless Chromium photograph the chats into docs/pictures/. Takes nothing; needs
 * Chromium (or CHROMIUM, its path) and a font for Chinese.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Person } from "../test/support/fake-bot-api/people.ts";
import type { Shown } from "../test/support/fake-bot-api/shown.ts";
import { type FakeBotApi, startFakeBotApi } from "../test/support/fake-bot-api.ts";
import { type Bubble, type ChatPage, drawChatPage, PAGE_WIDTH, type Speaker } from "./chat-page.ts";
import { toPalette } from "./palette-png.ts";

const root = join(import.meta.dirname, "..");
const pictures = join(root, "docs/pictures");
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PATIENCE_MS = 60_000;

const YOU: Speaker = { name: "You", isYou: true };
const BOT: Speaker = { name: "Wenbao 问报", isBot: true };
const READER: Speaker = { name: "A reader" };

async function main(): Promise<void> {
  spawnSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
  const folder = await mkdtemp(join(tmpdir(), "wenbao-pictures-"));
  const telegram = await startFakeBotApi();
  const bot = spawn(process.execPath, ["dist/main.js", "start"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      STATE_DIR: folder,
      LOG_LEVEL: "warn",
    },
  });
  try {
    await mkdir(pictures, { recursive: true });
    await photograph("private-chat", await askInPrivate(telegram), folder);
    await photograph("group", await askInGroup(telegram), folder);
  } finally {
    bot.kill();
    await once(bot, "exit");
    await telegram.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function askInPrivate(telegram: FakeBotApi): Promise<ChatPage> {
  const you = telegram.private(7, { language_code: "zh-hans" });
  for (const question of ["八条硬措施是哪八条？", "第三条呢？", "长春一东高技能人才占比2023年是多少？"])
    await ask(you, question);
  const bubbles = you.messages.map((message) => toBubble(message, telegram, new Map([[7, YOU]])));
  return { title: BOT.name, subtitle: "bot", isGroup: false, bubbles };
}

async function askInGroup(telegram: FakeBotApi): Promise<ChatPage> {
  const group = telegram.group(-7, { title: "Newspaper readers" });
  const you = group.member(7, { language_code: "en" });
  group.member(8, { language_code: "zh-hans" }).says("今天的报纸到了。");
  await ask(you, "@Wenbao_Bot What share of the workers at Changchun Yidong are highly skilled?");
  const speakers = new Map([
    [7, YOU],
    [8, READER],
  ]);
  const bubbles = group.messages.map((message) => toBubble(message, telegram, speakers));
  return { title: "Newspaper readers", subtitle: "3 members", isGroup: true, bubbles };
}

async function ask(person: Person, question: string): Promise<void> {
  await person.waitForReply(person.says(question), undefined, PATIENCE_MS);
}

function toBubble(message: Shown, telegram: FakeBotApi, speakers: ReadonlyMap<number, Speaker>): Bubble {
  const speakerOf = (one: Pick<Shown, "from" | "isByBot">) =>
    one.isByBot ? BOT : (speakers.get(one.from) ?? { name: "?" });
  const replied = message.raw.reply_to_message;
  const from = { from: replied?.from?.id ?? 0, isByBot: replied?.from?.id === telegram.me.id };
  return {
    from: speakerOf(message),
    html: message.isByBot ? htmlSent(message, telegram) : withMentions(message.text),
    buttons: message.raw.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text)) ?? [],
    ...(replied ? { replyTo: { from: speakerOf(from), html: withMentions(replied.text ?? "") } } : {}),
    time: "10:24",
  };
}

/** The HTML that the message was last sent or edited with. */
function htmlSent(message: Shown, telegram: FakeBotApi): string {
  const call = telegram.calls.findLast(
    ({ payload, response }) =>
      typeof payload.text === "string" &&
      payload.chat_id === message.raw.chat.id &&
      (Object(response?.result).message_id ?? payload.message_id) === message.id,
  );
  return String(call?.payload.text);
}

function withMentions(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replace(/@\w+/g, "<a>$&</a>");
}

async function photograph(name: string, page: ChatPage, folder: string): Promise<void> {
  const path = join(folder, `${name}.html`);
  await writeFile(path, drawChatPage(page));
  const run = (...args: string[]) =>
    spawnSync(
      chromium,
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=2",
        `--user-data-dir=${join(folder, "chromium")}`,
        ...args,
        pathToFileURL(path).href,
      ],
      { encoding: "utf8", timeout: PATIENCE_MS },
    );
  const measured = run("--dump-dom", `--window-size=${PAGE_WIDTH},4000`);
  const [, height] = /data-height="(\d+)"/.exec(measured.stdout ?? "") ?? [];
  if (height === undefined) throw new Error(`${chromium} drew nothing: ${measured.error ?? measured.stderr}`);
  const picture = join(pictures, `${name}.png`);
  const shot = run(`--screenshot=${picture}`, `--window-size=${PAGE_WIDTH},${height}`);
  if (shot.status !== 0) throw new Error(`${chromium} took no picture: ${shot.error ?? shot.stderr}`);
  await writeFile(picture, toPalette(await readFile(picture)));
  console.log(picture);
}

await main();
