import type { InlineKeyboard } from "grammy";

/** Adds ◀ n/m ▶ to a keyboard, as far as there are such pages; nothing where there is one page. */
export function addPageButtons(
  keyboard: InlineKeyboard,
  page: number,
  pages: number,
  dataOf: (page: number) => string,
): InlineKeyboard {
  if (page > 0) keyboard.text("◀", dataOf(page - 1));
  if (pages > 1) keyboard.text(`${page + 1}/${pages}`, dataOf(page));
  if (page < pages - 1) keyboard.text("▶", dataOf(page + 1));
  return keyboard;
}
