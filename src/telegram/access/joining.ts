import { Composer } from "grammy";
import type { ChatMember } from "grammy/types";
import type { BotContext, BotPartners } from "../context.ts";
import { send } from "../delivery.ts";
import type { InLanguages } from "../phrases.ts";
import { isKnown, tellStranger } from "./strangers.ts";

const HOW_TO_ASK: InLanguages<(username: string) => string> = {
  en: (username) =>
    `Hello! To ask me: mention me (@${username}), reply to one of my messages, or send /ask and your question.`,
  "zh-Hans": (username) => `大家好！提问请提到我（@${username}）、回复我的消息，或发送 /ask 加问题。`,
  "zh-Hant": (username) => `大家好！提問請提到我（@${username}）、回覆我的訊息，或傳送 /ask 加問題。`,
};

/** Says in a group that it was added to, in the language of whoever did that, how to ask, or how the group is admitted. */
export function joining(partners: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on("my_chat_member", async (ctx) => {
    const { chat, old_chat_member: before, new_chat_member: after } = ctx.myChatMember;
    const isHere = isMember(after);
    if (!isHere) partners.log.info("telegram.removed", { chatId: chat.id, status: after.status });
    if (!isHere || isMember(before) || (chat.type !== "group" && chat.type !== "supergroup")) return;
    const line = isKnown(chat.id, partners)
      ? HOW_TO_ASK[ctx.language](ctx.me.username)
      : tellStranger(ctx, chat, partners);
    if (line !== undefined) await send(ctx.api, { chat: chat.id }, line);
  });
  return composer;
}

function isMember(member: ChatMember): boolean {
  return member.status === "restricted"
    ? member.is_member
    : member.status !== "left" && member.status !== "kicked";
}
