import { Composer } from "grammy";
import { onCommand } from "../command.ts";
import type { BotContext } from "../context.ts";
import { reply } from "../delivery.ts";
import type { InLanguages } from "../phrases.ts";

const IDS: InLanguages<{ readonly person: string; readonly chat: string }> = {
  en: { person: "Your id", chat: "This chat's id" },
  "zh-Hans": { person: "你的编号", chat: "本聊天的编号" },
  "zh-Hant": { person: "你的編號", chat: "本聊天的編號" },
};

/** /id tells the ids that the operator's settings want. */
export function ids(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const tell = (ctx: Parameters<typeof reply>[0]) => {
    const { person, chat } = IDS[ctx.language];
    // Who speaks for a channel or a whole group is shown with the id of one of Telegram's own bots.
    const own = ctx.from && !ctx.msg.sender_chat ? [`${person}: <code>${ctx.from.id}</code>`] : [];
    return reply(ctx, [...own, `${chat}: <code>${ctx.msg.chat.id}</code>`].join("\n"));
  };
  onCommand(composer, "id", tell, { inGroups: "named" });
  return composer;
}
