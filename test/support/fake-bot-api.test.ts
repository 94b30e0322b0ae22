import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api, HttpError, InputFile } from "grammy";
import type { InlineQueryResult } from "grammy/types";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { entitiesOf } from "./fake-bot-api/entities.ts";
import { FAULTS, type FakeBotApi, flood, startFakeBotApi } from "./fake-bot-api.ts";

let telegram: FakeBotApi;
let api: Api;

beforeEach(async () => {
  telegram = await startFakeBotApi();
  api = new Api(telegram.token, { apiRoot: telegram.apiRoot });
});
afterEach(() => telegram.close());

const HTML = { parse_mode: "HTML" } as const;
const button = (text: string, callback_data: string) => ({ inline_keyboard: [[{ text, callback_data }]] });
const article = (id: string, more: object = {}): InlineQueryResult => ({
  type: "article",
  id,
  title: "t",
  input_message_content: { message_text: "m" },
  ...more,
});

describe("messages", () => {
  it.each([
    ["no text", "", {}, "message text is empty"],
    ["only what is not shown", "<b> </b>", HTML, "message text is empty"],
    ["more than 4096 characters", "长".repeat(4097), {}, "message is too long"],
    ["half a surrogate pair", "\uD840", {}, "strings must be encoded in UTF-8"],
    ["an unknown tag", "<h1>x</h1>", HTML, "unsupported start tag"],
    ["an attribute nobody knows", '<a href="https://e.org" class="x">x</a>', HTML, "unsupported start tag"],
    ["a link without a host", '<a href="page">x</a>', HTML, "unsupported start tag"],
    ["a quote in a quote", "<blockquote><blockquote>x</blockquote></blockquote>", HTML, "blockquote inside"],
    ["tags that overlap", "<b><i>x</b></i>", HTML, "unexpected end tag"],
    ["an end that is missing", "<blockquote expandable>x", HTML, "can't find end tag"],
    ["callback data of 65 bytes", "x", { reply_markup: button("a", "d".repeat(65)) }, "BUTTON_DATA_INVALID"],
    ["callback data of no bytes", "x", { reply_markup: button("a", "") }, "BUTTON_DATA_INVALID"],
    [
      "callback data by bytes, not letters",
      "x",
      { reply_markup: button("a", "条".repeat(22)) },
      "BUTTON_DATA",
    ],
    ["a button without a text", "x", { reply_markup: button(" ", "d") }, "button's text is empty"],
    [
      "a button that does nothing",
      "x",
      { reply_markup: { inline_keyboard: [[{ text: "a" }]] } },
      "text buttons are unallowed",
    ],
    [
      "a link to localhost",
      "x",
      { reply_markup: { inline_keyboard: [[{ text: "a", url: "http://localhost/" }]] } },
      "Wrong HTTP URL",
    ],
    [
      "101 buttons",
      "x",
      { reply_markup: { inline_keyboard: Array(101).fill([{ text: "a", callback_data: "d" }]) } },
      "REPLY_MARKUP_TOO_LONG",
    ],
    ["a reply to nothing", "x", { reply_parameters: { message_id: 99 } }, "message to be replied not found"],
    ["a topic that is not there", "x", { message_thread_id: 5 }, "message thread not found"],
  ])("with %s are refused", async (_, text, other, reason) => {
    const { chatId } = telegram.private(7);
    await expect(api.sendMessage(chatId, text, other as object)).rejects.toThrow(reason);
  });

  it("go only where the bot may speak", async () => {
    await expect(api.sendMessage(1, "x")).rejects.toThrow("400: Bad Request: chat not found");
    const group = telegram.group(-1);
    group.member(8);
    await expect(api.sendMessage(8, "x")).rejects.toThrow("403: Forbidden: bot can't initiate conversation");
    group.setBot("kicked");
    await expect(api.sendMessage(-1, "x")).rejects.toThrow(
      "Forbidden: bot was kicked from the supergroup chat",
    );
    telegram.private(7).blocks();
    await expect(api.sendMessage(7, "x")).rejects.toThrow("Forbidden: bot was blocked by the user");
  });

  it("show what the HTML says, where it says so, and change with their keyboard", async () => {
    const you = telegram.private(7);
    const asked = you.says("who?");
    const reply_parameters = { message_id: asked.id };
    const { message_id } = await api.sendMessage(7, "a &lt; <blockquote expandable>b</blockquote>", {
      ...HTML,
      reply_parameters,
      reply_markup: button("more", "1"),
    });
    const reply = await you.waitForReply(asked);
    expect(reply).toMatchObject({ id: message_id, text: "a < b", buttons: ["more"] });
    expect(reply.entities).toEqual([{ type: "expandable_blockquote", offset: 4, length: 1 }]);

    const same = { ...HTML, reply_markup: button("more", "1") };
    const edit = (text: string, other = {}) => api.editMessageText(7, message_id, text, other);
    await expect(edit("a &lt; <blockquote expandable>b</blockquote>", same)).rejects.toThrow("not modified");
    await edit("c");
    expect(you.messages.at(-1)).toMatchObject({ text: "c", buttons: [], entities: [], isEdited: true });
    await expect(api.editMessageText(7, 99, "c")).rejects.toThrow("message to edit not found");
    await expect(api.editMessageText(7, asked.id, "c")).rejects.toThrow("message can't be edited");
    await api.deleteMessage(7, message_id);
    expect(you.messages).toHaveLength(1);
    await expect(api.deleteMessage(7, message_id)).rejects.toThrow("message to delete not found");
  });

  it("stand in the topic named, or in that of what they answer to; General has no number", async () => {
    const forum = telegram.group(-1, { isForum: true, botIsAdmin: true });
    const topic = forum.addTopic("News");
    const you = forum.member(7);
    const asked = you.says("who?", { topic });
    expect(telegram.pending().at(-1)?.message).toMatchObject({
      is_topic_message: true,
      message_thread_id: topic,
      reply_to_message: { forum_topic_created: { name: "News" } },
    });
    await api.sendMessage(-1, "there", { message_thread_id: topic });
    await api.sendMessage(-1, "inherited", { reply_parameters: { message_id: asked.id } });
    await api.sendMessage(-1, "general");
    expect(forum.messages.slice(-3).map((one) => one.topic)).toEqual([topic, topic, undefined]);
    await expect(api.sendMessage(-1, "x", { message_thread_id: 1 })).rejects.toThrow("thread not found");
  });

  it("for one person are seen by that person, where the bot may whisper", async () => {
    const group = telegram.group(-1);
    const [you, other] = [group.member(7), group.member(8)];
    const whisper = (more = {}) =>
      api.sendMessage(-1, "psst", { ephemeral_message_parameters: { receiver_user_id: 7 }, ...more });
    await expect(whisper()).rejects.toThrow("not enough rights");
    const asked = you.says("/ask who?", { isWhispered: true });
    const { ephemeral_message_id: id = 0, message_id } = await whisper({
      reply_parameters: { ephemeral_message_id: asked.raw.ephemeral_message_id },
    });
    expect(message_id).toBe(0);
    expect(await you.waitForReply(asked)).toMatchObject({ text: "psst", isWhispered: true });
    await api.editEphemeralMessageText(-1, 7, id, "quiet");
    await expect(api.editEphemeralMessageText(-1, 8, id, "quiet")).rejects.toThrow("not found");
    expect(you.messages.map(({ text }) => text)).toEqual(["/ask who?", "quiet"]);
    expect([other.messages, group.messages]).toEqual([[], []]);
    telegram.private(7);
    const parameters = { ephemeral_message_parameters: { receiver_user_id: 7 } };
    await expect(api.sendMessage(7, "x", parameters)).rejects.toThrow("only in groups");
  });
});

describe("what the bot is told of a group", () => {
  it("is what calls it, unless it is an admin", async () => {
    const group = telegram.group(-1);
    const you = group.member(7);
    for (const text of ["hello", "@Wenbao_Bot who?", "请问@Wenbao_Bot", "/ask who?", "/ask@other_bot who?"]) {
      you.says(text);
    }
    const { message_id } = await api.sendMessage(-1, "said");
    you.says("and?", { replyTo: group.messages.find(({ id }) => id === message_id)! });
    you.sendsDocument("a.txt", new Uint8Array(1), { caption: "@wenbao_bot 谁？" });
    const texts = () => telegram.pending().map(({ message }) => message?.text ?? message?.caption);
    expect(texts()).toEqual(["@Wenbao_Bot who?", "/ask who?", "and?", "@wenbao_bot 谁？"]);
    telegram.group(-1, { botIsAdmin: true }).member(7).says("hello");
    expect(texts().at(-1)).toBe("hello");
  });

  it("marks names and commands as Telegram does: not where letters of any script touch them", () => {
    const marked = (text: string) =>
      entitiesOf(text).map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]);
    expect(marked("𠮷 @Wenbao_Bot，/ask@Wenbao_Bot 谁")).toEqual([
      ["mention", "@Wenbao_Bot"],
      ["bot_command", "/ask@Wenbao_Bot"],
    ]);
    expect(marked("请问@Wenbao_Bot /ask第三条 me@host.org 1/2")).toEqual([]);
  });

  it("tells who its admins are", async () => {
    telegram.group(-1, { admins: [7] }).member(8);
    expect((await api.getChatAdministrators(-1)).map(({ user }) => user.id)).toEqual([7]);
    expect((await api.getChatMember(-1, 7)).status).toBe("administrator");
    expect((await api.getChatMember(-1, 8)).status).toBe("member");
    await expect(api.getChatMember(-1, 9)).rejects.toThrow("PARTICIPANT_ID_INVALID");
    telegram.private(7);
    await expect(api.getChatAdministrators(7)).rejects.toThrow("no administrators in the private chat");
  });
});

describe("queries", () => {
  it("of buttons are answered once, in time, with at most 200 characters", async () => {
    const you = telegram.private(7);
    await api.sendMessage(7, "x", { reply_markup: button("more", "page:2") });
    const press = you.presses(you.messages[0]!, "more");
    expect(telegram.pending().at(-1)?.callback_query).toMatchObject({
      data: "page:2",
      message: { text: "x" },
    });
    await expect(api.answerCallbackQuery(press.id, { text: "长".repeat(201) })).rejects.toThrow("TOO_LONG");
    await api.answerCallbackQuery(press.id, { text: "done" });
    expect(await press.answer()).toMatchObject({ text: "done" });
    await expect(api.answerCallbackQuery(press.id)).rejects.toThrow("query is too old");
    const late = you.presses(you.messages[0]!, /more/);
    telegram.expire(late);
    await expect(api.answerCallbackQuery(late.id)).rejects.toThrow("query is too old");
    expect(() => you.presses(you.messages[0]!, "less")).toThrow("There is no button less");
  });

  it.each([
    ["51 results", Array.from({ length: 51 }, (_, at) => article(String(at))), {}, "RESULTS_TOO_MUCH"],
    ["two results of one id", [article("1"), article("1")], {}, "RESULT_ID_DUPLICATE"],
    ["an id of 65 bytes", [article("1".repeat(65))], {}, "RESULT_ID_INVALID"],
    ["no title", [article("1", { title: "" })], {}, "ARTICLE_TITLE_EMPTY"],
    ["no content", [article("1", { input_message_content: undefined })], {}, "input_message_content"],
    [
      "HTML that cannot be read",
      [article("1", { input_message_content: { message_text: "<", parse_mode: "HTML" } })],
      {},
      "can't parse entities",
    ],
    ["a start parameter with a sign", [], { button: { text: "b", start_parameter: "a=b" } }, "START_PARAM"],
  ])("of the inline mode are not answered with %s", async (_, results, other, reason) => {
    const { id } = telegram.private(7).asksInline("谁");
    await expect(api.answerInlineQuery(id, results, other)).rejects.toThrow(reason);
  });

  it("of the inline mode give results, which a person can send into a chat", async () => {
    const you = telegram.group(-1).member(7);
    const asked = you.asksInline("谁");
    expect(telegram.pending()[0]?.inline_query).toMatchObject({ query: "谁", chat_type: "supergroup" });
    await api.answerInlineQuery(asked.id, [article("1", { reply_markup: button("more", "1") })]);
    const { results } = await asked.answer();
    const sent = you.chooses(results![0]!);
    expect(sent).toMatchObject({ text: "m", from: 7, raw: { via_bot: { id: 4242 } } });
    you.presses(sent, "more");
    const { inline_message_id = "", message } = telegram.pending().at(-1)!.callback_query!;
    expect(message).toBeUndefined();
    expect(await api.editMessageTextInline(inline_message_id, "n")).toBe(true);
    expect(you.messages.map(({ text }) => text)).toEqual(["n"]);
  });

  it("of guests are answered once, in a chat that the bot is not in", async () => {
    const asked = telegram.asksAsGuest("@Wenbao_Bot 谁？");
    const { guest_message: question } = telegram.pending()[0]!;
    expect(question).toMatchObject({ guest_query_id: asked.id, entities: [{ type: "mention" }] });
    await api.answerGuestQuery(asked.id, article("1"));
    expect((await asked.answer()).message?.text).toBe("m");
    await expect(api.answerGuestQuery(asked.id, article("1"))).rejects.toThrow("query is too old");
    await expect(api.sendMessage(question!.chat.id, "x")).rejects.toThrow("bot is not a member");
  });
});

describe("files", () => {
  const download = async (id: string) => {
    const { file_path } = await api.getFile(id);
    return fetch(`${telegram.apiRoot}/file/bot${telegram.token}/${file_path}`);
  };

  it("are fetched up to 20 MB, and break off where they are made to", async () => {
    const you = telegram.private(7);
    const { raw } = you.sendsDocument("报.txt", Buffer.from("问报"), { caption: "new" });
    const id = raw.document!.file_id;
    expect(await (await download(id)).text()).toBe("问报");
    telegram.failNext("download", FAULTS.serverError);
    expect((await download(id)).status).toBe(500);
    telegram.failNext("download", FAULTS.dropAfter);
    await expect(download(id).then((response) => response.text())).rejects.toThrow();
    const large = you.sendsDocument("large.pdf", new Uint8Array(1), { fileSize: 20 * 1024 * 1024 + 1 });
    await expect(api.getFile(large.raw.document!.file_id)).rejects.toThrow("file is too big");
    await expect(api.getFile("none")).rejects.toThrow("wrong file_id");
  });

  it("come from the bot as well", async () => {
    const you = telegram.private(7);
    await api.sendDocument(7, new InputFile(Buffer.from("x"), "list.csv"), { caption: "<b>a</b>", ...HTML });
    expect(you.messages).toMatchObject([{ fileName: "list.csv", text: "a", isByBot: true }]);
  });

  it("lie in a folder on a server of one's own, however large", async () => {
    const folder = mkdtempSync(join(tmpdir(), "wenbao-files-"));
    const local = await startFakeBotApi({ localFilesDir: folder, lacks: ["answerGuestQuery"] });
    const localApi = new Api(local.token, { apiRoot: local.apiRoot });
    const { raw } = local.private(7).sendsDocument("a.txt", Buffer.from("x"), { fileSize: 2 ** 30 });
    const { file_path = "" } = await localApi.getFile(raw.document!.file_id);
    expect(readFileSync(file_path, "utf8")).toBe("x");
    await expect(localApi.answerGuestQuery("1", article("1"))).rejects.toThrow(
      "404: Not Found: method not found",
    );
    await local.close();
    rmSync(folder, { recursive: true });
  });
});

describe("the menu", () => {
  const command = (name: string, description = "d") => ({ command: name, description });
  it.each([
    ["a capital letter", [command("Ask")], {}, "BOT_COMMAND_INVALID"],
    ["no description", [command("ask", "")], {}, "BOT_COMMAND_DESCRIPTION_INVALID"],
    ["101 commands", Array(101).fill(command("ask")), {}, "BOT_COMMANDS_TOO_MUCH"],
    ["a language of three letters", [command("ask")], { language_code: "zho" as "zh" }, "LANG_CODE_INVALID"],
    [
      "a chat nobody knows",
      [command("ask")],
      { scope: { type: "chat_administrators", chat_id: -5 } as const },
      "chat not found",
    ],
  ])("refuses %s", async (_, commands, other, reason) => {
    await expect(api.setMyCommands(commands, other)).rejects.toThrow(reason);
  });

  it("is kept by scope and language; descriptions have their limits", async () => {
    const scope = { type: "all_group_chats" } as const;
    await api.setMyCommands([command("ask")], { scope, language_code: "zh" });
    expect(await api.getMyCommands({ scope, language_code: "zh" })).toHaveLength(1);
    expect(await api.getMyCommands({ scope })).toEqual([]);
    await expect(api.setMyDescription("长".repeat(513))).rejects.toThrow("too long");
    await expect(api.setMyShortDescription("长".repeat(121))).rejects.toThrow("too long");
  });
});

describe("updates", () => {
  it("are only of the kinds that the bot asks for, and not fetched while a webhook is set", async () => {
    await api.getUpdates({ allowed_updates: ["message"] });
    const you = telegram.private(7);
    you.edits(you.says("one"), "two");
    expect(telegram.pending().map((update) => Object.keys(update)[0])).toEqual(["message"]);
    await expect(api.setWebhook("ftp://host")).rejects.toThrow("An HTTPS URL must be provided");
    await expect(api.setWebhook("https://host", { secret_token: "a b" })).rejects.toThrow(
      "unallowed characters",
    );
    await api.setWebhook("http://127.0.0.1:9/");
    await expect(api.getUpdates()).rejects.toThrow(
      "409: Conflict: can't use getUpdates method while webhook",
    );
    await api.deleteWebhook({ drop_pending_updates: true });
    expect(await api.getUpdates()).toEqual([]);
  });

  it("are sent to a webhook with its secret, one after another, each until it is taken", async () => {
    const taken: unknown[] = [];
    let failures = 2;
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.statusCode = failures-- > 0 ? 500 : 200;
      if (response.statusCode === 200) {
        taken.push([request.headers["x-telegram-bot-api-secret-token"], JSON.parse(body).message.text]);
      }
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    telegram.private(7).says("one");
    await api.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, {
      secret_token: "s",
    });
    telegram.private(7).says("two");
    await expect
      .poll(() => taken)
      .toEqual([
        ["s", "one"],
        ["s", "two"],
      ]);
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([500, 500, 200, 200]);
    expect(await api.getWebhookInfo()).toMatchObject({ last_error_message: expect.stringContaining("500") });
    server.close();
    server.closeAllConnections();
  });
});

it("does what it was asked although the answer gets lost", async () => {
  const you = telegram.private(7);
  telegram.failNext("sendMessage", FAULTS.dropAfter);
  await expect(api.sendMessage(7, "said")).rejects.toThrow("Network request");
  expect(you.messages.map(({ text }) => text)).toEqual(["said"]);
  expect(telegram.succeeded("sendMessage")).toMatchObject([{ isLost: true }]);
});

describe("faults", () => {
  const send = (chat: number) => api.sendMessage(chat, "text");
  const isSent = (chat: number) =>
    send(chat).then(
      () => true,
      () => false,
    );

  it("in force meet what they are meant for until they are lifted; those that come once pass", async () => {
    for (const chat of [1, 2]) telegram.private(chat);
    const lift = telegram.impose((_, { chat_id: chat }) => (chat === 1 ? flood(3) : undefined));
    telegram.failNext("sendMessage", FAULTS.serverError);
    await expect(send(2)).rejects.toMatchObject({ error_code: 500 });
    await expect(send(1)).rejects.toMatchObject({ error_code: 429, parameters: { retry_after: 3 } });
    expect([await isSent(1), await isSent(2)]).toEqual([false, true]);
    lift();
    expect(await isSent(1)).toBe(true);
  });

  it("let a call stall without an answer, or be late beside whatever else meets it", async () => {
    telegram.private(1);
    const lift = telegram.impose(() => ({ kind: "stall" }));
    await expect(api.getMe(AbortSignal.timeout(50) as never)).rejects.toBeInstanceOf(HttpError);
    lift();
    telegram.impose(() => ({ kind: "slow", ms: 60 }));
    telegram.failNext("sendMessage", FAULTS.dropAfter);
    const startMs = performance.now();
    expect(await isSent(1)).toBe(false);
    expect(performance.now() - startMs).toBeGreaterThan(50);
    expect(telegram.succeeded("sendMessage")).toHaveLength(1);
  });

  it("keep the poll that is open from ever being answered, and what it would have told for the next", async () => {
    const poll = api.getUpdates({ timeout: 30 }, AbortSignal.timeout(300) as never);
    await expect.poll(telegram.isPolled).toBe(true);
    const lift = telegram.stallPolls();
    telegram.private(1).says("heard late");
    await expect(poll).rejects.toBeInstanceOf(HttpError);
    lift();
    expect(await api.getUpdates()).toHaveLength(1);
  });

  it("are that nobody listens, until the server is back at its address", async () => {
    telegram.private(1);
    const poll = api.getUpdates({ timeout: 30 }).catch((error: unknown) => error);
    await expect.poll(telegram.isPolled).toBe(true);
    await telegram.goAway();
    expect(await poll).toBeInstanceOf(HttpError);
    expect(await isSent(1)).toBe(false);
    await telegram.comeBack();
    expect(await isSent(1)).toBe(true);
  });
});

describe("a watcher", () => {
  it("hears of a call when it is done and when it is answered, and of none that is not done", async () => {
    const heard: string[] = [];
    const end = telegram.watch(({ at, method }) => void heard.push(`${method} ${at}`));
    await api.getMe();
    telegram.failNext("getMe", FAULTS.drop);
    await api.getMe().catch(() => undefined);
    telegram.failNext("getMe", FAULTS.dropAfter);
    await api.getMe().catch(() => undefined);
    end();
    await api.getMe();
    expect(heard).toEqual(["getMe done", "getMe answered", "getMe done"]);
  });

  it("is what long runs need, in which only the latest calls are remembered", async () => {
    const short = await startFakeBotApi({ keptCalls: 2 });
    const other = new Api(short.token, { apiRoot: short.apiRoot });
    for (let count = 0; count < 9; count++) await other.getMe();
    expect(short.calls.length).toBeLessThan(4);
    await short.close();
  });
});
