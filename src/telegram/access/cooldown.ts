import { Composer } from "grammy";
import { type BotContext, isGuest } from "../context.ts";
import type { InLanguages } from "../phrases.ts";
import type { Asker } from "./limits.ts";

const TOO_MANY: InLanguages<(seconds: number) => string> = {
  en: (seconds) =>
    `That is more than I can answer at once. Please ask again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
  "zh-Hans": (seconds) => `问得太快，我来不及回答。请 ${seconds} 秒后再问。`,
  "zh-Hant": (seconds) => `問得太快，我來不及回答。請 ${seconds} 秒後再問。`,
};

const MINUTE_MS = 60_000;
/** Telegram keeps messages for a day. */
const MOST_WAITED_MS = 25 * 3_600_000;

/** Counts a question where it is answered; gives what is said instead where it is one too many: "" once that was said. */
export function countQuestion(ctx: BotContext): string | undefined {
  const asker = askerOf(ctx);
  const at = askedAt(ctx);
  const waitMs = ctx.limits.question(asker, at);
  if (waitMs === 0) return undefined;
  return ctx.limits.tell(asker, at) ? sayWhen(ctx, waitMs) : "";
}

/** When a question was asked that has waited for the end of an outage: what came slowly is no flood. */
function askedAt({ msg }: BotContext): number | undefined {
  const at = 1000 * (msg?.date ?? 0);
  const waitedMs = Date.now() - at;
  return waitedMs > MINUTE_MS && waitedMs < MOST_WAITED_MS ? at : undefined;
}

/** Admins are limited as a chat is, not in person. */
export function askerOf(ctx: BotContext): Asker {
  // Who speaks for a channel or a whole group is no one in particular.
  const person = ctx.isAdmin || ctx.senderChat ? undefined : ctx.from?.id;
  return { person: person ?? null, chat: isGuest(ctx) ? null : (ctx.chat?.id ?? null) };
}

/** Inline queries and presses of buttons that are too many have no results, and a line on top of the chat. */
export function cooldown(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on(["inline_query", "callback_query"], async (ctx, next) => {
    const waitMs = ctx.isAdmin ? 0 : ctx.limits.look(ctx.from.id);
    if (waitMs === 0) await next();
    else if (ctx.callbackQuery) await ctx.answerCallbackQuery(sayWhen(ctx, waitMs));
    else await ctx.answerInlineQuery([], { cache_time: 0, is_personal: true });
  });
  return composer;
}

function sayWhen({ language }: BotContext, waitMs: number): string {
  return TOO_MANY[language](Math.ceil(waitMs / 1000));
}
