import { Composer, InlineKeyboard } from "grammy";
import { fieldText } from "../../answering/fields.ts";
import { citationLine, phrasesFor } from "../../answering/phrases.ts";
import { paragraphAt } from "../../answering/quotes.ts";
import type { Asked } from "../../store/asked.ts";
import type { Answer, Passage } from "../../types.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { editPressed } from "../delivery.ts";
import { fitText } from "../html.ts";
import { once } from "../once.ts";
import { addPageButtons } from "../page-buttons.ts";
import { type InLanguages, PHRASES } from "../phrases.ts";
import { answerKeyboard } from "./answer-keyboard.ts";
import { renderAnswer } from "./render-answer.ts";

const THANKS: InLanguages<{ readonly good: string; readonly bad: string; readonly none: string }> = {
  en: { good: "Thank you.", bad: "Thank you. It is noted for the admins.", none: "Taken back." },
  "zh-Hans": { good: "谢谢。", bad: "谢谢，已记下，管理员会看到。", none: "已撤回。" },
  "zh-Hant": { good: "謝謝。", bad: "謝謝，已記下，管理員會看到。", none: "已撤回。" },
};

/** Passages on one page. */
const PAGE = 3;
const MAX_PASSAGE_CHARS = 1000;
const MAX_CITATION_CHARS = 300;
/** Weaker ones have nothing to do with the question. */
const MAX_PASSAGES = 9;

/** The buttons below an answer: back to it, more passages, and 👍 👎. */
export function answerButtons(partners: BotPartners): Composer<BotContext> {
  const { store } = partners;
  const composer = new Composer<BotContext>();

  composer.callbackQuery(/^q:([0-9a-z]{1,11})$/, async (ctx) => {
    const asked = askedHere(ctx, ctx.match[1]!);
    if (!asked) return ctx.answerCallbackQuery(PHRASES[ctx.language].outdated);
    if (!stillSaid(asked.answer, ctx)) return ctx.answerCallbackQuery(PHRASES[ctx.language].outdated);
    const keyboard = answerKeyboard(asked.id, asked.answer, ctx.language);
    await editPressed(ctx, renderAnswer(asked.answer, ctx.language), keyboard);
    await ctx.answerCallbackQuery();
  });

  composer.callbackQuery(/^m:([0-9a-z]{1,11}):(\d)$/, async (ctx) => {
    const asked = askedHere(ctx, ctx.match[1]!);
    if (!asked) return ctx.answerCallbackQuery(PHRASES[ctx.language].outdated);
    const passages = (await ctx.assistant.findPassages(asked.meant)).slice(0, MAX_PASSAGES);
    const pages = Math.max(1, Math.ceil(passages.length / PAGE));
    const page = Math.min(Number(ctx.match[2]), pages - 1);
    const shown = passages.slice(page * PAGE, (page + 1) * PAGE);
    const html = shown.map((passage) => renderPassage(ctx, passage)).join("\n\n");
    const dataOf = (other: number) => `m:${ctx.match[1]}:${other}`;
    const keyboard = addPageButtons(new InlineKeyboard(), page, pages, dataOf);
    keyboard.row().text(PHRASES[ctx.language].buttons.back, `q:${ctx.match[1]}`);
    await editPressed(ctx, html || phrasesFor(ctx.language).notFound, keyboard);
    await ctx.answerCallbackQuery();
  });

  composer.callbackQuery(/^f:([0-9a-z]{1,11}):(-?1)$/, async (ctx) => {
    const asked = askedHere(ctx, ctx.match[1]!);
    if (!asked) return ctx.answerCallbackQuery(PHRASES[ctx.language].outdated);
    const value = ctx.match[2] === "1" ? 1 : -1;
    const rated = await once("rated", store, () => store.asked.rate(asked.id, ctx.from.id, value));
    const { good, bad, none } = THANKS[ctx.language];
    await ctx.answerCallbackQuery(rated === 0 ? none : rated === 1 ? good : bad);
  });
  return composer;

  /** What a button is about; nothing where it was asked in another chat (apps can send any data), of another collection, or shown to another person only. */
  function askedHere(ctx: BotContext, ref: string): Asked | undefined {
    const asked = store.asked.get(Number.parseInt(ref, 36));
    if (asked?.chat !== ctx.chat?.id || asked?.collection !== ctx.collection) return undefined;
    // What only its asker was shown has no message that others see.
    return asked.reply !== null || asked.person === ctx.from?.id ? asked : undefined;
  }
}

/** Whether all that an answer quotes stands in the articles as it did: what was removed must not come back. */
function stillSaid(answer: Answer, { assistant }: BotContext): boolean {
  if (answer.kind === "not-found") return true;
  return answer.quotes.every(({ articleId, field, start, end, text }) => {
    const article = assistant.articles.find(({ id }) => id === articleId);
    return article !== undefined && fieldText(article, field).slice(start, end) === text;
  });
}

function renderPassage({ assistant, language }: BotContext, { articleId, span, text }: Passage): string {
  const article = assistant.articles.find(({ id }) => id === articleId)!;
  const cited = { ...article, field: "text" as const, paragraph: paragraphAt(article, span.start) };
  const where = citationLine(phrasesFor(language), cited).replace(/\s+/g, " ");
  return `<blockquote>${fitText(MAX_PASSAGE_CHARS, text)}</blockquote>\n${fitText(MAX_CITATION_CHARS, where)}`;
}
