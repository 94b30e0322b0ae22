import { Composer, InlineKeyboard } from "grammy";
import { foldForSearch } from "../../analysis/fold.ts";
import { phrasesFor } from "../../answering/phrases.ts";
import type { Article, CorpusChange } from "../../types.ts";
import { ARTICLE_KEY, articleByKey, articleKey } from "../article-key.ts";
import { articleList, LIST_PAGE } from "../article-list.ts";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { editPressed, reply } from "../delivery.ts";
import { fitText } from "../html.ts";
import { type InLanguages, PHRASES } from "../phrases.ts";
import { reasonTold, refresh } from "./refresh.ts";
import { keepChange, notIndexed, takeBackBegun, undoKeyboard } from "./undo.ts";

interface Texts {
  readonly which: string;
  /** In place of `which`, where the words fit more articles than are shown. */
  readonly first: (shown: number, found: number) => string;
  readonly none: string;
  readonly noMatch: (words: string) => string;
  readonly confirm: (title: string, paragraphs: number, source: string) => string;
  readonly yes: string;
  readonly back: string;
  readonly removing: (title: string) => string;
  readonly removed: (title: string) => string;
  readonly failed: (reason: string) => string;
}

const TEXTS: InLanguages<Texts> = {
  en: {
    which: "Which article shall be removed?",
    first: (shown, found) => `Which article shall be removed? These are the first ${shown} of ${found}:`,
    none: "There are no articles.",
    noMatch: (words) => `No article has “${words}” in its title or as its id. /remove lists all.`,
    confirm: (title, paragraphs, source) => `Remove ${title}? Paragraphs: ${paragraphs}; source: ${source}`,
    yes: "🗑 Remove",
    back: "◀ All articles",
    removing: (title) => `Removing ${title}…`,
    removed: (title) => `${title} was removed.`,
    failed: (reason) => `It could not be removed: ${reason}`,
  },
  "zh-Hans": {
    which: "要删除哪篇文章？",
    first: (shown, found) => `要删除哪篇文章？共 ${found} 篇，这是前 ${shown} 篇：`,
    none: "没有文章。",
    noMatch: (words) => `没有标题含“${words}”或以它为编号的文章。发送 /remove 查看全部。`,
    confirm: (title, paragraphs, source) => `要删除${title}吗？共 ${paragraphs} 段，来源：${source}`,
    yes: "🗑 删除",
    back: "◀ 全部文章",
    removing: (title) => `正在删除${title}……`,
    removed: (title) => `${title}已删除。`,
    failed: (reason) => `没能删除：${reason}`,
  },
  "zh-Hant": {
    which: "要刪除哪篇文章？",
    first: (shown, found) => `要刪除哪篇文章？共 ${found} 篇，這是前 ${shown} 篇：`,
    none: "沒有文章。",
    noMatch: (words) => `沒有標題含「${words}」或以它為編號的文章。傳送 /remove 查看全部。`,
    confirm: (title, paragraphs, source) => `要刪除${title}嗎？共 ${paragraphs} 段，來源：${source}`,
    yes: "🗑 刪除",
    back: "◀ 全部文章",
    removing: (title) => `正在刪除${title}……`,
    removed: (title) => `${title}已刪除。`,
    failed: (reason) => `沒能刪除：${reason}`,
  },
};

/** /remove: an article of the chat's collection, chosen from all or by a part of its title, goes when that is confirmed. */
export function removeCommand(partners: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const admins = composer.filter(({ isAdmin }) => isAdmin);

  onCommand(admins, "remove", (ctx, words) => {
    const texts = TEXTS[ctx.language];
    const found = matching(ctx.assistant.articles, words);
    if (ctx.assistant.articles.length === 0) return reply(ctx, texts.none);
    if (found.length === 0) return reply(ctx, fitText(400, texts.noMatch(words)));
    if (words === "") return reply(ctx, texts.which, { keyboard: choice(ctx, found, 0) });
    if (found.length === 1) {
      const { html, keyboard } = confirmation(ctx, found[0]!, 0);
      return reply(ctx, html, { keyboard });
    }
    const shown = found.slice(0, LIST_PAGE);
    const text = shown.length < found.length ? texts.first(shown.length, found.length) : texts.which;
    return reply(ctx, text, { keyboard: choice(ctx, shown, 0) });
  });

  admins.callbackQuery(/^remove:list:(\d{1,6})$/, async (ctx) => {
    await editPressed(
      ctx,
      TEXTS[ctx.language].which,
      choice(ctx, ctx.assistant.articles, Number(ctx.match[1])),
    );
    await ctx.answerCallbackQuery();
  });

  admins.callbackQuery(new RegExp(`^remove:(ask|yes):(${ARTICLE_KEY.source}):(\\d{1,6})$`), async (ctx) => {
    const [, step, key, page] = ctx.match as unknown as [string, string, string, string];
    if (step === "yes" && (await takeBackBegun(partners))) await refresh(ctx, partners);
    const article = articleByKey(ctx.assistant.articles, key);
    if (!article) return ctx.answerCallbackQuery(PHRASES[ctx.language].outdated);
    await ctx.answerCallbackQuery();
    if (step === "yes") return remove(ctx, article);
    const { html, keyboard } = confirmation(ctx, article, Number(page));
    return editPressed(ctx, html, keyboard);
  });
  return composer;

  async function remove(ctx: BotContext, article: Article): Promise<unknown> {
    const { editor, log } = partners;
    const texts = TEXTS[ctx.language];
    const title = titleOf(ctx, article);
    await editPressed(ctx, texts.removing(title));
    let undoId = 0;
    const onPlanned = (change: CorpusChange) => {
      undoId = keepChange(change, partners);
    };
    const failure = await editor.remove([article.id], onPlanned).then(
      () => undefined,
      (error: unknown) => reasonTold(error, log),
    );
    if (failure !== undefined) {
      partners.store.changes.delete(undoId);
      await refresh(ctx, partners);
      const isGone = ctx.assistant.articles.every(({ id }) => id !== article.id);
      return editPressed(ctx, isGone ? PHRASES[ctx.language].outdated : fitText(1000, texts.failed(failure)));
    }
    const keyboard = undoKeyboard(ctx, undoId);
    const refreshed = await refresh(ctx, partners);
    return editPressed(ctx, `${texts.removed(title)}${notIndexed(ctx, refreshed)}`, keyboard);
  }
}

/** All where there are no words; the article of that id; or those with the words in their titles. */
function matching(articles: readonly Article[], words: string): readonly Article[] {
  const exact = articles.filter(({ id }) => id === words);
  const wanted = foldForSearch(words);
  return exact.length > 0 ? exact : articles.filter(({ title }) => foldForSearch(title).includes(wanted));
}

function choice({ language }: BotContext, articles: readonly Article[], page: number): InlineKeyboard {
  return articleList(articles, page, language, {
    article: (key, from) => `remove:ask:${key}:${from}`,
    page: (to) => `remove:list:${to}`,
  });
}

function confirmation(ctx: BotContext, article: Article, page: number) {
  const { confirm, yes, back } = TEXTS[ctx.language];
  const key = articleKey(article.id);
  const keyboard = new InlineKeyboard()
    .text(yes, `remove:yes:${key}:${page}`)
    .row()
    .text(back, `remove:list:${page}`);
  const source = fitText(300, article.source);
  return { html: confirm(titleOf(ctx, article), article.paragraphs.length, source), keyboard };
}

/** As HTML. */
function titleOf({ language }: BotContext, { title }: Article): string {
  return fitText(300, phrasesFor(language).title(title));
}
