import { Composer, InlineKeyboard } from "grammy";
import type { Article, Span } from "../../types.ts";
import { ARTICLE_KEY, articleByKey, articleKey } from "../article-key.ts";
import { articleList } from "../article-list.ts";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners, MessageContext } from "../context.ts";
import { editPressed, reply } from "../delivery.ts";
import { addPageButtons } from "../page-buttons.ts";
import { type InLanguages, PHRASES } from "../phrases.ts";
import { renderArticlePage } from "./article-page.ts";

const LISTED: InLanguages<{
  readonly some: (count: number) => string;
  readonly none: string;
  readonly back: string;
}> = {
  en: {
    some: (count) => `${count} ${count === 1 ? "article" : "articles"}:`,
    none: "There are no articles yet.",
    back: "◀ All articles",
  },
  "zh-Hans": { some: (count) => `共 ${count} 篇文章：`, none: "还没有文章。", back: "◀ 全部文章" },
  "zh-Hant": { some: (count) => `共 ${count} 篇文章：`, none: "還沒有文章。", back: "◀ 全部文章" },
};

/** /articles, and the buttons that turn its pages and open an article, whose pages replace each other in one message. */
export function articleButtons({ store }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const list = async (ctx: MessageContext) => {
    const { text, keyboard } = listPage(ctx, 0);
    await reply(ctx, text, { keyboard });
  };
  onCommand(composer, "articles", list, { inGroups: "unnamed" });

  composer.callbackQuery(/^l:(\d{1,6})$/, async (ctx) => {
    const { text, keyboard } = listPage(ctx, Number(ctx.match[1]));
    await editPressed(ctx, text, keyboard);
    await ctx.answerCallbackQuery();
  });

  const opening = new RegExp(String.raw`^a:(${ARTICLE_KEY.source}):(\d{0,6}):(q[0-9a-z]{1,11}|l\d{1,6}|)$`);
  composer.callbackQuery(opening, async (ctx) => {
    const [, key, page, from] = ctx.match as unknown as [string, string, string, string];
    const article = articleByKey(ctx.assistant.articles, key);
    if (!article) return ctx.answerCallbackQuery(PHRASES[ctx.language].outdated);
    const wanted = page === "" ? quotedIn(ctx, article, from) : Number(page);
    const shown = articleMessage(ctx, article, wanted, from);
    await editPressed(ctx, shown.html, shown.keyboard);
    await ctx.answerCallbackQuery();
  });
  return composer;

  /** What the answer quotes first of an article. */
  function quotedIn(ctx: BotContext, article: Article, from: string): Span | number {
    const asked = from.startsWith("q") ? store.asked.get(Number.parseInt(from.slice(1), 36)) : undefined;
    if (asked?.chat !== ctx.chat?.id || asked?.answer.kind !== "answered") return 0;
    return (
      asked.answer.quotes.find(({ articleId, field }) => articleId === article.id && field === "text") ?? 0
    );
  }
}

/**
 * A page of an article with the buttons that turn it and lead back.
 *
 * @param from Where it was opened: `q` and the id of an answer, `l` and a page of the list, or "".
 */
export function articleMessage(
  { language }: Pick<BotContext, "language">,
  article: Article,
  wanted: number | Span,
  from = "",
): { readonly html: string; readonly keyboard: InlineKeyboard } {
  const { html, page, pages } = renderArticlePage(article, wanted, language);
  const keyboard = new InlineKeyboard();
  const key = articleKey(article.id);
  addPageButtons(keyboard, page, pages, (other) => `a:${key}:${other}:${from}`).row();
  if (from.startsWith("q")) keyboard.text(PHRASES[language].buttons.back, `q:${from.slice(1)}`);
  else if (from.startsWith("l")) keyboard.text(LISTED[language].back, `l:${from.slice(1)}`);
  return { html, keyboard };
}

function listPage(
  { assistant, language }: BotContext,
  wanted: number,
): { readonly text: string; readonly keyboard: InlineKeyboard } {
  const { articles } = assistant;
  const { some, none } = LISTED[language];
  const keyboard = articleList(articles, wanted, language, {
    article: (key, page) => `a:${key}:0:l${page}`,
    page: (page) => `l:${page}`,
  });
  return { text: articles.length === 0 ? none : some(articles.length), keyboard };
}
