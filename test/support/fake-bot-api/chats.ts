import type { Chat, Message, User } from "grammy/types";
import type { Bell } from "./bell.ts";
import { badRequest, forbidden } from "./refusal.ts";

export type BotRole = "member" | "administrator" | "left" | "kicked" | "blocked";

/** A chat with all that was said in it. */
export interface ChatRecord {
  readonly chat: Chat;
  /** What stands in the chat now, by id. */
  readonly messages: Map<number, Message>;
  /** Messages that one person sees, by their ephemeral id; the person is in `receiver_user`, or wrote it. */
  readonly whispers: Map<number, Message>;
  /** Topics of a forum and the service message that opened each; General is none of them. */
  readonly topics: Map<number, Message>;
  readonly users: Map<number, User>;
  readonly admins: Set<number>;
  bot: BotRole;
  /** Ids of messages count from 1 in every chat, so that a bot that mixes chats up is found out. */
  lastId: number;
}

export interface Chats {
  /** The record of a chat, made if it is new. */
  open(chat: Chat): ChatRecord;
  find(chatId: number): ChatRecord | undefined;
  /** The chat a call is meant for; refuses where the bot may not speak. */
  reach(chatId: unknown): ChatRecord;
  /** Keeps a message that a test pushed as it is. */
  learn(message: Message): void;
  /** Puts a new message at the end of its chat. */
  add(record: ChatRecord, message: Omit<Message, "message_id" | "chat" | "date">): Message;
  /** As `add`, of a message for one person only. */
  whisper(record: ChatRecord, message: Omit<Message, "message_id" | "chat" | "date">): Message;
  /** Messages sent through the bot's inline mode, by their inline id; the bot need not be in their chat. */
  readonly inline: Map<string, Message>;
}

export function createChats(bell: Bell): Chats {
  const records = new Map<number, ChatRecord>();
  let lastWhisper = 0;

  const chats: Chats = {
    inline: new Map(),

    open(chat) {
      const known = records.get(chat.id);
      if (known) return known;
      const record: ChatRecord = {
        chat,
        messages: new Map(),
        whispers: new Map(),
        topics: new Map(),
        users: new Map(),
        admins: new Set(),
        bot: "member",
        // The first message of a forum is its General topic's.
        lastId: "is_forum" in chat && chat.is_forum ? 1 : 0,
      };
      records.set(chat.id, record);
      return record;
    },

    find: (chatId) => records.get(chatId),

    reach(chatId) {
      if (chatId === undefined || chatId === "") throw badRequest("chat_id is empty");
      const record = records.get(Number(chatId));
      if (!record) {
        const isMet = [...records.values()].some(({ users }) => users.has(Number(chatId)));
        throw isMet ? forbidden("bot can't initiate conversation with a user") : badRequest("chat not found");
      }
      const name = record.chat.type === "group" ? "group" : `${record.chat.type} chat`;
      if (record.bot === "blocked") throw forbidden("bot was blocked by the user");
      if (record.bot === "kicked") throw forbidden(`bot was kicked from the ${name}`);
      if (record.bot === "left") throw forbidden(`bot is not a member of the ${name}`);
      return record;
    },

    learn(message) {
      const record = chats.open(message.chat);
      record.messages.set(message.message_id, message);
      record.lastId = Math.max(record.lastId, message.message_id);
      if (message.from) record.users.set(message.from.id, message.from);
      const { message_thread_id: topic, reply_to_message: replied } = message;
      if (message.is_topic_message && topic !== undefined && !record.topics.has(topic)) {
        record.topics.set(topic, (replied?.forum_topic_created ? replied : message) as Message);
      }
      if (replied && !record.messages.has(replied.message_id)) chats.learn(replied as Message);
      bell.ring();
    },

    add(record, content) {
      const message = {
        message_id: ++record.lastId,
        date: seconds(),
        chat: record.chat,
        ...content,
      } as Message;
      record.messages.set(message.message_id, message);
      if (message.from) record.users.set(message.from.id, message.from);
      bell.ring();
      return message;
    },

    whisper(record, content) {
      const ephemeral_message_id = ++lastWhisper;
      const message = {
        message_id: 0,
        ephemeral_message_id,
        date: seconds(),
        chat: record.chat,
        ...content,
      } as Message;
      record.whispers.set(ephemeral_message_id, message);
      if (message.from) record.users.set(message.from.id, message.from);
      bell.ring();
      return message;
    },
  };
  return chats;
}

/** A message as it is quoted in a reply to it: without what it replies to itself. */
export function asReplied(message: Message): Message {
  const { reply_to_message: _, ...rest } = message;
  return rest as Message;
}

export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
