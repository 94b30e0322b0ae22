import { Composer, InlineKeyboard } from "grammy";
import type { Message } from "grammy/types";
import type { InterfaceLanguage } from "../../answering/phrases.ts";
import type { GapPrompt } from "../../store/gaps.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { editText, send } from "../delivery.ts";
import { escapeHtml } from "../html.ts";
import { readWords, repliedTo } from "../message.ts";
import { PHRASES } from "../phrases.ts";
import { forAdmins } from "./admins.ts";
import { answerGap, type Outcome } from "./answer-gap.ts";
import { GAP_PHRASES } from "./gap-phrases.ts";
import { gapPrompt } from "./gap-prompt.ts";
import type { Teller } from "./tell-askers.ts";

/** An admin's reply to a message of the ledger answers its questions, also when it is edited while they are open. */
export function gapReplies(partners: BotPartners, teller: Teller): Composer<BotContext> {
  const { store } = partners;
  const composer = new Composer<BotContext>();
  const admins = forAdmins(composer);
  // Two admins may answer the same questions: the second finds them settled.
  let turn: Promise<unknown> = Promise.resolve();

  admins.on(["message", "edited_message"], async (ctx, next) => {
    const message = ctx.msg;
    const replied = repliedTo(message);
    const prompt = replied && store.gaps.promptAt(message.chat.id, replied.message_id);
    if (!prompt || readWords(message, ctx.me).command) return next();
    if (message.text === undefined) return say(ctx, message, PHRASES[ctx.language].textOnly);
    const { text } = message;
    // A courtesy: what keeps it from being shown, the answer will meet and report.
    await ctx.replyWithChatAction("typing").catch(() => undefined);
    const answered = turn.then(() => answerGap(prompt, text, partners));
    turn = answered.catch(() => undefined);
    await tellAdmin(ctx, message, prompt, await answered);
    await teller.tell();
  });
  return composer;

  async function tellAdmin(ctx: BotContext, message: Message, prompt: GapPrompt, outcome: Outcome) {
    const { undo } = GAP_PHRASES[ctx.language].buttons;
    const button = new InlineKeyboard().text(undo, `gap:u:${prompt.id.toString(36)}`);
    await say(ctx, message, describe(outcome, ctx.language), outcome.kind === "saved" ? button : undefined);
    if (outcome.kind !== "saved") return;
    const { html, keyboard } = gapPrompt(store.gaps.asked(prompt.id), ctx.language);
    await editText(ctx.api, prompt, html, keyboard);
  }
}

function describe(outcome: Outcome, language: InterfaceLanguage): string {
  const phrases = GAP_PHRASES[language];
  switch (outcome.kind) {
    case "settled":
      return phrases.alreadySettled;
    case "failed":
      return escapeHtml(phrases.notSaved(outcome.reason));
    case "saved":
      return phrases.saved(outcome.found, outcome.wordings, outcome.askers);
    case "not-found": {
      const said = phrases.notFound(outcome.question.slice(0, 300));
      if (!outcome.instead) return escapeHtml(said);
      const { text } = outcome.instead.quotes[0]!;
      return `${escapeHtml(said)}\n\n${phrases.foundInstead}\n<blockquote>${escapeHtml(text)}</blockquote>`;
    }
  }
}

async function say(ctx: BotContext, message: Message, html: string, keyboard?: InlineKeyboard) {
  await send(ctx.api, { chat: message.chat.id, message: message.message_id }, html, keyboard);
}
