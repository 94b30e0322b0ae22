import { Composer, InlineKeyboard } from "grammy";
import type { GapPrompt } from "../../store/gaps.ts";
import { renderAnswer } from "../asking/render-answer.ts";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners } from "../context.ts";
import { editPressed, editText, reply, send } from "../delivery.ts";
import { reasonTold } from "../documents/refresh.ts";
import { fitText } from "../html.ts";
import { PHRASES } from "../phrases.ts";
import { currentTask } from "../task.ts";
import { forAdmins } from "./admins.ts";
import { settle, undoAnswer } from "./answer-gap.ts";
import { askIn } from "./ask-wordings.ts";
import { createFindGroups } from "./gap-groups.ts";
import { gapList } from "./gap-list.ts";
import { GAP_PHRASES } from "./gap-phrases.ts";
import { gapPrompt, pressedPrompt } from "./gap-prompt.ts";
import type { Teller } from "./tell-askers.ts";

const MAX_NAME_CHARS = 300;
const MAX_REASON_CHARS = 1000;

/**
 * /gaps for the bot's admins: what was asked and not answered, or answered wrongly, in one collection, grouped by
 * meaning; and the buttons of the list and of the messages that take an answer. `gap-replies.ts` reads that.
 */
export function gapLedger(partners: BotPartners, teller: Teller): Composer<BotContext> {
  const { store, library, log } = partners;
  const findGroups = createFindGroups(partners);
  const composer = new Composer<BotContext>();
  const admins = forAdmins(composer);

  onCommand(admins, "gaps", async (ctx, words) => {
    const collection = words === "" ? ctx.collection : collectionMeant(words, ctx);
    if (collection === undefined)
      return reply(ctx, GAP_PHRASES[ctx.language].noCollection(fitText(MAX_NAME_CHARS, words)));
    const { html, keyboard } = await listOf(collection, 0, ctx);
    await reply(ctx, html, { keyboard });
  });

  admins.callbackQuery(/^gap:l:(\d{1,4}):([0-9a-z]{1,11})$/, async (ctx) => {
    const anchor = store.gaps.get(Number.parseInt(ctx.match[2]!, 36));
    const { html, keyboard } = await listOf(anchor?.collection ?? ctx.collection, Number(ctx.match[1]), ctx);
    await editPressed(ctx, html, keyboard);
    await ctx.answerCallbackQuery();
  });

  admins.callbackQuery(/^gap:o:([0-9a-z]{1,11})$/, async (ctx) => {
    const id = Number.parseInt(ctx.match[1]!, 36);
    const gap = store.gaps.get(id);
    const groups = gap ? await findGroups(gap.collection) : [];
    const group = groups.find(({ gaps }) => gaps.some((one) => one.id === id));
    if (!group) return ctx.answerCallbackQuery(PHRASES[ctx.language].outdated);
    const { html, keyboard } = gapPrompt(group.gaps, ctx.language);
    const chat = ctx.from.id;
    const sent = await send(ctx.api, { chat }, html, keyboard);
    store.gaps.addPrompt(
      { chat, message: sent.message_id },
      group.gaps.map((one) => one.id),
    );
    await ctx.answerCallbackQuery();
  });

  onPrompt("a", async (ctx, prompt) => {
    const gaps = store.gaps.asked(prompt.id);
    const question = gaps.find(({ settled }) => settled === null)?.meant;
    const answer = question === undefined ? undefined : await askIn(gaps[0]!.collection, question, library);
    if (answer?.kind !== "answered") return GAP_PHRASES[ctx.language].stillNothing;
    const { close } = GAP_PHRASES[ctx.language].buttons;
    const keyboard = new InlineKeyboard().text(close, `gap:c:${prompt.id.toString(36)}`);
    await send(ctx.api, prompt, renderAnswer(answer, ctx.language), keyboard);
  });

  onPrompt("c", async (ctx, prompt) => {
    const gaps = store.gaps.asked(prompt.id).filter(({ settled }) => settled === null);
    if (gaps.length === 0 && !currentTask()?.isAgain) return GAP_PHRASES[ctx.language].alreadySettled;
    settle(prompt, gaps, partners);
    await teller.tell();
    const told = store.gaps.told(prompt.id).filter(({ told }) => told !== null && (told > 0 || told === -1));
    await editPressed(ctx, GAP_PHRASES[ctx.language].closed(told.length));
    await show(ctx, prompt);
  });

  onPrompt("d", async (ctx, prompt) => {
    const open = store.gaps.asked(prompt.id).filter(({ settled }) => settled === null);
    store.gaps.dismiss(open.map(({ id }) => id));
    await show(ctx, prompt);
  });

  onPrompt("r", async (ctx, prompt) => {
    const dismissed = store.gaps.asked(prompt.id).filter(({ settled }) => settled === "dismissed");
    store.gaps.reopen(dismissed.map(({ id }) => id));
    await show(ctx, prompt);
  });

  onPrompt("u", async (ctx, prompt) => {
    const { undone, notUndone, buttons } = GAP_PHRASES[ctx.language];
    // Pressed twice, the second finds nothing to undo.
    if (prompt.article === null) return PHRASES[ctx.language].outdated;
    const withdrawn = await undoAnswer(prompt, partners, teller).catch((error: unknown) =>
      reasonTold(error, log),
    );
    if (typeof withdrawn === "string") {
      const again = new InlineKeyboard().text(buttons.undo, `gap:u:${prompt.id.toString(36)}`);
      await editPressed(ctx, fitText(MAX_REASON_CHARS, notUndone(withdrawn)), again);
      return;
    }
    await editPressed(ctx, undone(withdrawn));
    await show(ctx, prompt);
  });
  return composer;

  /** A button of a prompt, or of a message that names one; what `handle` gives is shown for a moment. */
  function onPrompt(
    letter: string,
    handle: (ctx: BotContext, prompt: GapPrompt) => Promise<string | undefined>,
  ): void {
    admins.callbackQuery(new RegExp(`^gap:${letter}(?::([0-9a-z]{1,11}))?$`), async (ctx) => {
      const prompt = pressedPrompt(ctx, store.gaps, ctx.match[1]);
      const said = prompt ? await handle(ctx, prompt) : PHRASES[ctx.language].outdated;
      await ctx.answerCallbackQuery(said);
    });
  }

  async function listOf(collection: string, page: number, { language }: BotContext) {
    const groups = await findGroups(collection);
    return gapList({ groups, collection, counts: store.gaps.counts() }, page, language);
  }

  /** The collection named, also one that is gone, of which questions are left. */
  function collectionMeant(words: string, { language }: BotContext): string | undefined {
    const wanted = words.normalize("NFC");
    if (wanted === GAP_PHRASES[language].defaultName) return "";
    const names = [...library.collections(), ...store.gaps.counts().map(({ collection }) => collection)];
    return names.find((name) => name !== "" && name.normalize("NFC") === wanted);
  }

  /** Shows the prompt as it is now. */
  async function show(ctx: BotContext, prompt: GapPrompt): Promise<void> {
    const { html, keyboard } = gapPrompt(store.gaps.asked(prompt.id), ctx.language);
    await editText(ctx.api, prompt, html, keyboard);
  }
}
