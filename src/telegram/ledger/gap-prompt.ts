import { InlineKeyboard } from "grammy";
import type { InterfaceLanguage } from "../../answering/phrases.ts";
import type { Gap, GapPrompt } from "../../store/gaps.ts";
import type { BotContext } from "../context.ts";
import { fitText } from "../html.ts";
import { wordingsOf } from "./gap-groups.ts";
import { GAP_PHRASES } from "./gap-phrases.ts";

const MAX_WORDINGS = 8;
const MAX_WORDING_CHARS = 300;

/** A message that shows questions and takes the answer as a reply; what can still be done stands on buttons. */
export function gapPrompt(
  gaps: readonly Gap[],
  language: InterfaceLanguage,
): { readonly html: string; readonly keyboard: InlineKeyboard } {
  const phrases = GAP_PHRASES[language];
  const keyboard = new InlineKeyboard();
  if (gaps.length === 0) return { html: phrases.gone, keyboard };
  const wordings = wordingsOf(gaps);
  const quoted = wordings
    .slice(0, MAX_WORDINGS)
    .map(({ question, times }) => fitText(MAX_WORDING_CHARS, question) + (times > 1 ? ` (×${times})` : ""));
  if (wordings.length > MAX_WORDINGS) quoted.push(phrases.further(wordings.length - MAX_WORDINGS));
  const isOpen = gaps.some(({ settled }) => settled === null);
  const isDismissed = gaps.some(({ settled }) => settled === "dismissed");
  if (isOpen) keyboard.text(phrases.buttons.askAgain, "gap:a").text(phrases.buttons.dismiss, "gap:d");
  else if (isDismissed) keyboard.text(phrases.buttons.reopen, "gap:r");
  const below = isOpen ? phrases.prompt : isDismissed ? phrases.dismissed : phrases.answered;
  return { html: `<blockquote>${quoted.join("\n")}</blockquote>\n${below}`, keyboard };
}

/** The prompt whose button was pressed, or whose id a button of another message names. */
export function pressedPrompt(
  ctx: BotContext,
  gaps: {
    prompt(id: number): GapPrompt | undefined;
    promptAt(chat: number, message: number): GapPrompt | undefined;
  },
  id: string | undefined,
): GapPrompt | undefined {
  const pressed = ctx.callbackQuery?.message;
  if (!pressed) return undefined;
  return id === undefined
    ? gaps.promptAt(pressed.chat.id, pressed.message_id)
    : gaps.prompt(Number.parseInt(id, 36));
}
