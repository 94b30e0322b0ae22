import { type Context, GrammyError } from "grammy";
import type { Message } from "grammy/types";
import { plainText } from "./render.ts";

/** A context whose update is a message, however the handler was chosen. */
export type MessageContext = Context & { readonly message: Message };

/**
 * Sends Telegram HTML as a reply to the message asked in, into its topic, without link previews; also when that
 * message is gone by now. HTML that Telegram cannot parse is sent once more as plain text.
 */
export async function reply(ctx: MessageContext, html: string): Promise<void> {
  const { message } = ctx;
  const options = {
    ...topicOf(message),
    reply_parameters: { message_id: message.message_id, allow_sending_without_reply: true },
    link_preview_options: { is_disabled: true },
  };
  try {
    await ctx.api.sendMessage(message.chat.id, html, { ...options, parse_mode: "HTML" });
  } catch (error) {
    if (!(error instanceof GrammyError && /can't parse entities/i.test(error.description))) throw error;
    await ctx.api.sendMessage(message.chat.id, plainText(html), options);
  }
}

/** Where in its chat a message stands. Outside topics `message_thread_id` names a thread of replies: not for sending. */
export function topicOf(message: Message): { message_thread_id?: number } {
  return message.is_topic_message && message.message_thread_id !== undefined
    ? { message_thread_id: message.message_thread_id }
    : {};
}
