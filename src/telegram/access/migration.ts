import { Composer } from "grammy";
import type { BotContext, BotPartners } from "../context.ts";

/** A group that becomes a supergroup gets another id; what is kept of it goes along. Telegram tells of it in both chats. */
export function migration({ store, log }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const move = (from: number, to: number) => {
    store.atomically(() => {
      store.asked.moveChat(from, to);
      store.chats.move(from, to);
      store.admissions.move(from, to);
    });
    log.info("telegram.chat-moved", { from, to });
  };
  composer.on("message:migrate_to_chat_id", (ctx) => move(ctx.chat.id, ctx.message.migrate_to_chat_id));
  composer.on("message:migrate_from_chat_id", (ctx) => move(ctx.message.migrate_from_chat_id, ctx.chat.id));
  return composer;
}
