import { Composer, InlineKeyboard } from "grammy";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { editPressed, editText, failureOf, reply } from "../delivery.ts";
import { once } from "../once.ts";
import type { InLanguages } from "../phrases.ts";
import { adminLanguage } from "./admin-language.ts";
import { gapPrompt } from "./gap-prompt.ts";

interface ForgetPhrases {
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly kept: string;
  readonly done: (questions: number, ratings: number) => string;
}

const PHRASES: InLanguages<ForgetPhrases> = {
  en: {
    question:
      "Shall I delete everything I keep of you? These are your questions, in this chat and in groups, with their answers, your 👍 and 👎, and your settings. The messages in the chats themselves stay; you can delete them in Telegram. If an admin answered a question of yours, that answer stays among the articles.",
    yes: "Delete everything",
    no: "Keep it",
    kept: "Nothing was deleted.",
    done: (questions, ratings) =>
      `Deleted: ${questions} ${questions === 1 ? "question" : "questions"} with ${questions === 1 ? "its answer" : "their answers"}, ${ratings} ${ratings === 1 ? "rating" : "ratings"}, and your settings.`,
  },
  "zh-Hans": {
    question:
      "要删除我保存的关于你的全部记录吗？包括你在这里和群里的提问及答案、你的 👍 和 👎、你的设置。聊天里的消息本身不会消失，可以在 Telegram 里自己删除。管理员对你的问题的答复是文章的一部分，会保留。",
    yes: "全部删除",
    no: "保留",
    kept: "没有删除任何内容。",
    done: (questions, ratings) => `已删除：${questions} 个问题及答案、${ratings} 个评价，以及你的设置。`,
  },
  "zh-Hant": {
    question:
      "要刪除我保存的關於你的全部紀錄嗎？包括你在這裡和群組裡的提問及答案、你的 👍 和 👎、你的設定。聊天裡的訊息本身不會消失，可以在 Telegram 裡自己刪除。管理員對你的問題的答覆是文章的一部分，會保留。",
    yes: "全部刪除",
    no: "保留",
    kept: "沒有刪除任何內容。",
    done: (questions, ratings) => `已刪除：${questions} 個問題及答案、${ratings} 個評價，以及你的設定。`,
  },
};

/** /forget: a person's data are deleted, also from the messages that show their questions to admins. */
export function forgetMe(partners: BotPartners): Composer<BotContext> {
  const { store, log } = partners;
  const composer = new Composer<BotContext>();
  onCommand(composer, "forget", async (ctx) => {
    const { question, yes, no } = PHRASES[ctx.language];
    await reply(ctx, question, {
      keyboard: new InlineKeyboard().text(yes, "forget:1").row().text(no, "forget:0"),
    });
  });

  composer.chatType("private").callbackQuery(/^forget:([01])$/, async (ctx) => {
    const { kept, done } = PHRASES[ctx.language];
    if (ctx.match[1] === "0") {
      await editPressed(ctx, kept);
    } else {
      const person = ctx.from.id;
      const { prompts, questions, ratings } = await once("forgotten", store, () => ({
        prompts: store.gaps.promptsOf(person),
        ...store.forget(person),
      }));
      await editPressed(ctx, done(questions, ratings));
      for (const prompt of prompts) {
        const { html, keyboard } = gapPrompt(
          store.gaps.asked(prompt.id),
          await adminLanguage(prompt.chat, partners),
        );
        await editText(ctx.api, prompt, html, keyboard).catch((error: unknown) =>
          log.warn("telegram.prompt-not-edited", failureOf(error)),
        );
      }
      store.gaps.deleteEmptyPrompts();
    }
    await ctx.answerCallbackQuery();
  });
  return composer;
}
