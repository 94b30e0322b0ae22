import { Composer } from "grammy";
import type { Message } from "grammy/types";
import type { BotContext, BotPartners, MessageContext } from "../context.ts";
import { reply } from "../delivery.ts";
import { type Me, questionTo, readWords } from "../message.ts";
import { isAdmitted, tellStranger } from "./strangers.ts";

/**
 * Lets only those pass who are admitted. A stranger, in person or as a group, is told so once, and in a group only
 * where the bot is addressed; everything else of a stranger gets no word.
 */
export function accessGate(partners: BotPartners): Composer<BotContext> {
  const { settings, log } = partners;
  if (settings.access.kind === "pairing" && settings.admins.size === 0)
    log.warn("telegram.nobody-can-admit", { hint: "Set ADMINS: only admins can use the codes of pairing." });
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    if (isAdmitted(ctx, partners)) await next();
    else if (ctx.callbackQuery) await ctx.answerCallbackQuery();
    else if (ctx.inlineQuery) await ctx.answerInlineQuery([], { cache_time: 0, is_personal: true });
    else if (ctx.message && isAddressed(ctx.message, ctx.me)) {
      const line = tellStranger(ctx, ctx.message.chat, partners);
      if (line !== undefined) await reply(ctx as MessageContext, line);
    }
  });
  return composer;
}

function isAddressed(message: Message, me: Me): boolean {
  if (message.chat.type === "private") return true;
  return questionTo(me, message) !== undefined || readWords(message, me).command?.bot === "this";
}
