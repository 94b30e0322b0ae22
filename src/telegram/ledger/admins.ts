import type { Composer } from "grammy";
import type { BotContext } from "../context.ts";

/** What the bot's admins do in their private chats with it. */
export function forAdmins(composer: Composer<BotContext>): Composer<BotContext> {
  return composer.filter(({ chat, isAdmin }) => chat?.type === "private" && isAdmin);
}
