import { InlineKeyboard } from "grammy";
import { type InterfaceLanguage, phrasesFor } from "../answering/phrases.ts";
import type { Article } from "../types.ts";
import { articleKey } from "./article-key.ts";
import { buttonText } from "./button-text.ts";
import { addPageButtons } from "./page-buttons.ts";

/** Articles on one page of a list. */
export const LIST_PAGE = 8;

/** What the buttons of a list call back with. */
export interface ListButtons {
  /** Of an article by its key, on a page from 0. */
  readonly article: (key: string, page: number) => string;
  readonly page: (page: number) => string;
}

/** A page of articles as buttons, with those that turn it; the last one where there are fewer than `wanted`. */
export function articleList(
  articles: readonly Article[],
  wanted: number,
  language: InterfaceLanguage,
  buttons: ListButtons,
): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  const pages = Math.ceil(articles.length / LIST_PAGE);
  const page = Math.max(0, Math.min(wanted, pages - 1));
  for (const { id, title } of articles.slice(page * LIST_PAGE, (page + 1) * LIST_PAGE))
    keyboard.text(buttonText(phrasesFor(language).title(title)), buttons.article(articleKey(id), page)).row();
  return addPageButtons(keyboard, page, pages, buttons.page);
}
