import { setTimeout as sleep } from "node:timers/promises";
import { autoRetry } from "@grammyjs/auto-retry";
import { type Context, GrammyError, HttpError, type Transformer } from "grammy";
import type { Message } from "grammy/types";
import { messageOf } from "../errors.ts";
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

/** Only what must arrive is tried again: a late sign of typing is worse than none, and `persist` repeats the rest. */
const SENDING = new Set(["sendMessage"]);

const MAX_ATTEMPTS = 4;

/**
 * Repeats the sending of messages, for a bounded time: after a flood limit when Telegram says (up to two minutes),
 * after a server error in 3, 6 and 12 seconds (`autoRetry`), after a network failure in 1, 2 and 4 seconds. A
 * connection that breaks between Telegram taking a message and saying so makes a second one: no answer is worse.
 */
export function sendingRetries(): Transformer {
  // autoRetry repeats network failures without bound, so it is told to leave them to us.
  const retryAnswered = autoRetry({
    maxRetryAttempts: MAX_ATTEMPTS - 1,
    maxDelaySeconds: 120,
    rethrowHttpErrors: true,
  });
  return async (prev, method, payload, signal) => {
    if (!SENDING.has(method)) return prev(method, payload, signal);
    for (let attempt = 1; ; attempt++) {
      try {
        return await retryAnswered(prev, method, payload, signal);
      } catch (error) {
        if (!(error instanceof HttpError) || attempt === MAX_ATTEMPTS || signal?.aborted) throw error;
        await sleep(1000 * 2 ** (attempt - 1));
      }
    }
  };
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
