import { Composer } from "grammy";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners, MessageContext } from "../context.ts";
import { reply } from "../delivery.ts";
import type { InLanguages } from "../phrases.ts";

const AUTO_ANSWER: InLanguages<{
  readonly on: string;
  readonly off: string;
  /** Telegram keeps from the bot what is not addressed to it. */
  readonly privacy: string;
  readonly forGroups: string;
  readonly forAdmins: string;
}> = {
  en: {
    on: "On: I also answer questions that nobody put to me, where I am sure of the answer. /autoanswer off ends that.",
    off: "Off: I answer only where I am asked. /autoanswer on changes that.",
    privacy:
      "But Telegram shows me only what is addressed to me. Make me an admin of this group; or switch my privacy mode off at @BotFather (/setprivacy) and add me to the group anew.",
    forGroups: "/autoanswer is for groups.",
    forAdmins: "Only admins of this group can change that.",
  },
  "zh-Hans": {
    on: "已开启：没有点名问我的问题，有把握时我也回答。发送 /autoanswer off 关闭。",
    off: "已关闭：只在问到我时回答。发送 /autoanswer on 开启。",
    privacy:
      "但是 Telegram 现在只让我看到点名给我的消息。请把我设为本群管理员；或者在 @BotFather 用 /setprivacy 关闭隐私模式，再把我重新加进群。",
    forGroups: "/autoanswer 只用于群组。",
    forAdmins: "只有本群管理员可以更改。",
  },
  "zh-Hant": {
    on: "已開啟：沒有點名問我的問題，有把握時我也回答。傳送 /autoanswer off 關閉。",
    off: "已關閉：只在問到我時回答。傳送 /autoanswer on 開啟。",
    privacy:
      "但是 Telegram 現在只讓我看到點名給我的訊息。請把我設為本群管理員；或者在 @BotFather 用 /setprivacy 關閉隱私模式，再把我重新加進群組。",
    forGroups: "/autoanswer 只用於群組。",
    forAdmins: "只有本群管理員可以更改。",
  },
};

/** `/autoanswer on`, `off`, or alone to see which, of a group's admins and the bot's. */
export function autoAnswerSwitch({ store, log }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const turn = async (ctx: MessageContext, words: string) => {
    const { on, off, privacy, forGroups, forAdmins } = AUTO_ANSWER[ctx.language];
    const { chat } = ctx.msg;
    if (chat.type === "private") return reply(ctx, forGroups);
    const wanted = words.toLowerCase();
    if (wanted !== "on" && wanted !== "off")
      return reply(ctx, store.chats.settings(chat.id).autoAnswer ? on : off);
    if (!(await isGroupAdmin(ctx))) return reply(ctx, forAdmins);
    store.chats.change(chat.id, { autoAnswer: wanted === "on" });
    log.info("telegram.auto-answer", { chatId: chat.id, autoAnswer: wanted });
    if (wanted === "off") return reply(ctx, off);
    return reply(ctx, (await seesEverything(ctx)) ? on : `${on}\n\n${privacy}`);
  };
  onCommand(composer, "autoanswer", turn, { inGroups: "unnamed" });
  return composer;
}

/** Admins may be anonymous: then the group itself speaks. */
async function isGroupAdmin(ctx: MessageContext): Promise<boolean> {
  const { sender_chat: sender, chat } = ctx.msg;
  if (ctx.isAdmin || sender) return ctx.isAdmin || sender?.id === chat.id;
  const admins = await ctx.api.getChatAdministrators(chat.id);
  return admins.some(({ user }) => user.id === ctx.from?.id);
}

/** Whether the bot gets messages that are not addressed to it (https://core.telegram.org/bots/features#privacy-mode). */
async function seesEverything({ api, msg, me }: MessageContext): Promise<boolean> {
  // Asked anew: the operator may have changed it since the start.
  if ((await api.getMe()).can_read_all_group_messages) return true;
  return (await api.getChatMember(msg.chat.id, me.id)).status === "administrator";
}
