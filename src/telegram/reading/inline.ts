import { Composer, InlineKeyboard } from "grammy";
import type { InlineQueryResultArticle, User } from "grammy/types";
import { citationLine, phrasesFor } from "../../answering/phrases.ts";
import { MAX_QUESTION_CHARS } from "../../assistant.ts";
import type { Article, Quote } from "../../types.ts";
import { articleKey, articleLink } from "../article-key.ts";
import { renderQuote } from "../asking/render-answer.ts";
import { buttonText } from "../button-text.ts";
import type { BotContext } from "../context.ts";
import { type InLanguages, PHRASES } from "../phrases.ts";
import { renderArticlePage } from "./article-page.ts";

const NOTHING: InLanguages<string> = {
  en: "Not found in the articles",
  "zh-Hans": "文章里没有找到答案",
  "zh-Hant": "文章裡沒有找到答案",
};

/** Telegram allows 50 results a page (https://core.telegram.org/bots/api#answerinlinequery). */
const PAGE = 20;
/** Articles change, and the bot's answers with them. */
const CACHE_S = 10;

/** Inline mode: quotes for a question, the articles for an empty one. Telegram does not say in which chat it is used. */
export function inlineMode(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on("inline_query", async (ctx) => {
    const question = ctx.inlineQuery.query.trim();
    const { articles } = ctx.assistant;
    if (question === "") {
      const start = Number.parseInt(ctx.inlineQuery.offset, 10) || 0;
      const shown = articles.slice(start, start + PAGE).map((article) => articleResult(ctx, article));
      const next = start + PAGE < articles.length ? String(start + PAGE) : "";
      await answer(shown, next);
      return;
    }
    const found = await ctx.assistant.ask(question.slice(0, MAX_QUESTION_CHARS));
    if (found.kind === "answered") return answer(found.quotes.map((quote) => quoteResult(ctx, quote)));
    const nearest = found.nearest.flatMap(
      ({ articleId }) => articles.find(({ id }) => id === articleId) ?? [],
    );
    await answer(
      nearest.map((article) => articleResult(ctx, article)),
      "",
      NOTHING[ctx.language],
    );

    async function answer(results: InlineQueryResultArticle[], next = "", button?: string): Promise<void> {
      await ctx.answerInlineQuery(results, {
        cache_time: CACHE_S,
        is_personal: true,
        next_offset: next,
        ...(button === undefined ? {} : { button: { text: button, start_parameter: "inline" } }),
      });
    }
  });
  return composer;
}

function quoteResult(ctx: BotContext, quote: Quote): InlineQueryResultArticle {
  return {
    ...asResult(
      ctx,
      `q${quote.citation}-${articleKey(quote.articleId)}`,
      renderQuote(quote, ctx.language),
      ctx.me,
      quote.articleId,
    ),
    title: oneLine(quote.text),
    description: oneLine(citationLine(phrasesFor(ctx.language), quote)),
  };
}

function articleResult(ctx: BotContext, article: Article): InlineQueryResultArticle {
  const { html } = renderArticlePage(article, 0, ctx.language);
  return {
    ...asResult(ctx, `a-${articleKey(article.id)}`, html, ctx.me, article.id),
    title: oneLine(article.title),
    description: oneLine(phrasesFor(ctx.language).authors(article.authors)),
  };
}

function asResult(
  { language }: BotContext,
  id: string,
  html: string,
  { username }: Pick<User, "username">,
  articleId: Article["id"],
): Omit<InlineQueryResultArticle, "title"> {
  const open = PHRASES[language].buttons.article;
  return {
    type: "article",
    id,
    input_message_content: {
      message_text: html,
      parse_mode: "HTML",
      link_preview_options: { is_disabled: true },
    },
    reply_markup: new InlineKeyboard().url(open, articleLink(username!, articleId)),
  };
}

function oneLine(text: string): string {
  return buttonText(text);
}
