import type { Message, User } from "grammy/types";
import { asReplied, type ChatRecord, type Chats, seconds } from "./chats.ts";
import { readContent, readMarkup, readText } from "./content.ts";
import type { Queries } from "./queries.ts";
import { badRequest } from "./refusal.ts";

type Payload = Readonly<Record<string, unknown>>;
type Posted = Partial<Message>;

const ACTIONS: ReadonlySet<unknown> = new Set(["typing", "upload_document", "upload_photo", "find_location"]);

/** A member is whispered to within this time of what it answers to; an admin bot at any time. */
const WHISPER_S = 15;

const NOT_MODIFIED =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

/** The methods that put messages into chats, change them and take them away. */
export function messageMethods(me: User, chats: Chats, queries: Queries) {
  function post(payload: Payload, content: Posted): Message {
    const record = chats.reach(payload.chat_id);
    const markup = readMarkup(payload.reply_markup);
    const shown = { ...content, ...(markup ? { reply_markup: markup } : {}) };
    if (payload.ephemeral_message_parameters !== undefined) return whisper(record, payload, shown);
    const topic = topicOf(record, payload.message_thread_id);
    const replied = repliedBy(record, payload);
    return chats.add(record, {
      from: me,
      ...placeIn(record, topic, replied),
      ...quoteOf(payload, replied),
      ...shown,
    });
  }

  function whisper(record: ChatRecord, payload: Payload, content: Posted): Message {
    const { receiver_user_id: id, callback_query_id: query } = Object(payload.ephemeral_message_parameters);
    if (record.chat.type !== "group" && record.chat.type !== "supergroup") {
      throw badRequest("ephemeral messages can be sent only in groups");
    }
    const receiver_user = record.users.get(Number(id));
    if (!receiver_user) throw badRequest("user not found");
    const { ephemeral_message_id: repliedId, message_id: publicId } = Object(payload.reply_parameters);
    const replied = record.whispers.get(Number(repliedId));
    if (repliedId !== undefined && (!replied || seconds() - replied.date > WHISPER_S)) {
      throw badRequest("message to be replied not found");
    }
    if (publicId !== undefined && !record.messages.has(Number(publicId))) {
      throw badRequest("message to be replied not found");
    }
    if (query !== undefined) queries.mustBeOpen(String(query), Number(id));
    if (record.bot !== "administrator" && query === undefined && !replied) {
      throw badRequest("not enough rights to send ephemeral messages to the user");
    }
    const topic = topicOf(record, payload.message_thread_id);
    return chats.whisper(record, {
      from: me,
      receiver_user,
      ...placeIn(record, topic, replied),
      ...content,
    });
  }

  function ownMessage({ inline_message_id: inlineId, ...payload }: Payload): {
    message: Message;
    keep: (message: Message) => Message | true;
  } {
    if (inlineId !== undefined) {
      const message = chats.inline.get(String(inlineId));
      if (!message) throw badRequest("MESSAGE_ID_INVALID");
      const keep = (changed: Message): true => {
        chats.inline.set(String(inlineId), changed);
        const record = chats.find(changed.chat.id);
        record?.messages.set(changed.message_id, changed);
        return true;
      };
      return { message, keep };
    }
    const record = chats.reach(payload.chat_id);
    const message = record.messages.get(Number(payload.message_id));
    if (!message) throw badRequest("message to edit not found");
    if (message.from?.id !== me.id || message.via_bot) throw badRequest("message can't be edited");
    return {
      message,
      keep: (changed) => {
        record.messages.set(changed.message_id, changed);
        return changed;
      },
    };
  }

  function findWhisper(payload: Payload): { record: ChatRecord; message: Message } {
    const record = chats.reach(payload.chat_id);
    const message = record.whispers.get(Number(payload.ephemeral_message_id));
    if (!message || message.receiver_user?.id !== payload.receiver_user_id) {
      throw badRequest("message to edit not found");
    }
    return { record, message };
  }

  /** The message with a new text and keyboard; a keyboard that is left out is taken away. */
  function edited(message: Message, payload: Payload, content: Posted): Message {
    const { reply_markup: _, entities, ...rest } = message;
    const markup = readMarkup(payload.reply_markup);
    const kept = content.text === undefined && entities ? { entities } : {};
    const changed = { ...rest, ...kept, ...content, ...(markup ? { reply_markup: markup } : {}) } as Message;
    if (isSame(changed, message)) throw badRequest(NOT_MODIFIED);
    return { ...changed, edit_date: seconds() };
  }

  const textOf = (payload: Payload): Posted => {
    const { text, entities } = readText(payload.text, payload.parse_mode);
    return {
      text,
      ...(entities.length > 0 ? { entities: [...entities] } : { entities: undefined as never }),
    };
  };

  return {
    sendMessage: (payload: Payload) => post(payload, textOf(payload)),

    sendDocument(payload: Payload) {
      const document = Object(payload.document) as Message["document"] | undefined;
      if (!document?.file_id) throw badRequest("there is no document in the request");
      const { text, entities } = readContent(payload.caption, payload.parse_mode, 1024);
      return post(payload, { document, ...(text ? { caption: text, caption_entities: [...entities] } : {}) });
    },

    sendChatAction(payload: Payload) {
      const record = chats.reach(payload.chat_id);
      if (!ACTIONS.has(payload.action)) throw badRequest("wrong parameter action in request");
      // Alone among the methods, it takes the General topic by its number.
      if (payload.message_thread_id !== 1) topicOf(record, payload.message_thread_id);
      return true;
    },

    editMessageText(payload: Payload) {
      const { message, keep } = ownMessage(payload);
      if (message.text === undefined) throw badRequest("there is no text in the message to edit");
      return keep(edited(message, payload, textOf(payload)));
    },

    editMessageReplyMarkup(payload: Payload) {
      const { message, keep } = ownMessage(payload);
      return keep(edited(message, payload, {}));
    },

    deleteMessage(payload: Payload) {
      const record = chats.reach(payload.chat_id);
      const message = record.messages.get(Number(payload.message_id));
      if (!message) throw badRequest("message to delete not found");
      const mayDelete = record.chat.type === "private" || record.bot === "administrator";
      if (message.from?.id !== me.id && !mayDelete) throw badRequest("message can't be deleted");
      record.messages.delete(message.message_id);
      return true;
    },

    editEphemeralMessageText(payload: Payload) {
      const { record, message } = findWhisper(payload);
      record.whispers.set(message.ephemeral_message_id!, edited(message, payload, textOf(payload)));
      return true;
    },

    editEphemeralMessageReplyMarkup(payload: Payload) {
      const { record, message } = findWhisper(payload);
      record.whispers.set(message.ephemeral_message_id!, edited(message, payload, {}));
      return true;
    },

    deleteEphemeralMessage(payload: Payload) {
      const { record, message } = findWhisper(payload);
      record.whispers.delete(message.ephemeral_message_id!);
      return true;
    },
  };
}

/** The topic that a call names; the General one is named by leaving it out. */
function topicOf(record: ChatRecord, threadId: unknown): number | undefined {
  if (threadId === undefined) return undefined;
  if (!record.topics.has(Number(threadId))) throw badRequest("message thread not found");
  return Number(threadId);
}

function repliedBy(record: ChatRecord, payload: Payload): Message | undefined {
  const {
    message_id: id = payload.reply_to_message_id,
    allow_sending_without_reply: mayLack = payload.allow_sending_without_reply,
  } = Object(payload.reply_parameters);
  if (id === undefined) return undefined;
  const replied = record.messages.get(Number(id));
  if (!replied && mayLack !== true) throw badRequest("message to be replied not found");
  return replied;
}

function quoteOf(payload: Payload, replied: Message | undefined): Posted {
  const { quote } = Object(payload.reply_parameters);
  if (quote === undefined || !replied) return {};
  const position = (replied.text ?? replied.caption ?? "").indexOf(String(quote));
  if (position < 0) throw badRequest("QUOTE_TEXT_INVALID");
  return { quote: { text: String(quote), position } };
}

/** Where a message stands: in the topic named, else in that of what it replies to. */
export function placeIn(record: ChatRecord, topic: number | undefined, replied: Message | undefined): Posted {
  const inherited = replied?.is_topic_message ? replied.message_thread_id : undefined;
  const place = topic ?? inherited;
  // A reply outside of topics belongs to a thread of replies; a message in a topic "replies" to what opened it.
  const thread =
    place === undefined
      ? replied && record.chat.type === "supergroup" && !record.chat.is_forum
        ? { message_thread_id: replied.message_thread_id ?? replied.message_id }
        : {}
      : { message_thread_id: place, is_topic_message: true as const };
  const opening = place === undefined ? undefined : record.topics.get(place);
  const answered = replied ?? (opening?.forum_topic_created ? opening : undefined);
  return {
    ...thread,
    ...(answered
      ? { reply_to_message: asReplied(answered) as NonNullable<Message["reply_to_message"]> }
      : {}),
  };
}

function isSame(one: Message, other: Message): boolean {
  const shown = ({ text, entities, reply_markup }: Message) =>
    JSON.stringify([text, entities ?? [], reply_markup?.inline_keyboard ?? []]);
  return shown(one) === shown(other);
}
