import { type Api, GrammyError, HttpError, type InlineKeyboard } from "grammy";
import type { Message } from "grammy/types";
import { messageOf } from "../errors.ts";
import type { BotContext, MessageContext } from "./context.ts";
import { plainText } from "./html.ts";

interface ReplyOptions {
  readonly keyboard?: InlineKeyboard;
  /** Shown to the asker only, where the server can do that. */
  readonly ephemeral?: boolean;
}

/**
 * Sends Telegram HTML as a reply to the message asked in, into its topic, without link previews; also when that
 * message is gone by now. HTML that Telegram cannot parse is sent once more as plain text.
 */
export async function reply(
  ctx: MessageContext,
  html: string,
  { keyboard, ephemeral = false }: ReplyOptions = {},
): Promise<Message.TextMessage> {
  const { msg: message } = ctx;
  const { chat, message_id, ephemeral_message_id } = message;
  const options = {
    ...topicOf(message),
    ...WITHOUT_PREVIEW,
    ...(keyboard ? { reply_markup: keyboard } : {}),
  };
  const toAll = { ...options, reply_parameters: { message_id, allow_sending_without_reply: true } };
  if (ephemeral && ctx.from) {
    const toOne = {
      ...options,
      ...(ephemeral_message_id === undefined ? {} : { reply_parameters: { ephemeral_message_id } }),
      ephemeral_message_parameters: { receiver_user_id: ctx.from.id },
    };
    try {
      return await asHtml(html, (text, mode) => ctx.api.sendMessage(chat.id, text, { ...toOne, ...mode }));
    } catch (error) {
      // A server, a group or a person that knows no such messages: everybody may see the answer, as everywhere else.
      if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
    }
  }
  return asHtml(html, (text, mode) => ctx.api.sendMessage(chat.id, text, { ...toAll, ...mode }));
}

const WITHOUT_PREVIEW = { link_preview_options: { is_disabled: true } };

interface Place {
  readonly chat: number;
  readonly topic?: number | null;
  /** The message to reply to, where it is still there. */
  readonly message?: number | null;
}

/** Sends where nothing was just asked; throws as Telegram refuses it. */
export async function send(
  api: Api,
  { chat, topic, message }: Place,
  html: string,
  keyboard?: InlineKeyboard,
): Promise<Message.TextMessage> {
  const thread = topic === undefined || topic === null ? {} : { message_thread_id: topic };
  const answered =
    message === undefined || message === null
      ? {}
      : { reply_parameters: { message_id: message, allow_sending_without_reply: true } };
  const options = {
    ...thread,
    ...answered,
    ...WITHOUT_PREVIEW,
    ...(keyboard ? { reply_markup: keyboard } : {}),
  };
  return asHtml(html, (text, mode) => api.sendMessage(chat, text, { ...options, ...mode }));
}

/** Puts another text and other buttons into a message of the bot; false where it is gone or may not be edited. */
export async function editText(
  api: Api,
  { chat, message }: { readonly chat: number; readonly message: number },
  html: string,
  keyboard?: InlineKeyboard,
): Promise<boolean> {
  const options = { ...WITHOUT_PREVIEW, ...(keyboard ? { reply_markup: keyboard } : {}) };
  return edited(html, (text, mode) => api.editMessageText(chat, message, text, { ...options, ...mode }));
}

/** Puts another text and other buttons into the message whose button was pressed, wherever that is shown. */
export async function editPressed(
  ctx: BotContext,
  html: string,
  keyboard?: InlineKeyboard,
): Promise<boolean> {
  const pressed = ctx.callbackQuery?.message;
  const shownTo = pressed && "ephemeral_message_id" in pressed ? pressed.ephemeral_message_id : undefined;
  const options = { ...WITHOUT_PREVIEW, ...(keyboard ? { reply_markup: keyboard } : {}) };
  if (pressed === undefined || shownTo === undefined)
    return edited(html, (text, mode) => ctx.editMessageText(text, { ...options, ...mode }));
  return edited(html, (text, mode) =>
    ctx.api.editEphemeralMessageText(pressed.chat.id, ctx.from!.id, shownTo, text, { ...options, ...mode }),
  );
}

type Mode = { readonly parse_mode?: "HTML" };

/** Calls with Telegram HTML, and once more with its text alone where Telegram cannot parse it. */
export async function asHtml<Sent>(
  html: string,
  call: (text: string, mode: Mode) => Promise<Sent>,
): Promise<Sent> {
  try {
    return await call(html, { parse_mode: "HTML" });
  } catch (error) {
    if (!(error instanceof GrammyError && /can't parse entities/i.test(error.description))) throw error;
    return call(plainText(html), {});
  }
}

async function edited(html: string, call: (text: string, mode: Mode) => Promise<unknown>): Promise<boolean> {
  try {
    await asHtml(html, call);
    return true;
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
    return /message is not modified/i.test(error.description);
  }
}

/** Where in its chat a message stands. Outside topics `message_thread_id` names a thread of replies: not for sending. */
export function topicOf(message: Message): { message_thread_id?: number } {
  return message.is_topic_message && message.message_thread_id !== undefined
    ? { message_thread_id: message.message_thread_id }
    : {};
}

/**
 * What may be logged of an error. An HttpError is never looked into further than its code: the message of the
 * network error inside holds the address called, and the address holds the bot token.
 */
export function failureOf(error: unknown): Record<string, unknown> {
  if (error instanceof GrammyError) {
    return { method: error.method, code: error.error_code, error: error.description };
  }
  if (error instanceof HttpError) {
    return { error: error.message, code: Object(error.error).code };
  }
  return { error: messageOf(error), ...(error instanceof Error ? { stack: error.stack } : {}) };
}
