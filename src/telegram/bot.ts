import { Bot, GrammyError, HttpError } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { phrasesFor } from "../answering/phrases.ts";
import type { BotAccess } from "../config.ts";
import type { AnswerPartners } from "./answer.ts";
import { commands, groupChat, privateChat } from "./chats.ts";
import { failureOf, reply, sendingRetries } from "./delivery.ts";
import { isByBot } from "./message.ts";
import type { ApiSignal } from "./persist.ts";

export interface BotOptions extends BotAccess, AnswerPartners {
  /** Spares the getMe before the first update. */
  readonly botInfo?: UserFromGetMe;
}

/** The kinds of update the bot handles, for getUpdates and setWebhook. */
export const ALLOWED_UPDATES = ["message"] as const;

/** Longer than a long poll of 30 seconds; a connection that has died silently is noticed after this. */
const REQUEST_TIMEOUT_S = 45;

/**
 * The bot, one Composer a feature. `handleUpdate` never rejects once the bot knows itself: what goes wrong is
 * logged without secrets, and the user is told so in one line if that may still reach them.
 */
export function createBot({ token, apiRoot, botInfo, ask, log }: BotOptions): Bot {
  const bot = new Bot(token, {
    client: { apiRoot, timeoutSeconds: REQUEST_TIMEOUT_S },
    ...(botInfo ? { botInfo } : {}),
  });
  bot.api.config.use(sendingRetries());

  bot.on("message", async (ctx, next) => {
    if (isByBot(ctx.message, ctx.me)) return;
    try {
      await next();
    } catch (error) {
      const fields = { updateId: ctx.update.update_id, chatId: ctx.chat.id, ...failureOf(error) };
      // Blocked by the user or removed from the group: theirs to decide, and nothing to mend.
      if (error instanceof GrammyError && error.error_code === 403)
        return log.info("telegram.shut-out", fields);
      log.error("telegram.update-failed", fields);
      // Telegram did not take the answer, after retries; it would not take an apology either.
      if (error instanceof GrammyError || error instanceof HttpError) return;
      await reply(ctx, phrasesFor(ctx.from?.language_code).failed).catch((second: unknown) =>
        log.error("telegram.apology-failed", failureOf(second)),
      );
    }
  });
  bot.use(commands());
  const partners = { ask, log };
  bot.use(privateChat(partners));
  bot.use(groupChat(partners));
  return bot;
}

/** Fills Telegram's menu of commands, in English and in Chinese (its language codes know no scripts). */
export async function publishCommands({ api }: Bot, signal?: ApiSignal): Promise<void> {
  for (const language of ["en", "zh"] as const) {
    const { ask, help } = phrasesFor(language).commands;
    const menu = [
      { command: "ask", description: ask },
      { command: "help", description: help },
    ];
    await api.setMyCommands(menu, language === "en" ? {} : { language_code: language }, signal);
  }
}
