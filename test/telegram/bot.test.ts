import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Message, MessageEntity, Update } from "grammy/types";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Assistant, MAX_QUESTION_CHARS } from "../../src/assistant.ts";
import type { Log } from "../../src/log.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { createBot } from "../../src/telegram/bot.ts";
import { PHRASES } from "../../src/telegram/phrases.ts";
import type { Answer, ArticleId } from "../../src/types.ts";
import { ME } from "../support/fake-bot-api.ts";
import { assistantWith, libraryOf, makeMetrics, NO_EDITOR, SETTINGS } from "../support/serve-bot.ts";

const TOKEN = "4242:a-secret-token";
const { en } = PHRASES;
const PERSON = { id: 7, is_bot: false, first_name: "Asker", language_code: "en" };
const PRIVATE = { id: 7, type: "private" as const, first_name: "Asker" };
const GROUP = { id: -100, type: "supergroup" as const, title: "Readers" };

interface Sent {
  method: string;
  payload: Record<string, unknown>;
}
type Refuse = (sent: Sent) => { error_code: number; description: string } | undefined;

let asked: string[];
let sent: Sent[];
let logged: string[];
let ask: Assistant["ask"];
let stateDir: string;
let store: Store;
let refuse: Refuse;

const answerTo = (question: string): Answer => ({
  kind: "not-found",
  question,
  language: "en",
  confidence: 0.1,
  nearest: [{ articleId: "rice" as ArticleId, title: "Rice & water" }],
});

beforeEach(() => {
  asked = [];
  sent = [];
  logged = [];
  stateDir = mkdtempSync(join(tmpdir(), "wenbao-bot-"));
  store = openStore(stateDir);
  refuse = () => undefined;
  ask = async (question) => {
    asked.push(question);
    return answerTo(question);
  };
});

afterEach(() => {
  store.close();
  rmSync(stateDir, { recursive: true });
});

/** A bot whose calls end here. */
function openBot() {
  const write = (event: string, fields?: Record<string, unknown>) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const { bot } = createBot({
    token: TOKEN,
    apiRoot: "http://api",
    botInfo: ME,
    library: libraryOf(assistantWith((question) => ask(question))),
    store,
    stateDir,
    metrics: makeMetrics(),
    editor: NO_EDITOR,
    groupQuestions: async (questions) => questions.map((_, place) => [place]),
    settings: SETTINGS,
    now: () => new Date(),
    log,
  });
  bot.api.config.use(async (_prev, method, payload) => {
    const call = { method, payload: { ...payload } as Record<string, unknown> };
    sent.push(call);
    const refusal = refuse(call);
    return refusal ? { ok: false, ...refusal } : { ok: true, result: { message_id: 77 } as never };
  });
  return bot;
}

/** Feeds one update to a new bot. */
async function receive(update: Omit<Update, "update_id">): Promise<void> {
  await openBot().handleUpdate({ update_id: 1, ...update });
}

const messageIn = (chat: typeof PRIVATE | typeof GROUP, more: Partial<Message>) =>
  ({ message: { message_id: 55, date: 1, chat, from: PERSON, ...more } }) as Update;
const inPrivate = (more: Partial<Message>) => receive(messageIn(PRIVATE, more));
const inGroup = (more: Partial<Message>) => receive(messageIn(GROUP, more));

/** The entity that Telegram would put on a part of a text. */
const entity = (type: "mention" | "bot_command", text: string, part: string): MessageEntity => ({
  type,
  offset: text.indexOf(part),
  length: part.length,
});
const command = (text: string): Partial<Message> => ({
  text,
  entities: [entity("bot_command", text, text.split(/\s/)[0]!)],
});
const mention = (text: string, name = "@Wenbao_Bot"): Partial<Message> => ({
  text,
  entities: [entity("mention", text, name)],
});

const replies = () => sent.filter(({ method }) => method === "sendMessage").map(({ payload }) => payload);
const texts = () => replies().map(({ text }) => text);

describe("in a private chat", () => {
  it("takes every text as a question, shows that it is at work, and replies to the message", async () => {
    await inPrivate({ text: "What are the eight hard measures?" });
    expect(asked).toEqual(["What are the eight hard measures?"]);
    expect(sent.map(({ method }) => method)).toEqual(["sendChatAction", "sendMessage"]);
    expect(replies()[0]).toEqual({
      chat_id: 7,
      text: "Not found in the articles.\n\nThe nearest articles:",
      parse_mode: "HTML",
      reply_markup: expect.objectContaining({
        inline_keyboard: [[expect.objectContaining({ text: "“Rice & water”" })], []],
      }),
      reply_parameters: { message_id: 55, allow_sending_without_reply: true },
      link_preview_options: { is_disabled: true },
    });
  });

  it("takes a caption as a question, and the rest of its album as said", async () => {
    await inPrivate({ caption: "Who wrote this?", photo: [], media_group_id: "1" });
    expect(asked).toEqual(["Who wrote this?"]);
  });

  it("takes /ask with or without the question in it", async () => {
    await inPrivate(command("/ask who?"));
    expect(asked).toEqual(["who?"]);
    await inPrivate(command("/ask"));
    expect(texts().at(-1)).toBe(en.usage);
  });

  it("greets and helps in the user's language", async () => {
    await inPrivate(command("/start payload"));
    await inPrivate({ ...command("/help"), from: { ...PERSON, language_code: "zh-hant" } });
    expect(texts()).toEqual([en.greeting, PHRASES["zh-Hant"].help]);
  });

  it("helps where it does not know the command, rather than searching for it", async () => {
    await inPrivate(command("/settings"));
    expect(asked).toEqual([]);
    expect(texts()).toEqual([en.help]);
  });

  it("says once that it reads text only, and nothing at all about a service message", async () => {
    await inPrivate({ sticker: {} as never });
    await inPrivate({ voice: {} as never });
    await inPrivate({ pinned_message: {} as never });
    expect(texts()).toEqual([en.textOnly, en.textOnly]);
  });

  it("says in the user's language that a question is too long, and searches for the longest there may be", async () => {
    const longest = "问".repeat(MAX_QUESTION_CHARS);
    await inPrivate({ text: `${longest}？`, from: { ...PERSON, language_code: "zh" } });
    expect(texts()).toEqual([PHRASES["zh-Hans"].questionTooLong(MAX_QUESTION_CHARS)]);
    await inPrivate({ text: longest });
    expect(asked).toEqual([longest]);
  });

  it("is silent where another bot is called", async () => {
    await inPrivate(command("/ask@other_bot who?"));
    await inPrivate(command("/start@other_bot"));
    expect(sent).toEqual([]);
  });

  it("tells the user in one line that something broke, and the operator what", async () => {
    ask = () => Promise.reject(new TypeError("index is undefined"));
    await inPrivate({ text: "who?" });
    expect(texts()).toEqual([en.failed]);
    expect(logged.join()).toContain("index is undefined");
  });

  it("sends plain text, once, where Telegram cannot parse the HTML", async () => {
    refuse = ({ payload }) =>
      payload.parse_mode
        ? { error_code: 400, description: "Bad Request: can't parse entities: x" }
        : undefined;
    await inPrivate({ text: "who?" });
    expect(texts()).toHaveLength(2);
    expect(texts()[1]).toContain("Not found in the articles.");
  });

  it("is quiet when it has been blocked", async () => {
    refuse = () => ({ error_code: 403, description: "Forbidden: bot was blocked by the user" });
    await inPrivate({ text: "who?" });
    expect(replies()).toHaveLength(1);
    expect(logged.join()).toContain("telegram.shut-out");
  });

  it("answers although the sign of typing is refused", async () => {
    refuse = ({ method }) =>
      method === "sendChatAction" ? { error_code: 400, description: "Bad Request" } : undefined;
    await inPrivate({ text: "who?" });
    expect(replies()).toHaveLength(1);
  });

  it("does not listen to bots, channel posts or its own inline words", async () => {
    await inPrivate({ text: "who?", from: { ...PERSON, is_bot: true } });
    await inPrivate({ text: "who?", via_bot: ME });
    const { message } = messageIn(PRIVATE, { text: "who?" });
    await receive({ channel_post: message } as never);
    expect(sent).toEqual([]);
  });

  it("writes no token into the log when the network fails", async () => {
    const inner = Object.assign(new Error(`request to https://x/bot${TOKEN}/sendMessage failed`), {
      code: "E",
    });
    const { HttpError } = await import("grammy");
    ask = () => Promise.reject(new HttpError("Network request for 'sendMessage' failed!", inner));
    await inPrivate({ text: "who?" });
    expect(logged.join()).toContain("failed!");
    expect(logged.join()).not.toContain(TOKEN);
  });
});

describe("in a group", () => {
  const byBot = { message_id: 9, date: 1, chat: GROUP, from: ME, text: "An answer." } as never;
  const byPerson = { message_id: 9, date: 1, chat: GROUP, from: PERSON, text: "Who grows rice?" } as never;

  it.each([
    ["a message to others", { text: "Who wrote this?" }],
    ["the bot's name without Telegram's mark", { text: "wenbao_bot and `@Wenbao_Bot`" }],
    ["another user's mention", mention("@Wenbao_Bot2 who?", "@Wenbao_Bot2")],
    ["another bot's /ask", command("/ask@other_bot who?")],
    [
      "another bot's command below our message",
      { ...command("/ask@other_bot who?"), reply_to_message: byBot },
    ],
    ["an unnamed /start", command("/start")],
    ["an unnamed /help", command("/help")],
    ["an unknown command", command("/settings")],
    ["a photo", { photo: [] }],
    ["a sticker below our message", { sticker: {} as never, reply_to_message: byBot }],
    ["a reply to someone else", { text: "I did.", reply_to_message: byPerson }],
    ["someone joining", { new_chat_members: [PERSON] }],
  ])("is silent at %s", async (_, message) => {
    await inGroup(message as Partial<Message>);
    expect(sent).toEqual([]);
  });

  it.each([
    ["@Wenbao_Bot who?", "@Wenbao_Bot", "who?"],
    ["@WENBAO_bot who?", "@WENBAO_bot", "who?"], // names ignore case
    ["👩‍🌾𠮷 请问 @wenbao_bot 八条硬措施？", "@wenbao_bot", "👩‍🌾𠮷 请问 八条硬措施？"], // offsets are UTF-16
    ["谁写的？@Wenbao_Bot", "@Wenbao_Bot", "谁写的？"],
  ])("answers where it is mentioned: %s", async (text, name, question) => {
    await inGroup(mention(text, name));
    expect(asked).toEqual([question]);
  });

  it("answers a mention in a caption, and one by id", async () => {
    const caption = "@Wenbao_Bot who?";
    await inGroup({ photo: [], caption, caption_entities: [entity("mention", caption, "@Wenbao_Bot")] });
    await inGroup({
      text: "问报 who?",
      entities: [{ type: "text_mention", offset: 0, length: 2, user: ME }],
    });
    expect(asked).toEqual(["who?", "who?"]);
  });

  it("answers a reply to one of its messages", async () => {
    await inGroup({ text: "And who wrote it?", reply_to_message: byBot });
    expect(asked).toEqual(["And who wrote it?"]);
  });

  it("does not take a topic that it opened for a message replied to", async () => {
    const opened = { message_id: 9, date: 1, chat: GROUP, from: ME, forum_topic_created: {} } as never;
    await inGroup({
      text: "Hello all",
      reply_to_message: opened,
      is_topic_message: true,
      message_thread_id: 9,
    });
    expect(sent).toEqual([]);
  });

  it("answers /ask and /ask@this_bot, in any case", async () => {
    await inGroup(command("/ask who?"));
    await inGroup(command("/ask@wenbao_bot\nwhen?"));
    expect(asked).toEqual(["who?", "when?"]);
  });

  it("asks the message above an /ask or a mention that asks nothing, or the part of it marked", async () => {
    await inGroup({ ...command("/ask"), reply_to_message: byPerson });
    await inGroup({ ...mention("@Wenbao_Bot"), reply_to_message: byPerson });
    await inGroup({ ...command("/ask"), reply_to_message: byPerson, quote: { text: "rice?", position: 10 } });
    expect(asked).toEqual(["Who grows rice?", "Who grows rice?", "rice?"]);
  });

  it("says in one line how to ask where it is called and asked nothing", async () => {
    await inGroup(command("/ask"));
    await inGroup(mention("@Wenbao_Bot"));
    expect(texts()).toEqual([en.usage, en.usage]);
    expect(asked).toEqual([]);
  });

  it("helps where it is called by name", async () => {
    await inGroup(command("/help@Wenbao_Bot"));
    expect(texts()).toEqual([en.help]);
  });

  it("answers into the topic, and outside topics into none", async () => {
    await inGroup({ ...command("/ask who?"), is_topic_message: true, message_thread_id: 31 });
    expect(sent.map(({ payload }) => payload.message_thread_id)).toEqual([31, 31]);
    sent = [];
    // A thread of replies in a plain supergroup has an id too, into which nothing can be sent.
    await inGroup({ ...command("/ask who?"), message_thread_id: 31 });
    expect(sent.map(({ payload }) => payload.message_thread_id)).toEqual([undefined, undefined]);
  });

  it("answers an anonymous admin, whom Telegram shows as a bot, and no other bot", async () => {
    const anonymous = { id: 1087968824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" };
    await inGroup({ ...command("/ask who?"), from: anonymous, sender_chat: GROUP });
    await inGroup({ ...command("/ask who?"), from: { ...anonymous, id: 5 } });
    expect(asked).toEqual(["who?"]);
  });
});

it("says once for a whole album that it reads text only", async () => {
  const bot = openBot();
  for (const update_id of [1, 2, 3]) {
    await bot.handleUpdate({ ...messageIn(PRIVATE, { photo: [], media_group_id: "one" }), update_id });
  }
  expect(texts()).toEqual([en.textOnly]);
});
