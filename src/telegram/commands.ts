import { Composer, type Context } from "grammy";
import { phrasesFor } from "../answering/phrases.ts";
import { commandOf } from "./message.ts";
import { reply } from "./reply.ts";

/** /start and /help. In a group only by name (`/help@this_bot`): unnamed they are meant for every bot there. */
export function commands(): Composer<Context> {
  const composer = new Composer();
  composer.on("message", async (ctx, next) => {
    const command = commandOf(ctx.message, ctx.me);
    const isOurs = command?.bot === "this" || (command?.bot === "unnamed" && ctx.chat.type === "private");
    const phrases = phrasesFor(ctx.from?.language_code);
    if (isOurs && command?.name === "start") return reply(ctx, phrases.greeting);
    if (isOurs && command?.name === "help") return reply(ctx, phrases.help);
    return next();
  });
  return composer;
}
