import type { Chat, InlineQueryResult, Message, MessageEntity, Update, User } from "grammy/types";
import type { Bell } from "./bell.ts";
import { type ChatRecord, type Chats, seconds } from "./chats.ts";
import { entitiesOf } from "./entities.ts";
import type { Files } from "./files.ts";
import { placeIn } from "./messages.ts";
import type { Queries, QueryAnswer } from "./queries.ts";
import { type Shown, shown } from "./shown.ts";
import type { NewUpdate } from "./updates.ts";

export interface PersonOptions {
  readonly language_code?: string;
  readonly first_name?: string;
  readonly username?: string;
}

export interface SayOptions {
  /** Id of the topic; General is left out. */
  readonly topic?: number;
  readonly replyTo?: Shown;
  /** Marks a part of the message replied to. */
  readonly quote?: string;
  /** Name of whoever wrote it first. */
  readonly forwardedFrom?: string;
  readonly album?: string;
  /** As a command whose `is_ephemeral` is set: seen by its sender and the bot. */
  readonly isWhispered?: boolean;
}

export interface DocumentOptions extends SayOptions {
  readonly caption?: string;
  /** What Telegram says of its size, where not so many bytes need to be there. */
  readonly fileSize?: number;
}

/** What a person has asked for and the bot has yet to answer. */
export interface Asked {
  readonly id: string;
  answer(timeoutMs?: number): Promise<QueryAnswer>;
}

/** A person in one chat with the bot, private or a group. */
export interface Person {
  readonly user: User;
  readonly chatId: number;
  /** What this person sees in the chat now, from the oldest on. */
  readonly messages: readonly Shown[];
  says(text: string, options?: SayOptions): Shown;
  /** Changes the text, or the caption, of what this person said. */
  edits(message: Shown, text: string): Shown;
  sendsDocument(name: string, bytes: Uint8Array, options?: DocumentOptions): Shown;
  /** Presses a button that calls back; `answer` is what then shows on top of the chat. */
  presses(message: Shown, button: string | RegExp): Asked;
  asksInline(query: string, options?: { chatType?: Chat["type"] | "sender"; offset?: string }): Asked;
  /** Sends what was chosen of the bot's inline results into this chat. */
  chooses(result: InlineQueryResult): Shown;
  /** The bot's first message, past or to come, that answers to this one and of which `holds` is true. */
  waitForReply(to: Shown, holds?: (reply: Shown) => boolean, timeoutMs?: number): Promise<Shown>;
  /** The first message that this person sees, past or to come, of which `holds` is true. */
  waitFor(holds: (message: Shown) => boolean, timeoutMs?: number): Promise<Shown>;
}

export interface PeoplePartners {
  readonly me: User;
  readonly chats: Chats;
  readonly queries: Queries;
  readonly files: Files;
  readonly bell: Bell;
  readonly push: (update: NewUpdate) => number;
}

export function createPerson(record: ChatRecord, user: User, partners: PeoplePartners): Person {
  const { me, chats, queries, files, bell, push } = partners;
  record.users.set(user.id, user);

  function send(content: Partial<Message>, options: SayOptions): Shown {
    const replied = options.replyTo && record.messages.get(options.replyTo.id);
    const replyToWhisper = options.replyTo?.raw.ephemeral_message_id;
    const placed = {
      from: user,
      ...placeIn(record, options.topic, replied),
      ...(options.quote === undefined
        ? {}
        : { quote: { text: options.quote, position: 0, is_manual: true as const } }),
      ...(options.album === undefined ? {} : { media_group_id: options.album }),
      ...(options.forwardedFrom === undefined ? {} : { forward_origin: hiddenUser(options.forwardedFrom) }),
      ...content,
    };
    const isWhispered = options.isWhispered || replyToWhisper !== undefined;
    const message = isWhispered
      ? chats.whisper(record, { ...placed, receiver_user: me })
      : chats.add(record, placed);
    if (isWhispered || botGets(message, record, me))
      push({ message: message as Message & Update.NonChannel });
    return shown(message, me);
  }

  const visible = (): Shown[] => {
    const own = [...record.whispers.values()].filter(
      ({ from, receiver_user }) => from?.id === user.id || receiver_user?.id === user.id,
    );
    // Whispers have no place of their own among the ids; they are seen last.
    return [...record.messages.values(), ...own].map((message) => shown(message, me));
  };

  const person: Person = {
    user,
    chatId: record.chat.id,
    get messages() {
      return visible();
    },

    says: (text, options = {}) => send(written("text", text), options),

    edits(message, text) {
      const before = record.messages.get(message.id);
      if (!before) throw new Error(`There is no message ${message.id} to edit`);
      const content = before.text === undefined ? written("caption", text) : written("text", text);
      const after = { ...before, ...content, edit_date: seconds() };
      record.messages.set(message.id, after);
      bell.ring();
      if (botGets(after, record, me))
        push({ edited_message: after as Message & Update.Edited & Update.NonChannel });
      return shown(after, me);
    },

    sendsDocument(name, bytes, { caption, fileSize, ...options } = {}) {
      const document = files.add(name, bytes, fileSize);
      return send({ document, ...(caption ? written("caption", caption) : {}) }, options);
    },

    presses(message, label) {
      const now = visible().find((one) => one.key === message.key);
      const rows = now?.raw.reply_markup?.inline_keyboard ?? [];
      const button = rows
        .flat()
        .find(({ text }) => (typeof label === "string" ? text === label : label.test(text)));
      if (!now || !button) {
        const labels = rows.flat().map(({ text }) => text);
        throw new Error(
          `There is no button ${label} below ${JSON.stringify(now?.text)}; there are: ${labels}`,
        );
      }
      if (!("callback_data" in button)) throw new Error(`The button ${label} does not call the bot`);
      const id = queries.ask("callback", user);
      const inline = [...chats.inline].find(
        ([, { message_id, chat }]) => message_id === now.id && chat === record.chat,
      );
      push({
        callback_query: {
          id,
          from: user,
          chat_instance: String(record.chat.id),
          data: button.callback_data,
          ...(inline ? { inline_message_id: inline[0] } : { message: now.raw }),
        } as Update["callback_query"] & object,
      });
      return { id, answer: (timeoutMs) => queries.answerTo(id, timeoutMs) };
    },

    asksInline(query, { chatType = record.chat.type, offset = "" } = {}) {
      const id = queries.ask("inline", user);
      push({ inline_query: { id, from: user, query, offset, chat_type: chatType } });
      return { id, answer: (timeoutMs) => queries.answerTo(id, timeoutMs) };
    },

    chooses(result) {
      const message = chats.add(record, { ...queries.sentAs(result), from: user, via_bot: me });
      if (message.reply_markup) chats.inline.set(`inline-${record.chat.id}-${message.message_id}`, message);
      // Telegram shows the bot what is sent through it, wherever the bot is.
      if (record.bot !== "left") push({ message: message as Message & Update.NonChannel });
      return shown(message, me);
    },

    waitForReply: (to, holds = () => true, timeoutMs) =>
      person.waitFor((one) => one.isByBot && one.replyTo === to.key && holds(one), timeoutMs),

    waitFor: (holds, timeoutMs = 5000) =>
      bell.until(
        () => visible().find(holds),
        timeoutMs,
        () =>
          `No such message in chat ${record.chat.id}; there are ${JSON.stringify(visible().map(({ text }) => text))}`,
      ),
  };
  return person;
}

/**
 * Whether Telegram gives the bot this message. With its privacy mode on, a group's only if it is a command that
 * names no other bot, names this bot, answers to it, or went through it; an admin gets all.
 */
function botGets(message: Message, record: ChatRecord, me: User): boolean {
  if (record.bot !== "member" && record.bot !== "administrator" && record.bot !== "blocked") return false;
  if (record.chat.type === "private" || record.bot === "administrator") return record.bot !== "blocked";
  const text = message.text ?? message.caption ?? "";
  const marked = (message.entities ?? message.caption_entities ?? []).map(({ type, offset, length }) => ({
    type,
    text: text.slice(offset, offset + length).toLowerCase(),
  }));
  const name = `@${me.username}`.toLowerCase();
  return (
    marked.some(
      (one) =>
        (one.type === "mention" && one.text === name) ||
        (one.type === "bot_command" && (!one.text.includes("@") || one.text.endsWith(name))),
    ) ||
    message.reply_to_message?.from?.id === me.id ||
    message.via_bot?.id === me.id
  );
}

function written(kind: "text" | "caption", text: string): Partial<Message> {
  const trimmed = text.trim();
  const entities: MessageEntity[] = entitiesOf(trimmed);
  if (kind === "text") return { text: trimmed, ...(entities.length > 0 ? { entities } : {}) };
  return { caption: trimmed, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

function hiddenUser(name: string): NonNullable<Message["forward_origin"]> {
  return { type: "hidden_user", sender_user_name: name, date: seconds() };
}
