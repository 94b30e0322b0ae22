import { InlineKeyboard } from "grammy";
import { type InterfaceLanguage, phrasesFor } from "../../answering/phrases.ts";
import type { Answer, ArticleReference } from "../../types.ts";
import { articleKey } from "../article-key.ts";
import { buttonText } from "../button-text.ts";
import { PHRASES } from "../phrases.ts";

/** The buttons below an answer that is kept under an id. What they say to the bot is read in `answer-buttons.ts`. */
export function answerKeyboard(id: number, answer: Answer, language: InterfaceLanguage): InlineKeyboard {
  if (answer.kind === "not-found") return nearestKeyboard(id, answer.nearest, language);
  const { article, more } = PHRASES[language].buttons;
  const ref = id.toString(36);
  return new InlineKeyboard()
    .text(article, `a:${articleKey(answer.quotes[0]!.articleId)}::q${ref}`)
    .text(more, `m:${ref}:0`)
    .row()
    .text("👍", `f:${ref}:1`)
    .text("👎", `f:${ref}:-1`);
}

function nearestKeyboard(
  id: number,
  nearest: readonly ArticleReference[],
  language: InterfaceLanguage,
): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  const from = `q${id.toString(36)}`;
  for (const { articleId, title } of nearest)
    keyboard
      .text(buttonText(phrasesFor(language).title(title)), `a:${articleKey(articleId)}:0:${from}`)
      .row();
  return keyboard;
}
