import { Composer, InlineKeyboard } from "grammy";
import { MAX_QUESTION_CHARS } from "../../assistant.ts";
import { countQuestion } from "../access/cooldown.ts";
import { articleLink } from "../article-key.ts";
import { buttonText } from "../button-text.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { asHtml, failureOf } from "../delivery.ts";
import { keepIfPossible } from "../keep-if-possible.ts";
import { questionBy } from "../message.ts";
import { PHRASES } from "../phrases.ts";
import { resting } from "../task.ts";
import { renderAnswer } from "./render-answer.ts";

/**
 * Guest mode: called by name in a chat of which it is no member, the bot answers once, through the query that the
 * message carries (https://core.telegram.org/bots/api#answerguestquery). What it knows of other chats does not enter.
 */
export function guestMode({ settings, store, log, now }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    const { guestMessage: message } = ctx;
    if (message === undefined) return next();
    const queryId = message.guest_query_id;
    if (!settings.guestMode || queryId === undefined) return;
    const question = questionBy(message, ctx.me);
    const phrases = PHRASES[ctx.language];
    if (question === "") return answer(phrases.usage);
    const refusal = countQuestion(ctx);
    if (refusal !== undefined) return refusal === "" ? undefined : answer(refusal);
    if (question.length > MAX_QUESTION_CHARS) return answer(phrases.questionTooLong(MAX_QUESTION_CHARS));
    const startMs = performance.now();
    const { assistant } = ctx;
    const found = await assistant
      .ask(question)
      .then((answer) => resting(() => assistant.phrase(answer)))
      .catch((error: unknown) => {
        log.error("telegram.ask-failed", { updateId: ctx.update.update_id, ...failureOf(error) });
        return undefined;
      });
    if (found === undefined) return answer(phrases.failed);
    const ms = performance.now() - startMs;
    const cited = found.kind === "answered" ? found.quotes.slice(0, 1) : found.nearest;
    const keyboard = new InlineKeyboard();
    for (const { articleId, title } of cited)
      keyboard.url(buttonText(title), articleLink(ctx.me.username, articleId)).row();
    await answer(renderAnswer(found, ctx.language), keyboard);
    // At last: a question that is begun again after the program was killed counts once.
    keepIfPossible(log, () =>
      store.asked.add({
        ...{ at: now().getTime(), surface: "guest", chat: null, topic: null, message: null },
        ...{ person: message.from?.id ?? null, collection: ctx.collection, language: ctx.language },
        ...{ question, meant: question, answer: found, ms },
      }),
    );

    async function answer(html: string, keyboard = new InlineKeyboard()): Promise<void> {
      await asHtml(html, (text, mode) =>
        ctx.api.answerGuestQuery(queryId!, {
          type: "article",
          id: "answer",
          title: "Wenbao",
          input_message_content: {
            message_text: text,
            ...mode,
            link_preview_options: { is_disabled: true },
          },
          reply_markup: keyboard,
        }),
      );
    }
  });
  return composer;
}
