import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "grammy/types";
import { detectLanguage } from "../../analysis/language.ts";
import { MAX_QUESTION_CHARS } from "../../assistant.ts";
import { askInDialogue, type Understood } from "../../dialogue/ask-in-dialogue.ts";
import type { Asked, Surface } from "../../store/asked.ts";
import type { Answer } from "../../types.ts";
import { countQuestion } from "../access/cooldown.ts";
import type { BotPartners, MessageContext } from "../context.ts";
import { editText, failureOf, reply, topicOf } from "../delivery.ts";
import { keepIfPossible } from "../keep-if-possible.ts";
import { repliedTo } from "../message.ts";
import { PHRASES } from "../phrases.ts";
import { currentTask, resting } from "../task.ts";
import { answerKeyboard } from "./answer-keyboard.ts";
import { renderAnswer } from "./render-answer.ts";

/** Telegram shows the sign of typing for five seconds. */
const TYPING_EVERY_MS = 4500;
/** An answer is never held back longer than this for the sign that it is coming. */
const TYPING_PATIENCE_MS = 1000;

/**
 * Answers a question in reply to the message it came in, and keeps both. A question that was edited has its answer
 * edited; a failure to find an answer is one line to the user.
 *
 * @param before What the message asked before it was edited.
 */
export async function answerMessage(
  ctx: MessageContext,
  question: string,
  partners: BotPartners,
  before?: Asked,
): Promise<void> {
  const { log } = partners;
  const phrases = PHRASES[ctx.language];
  const known = before ?? handledBefore(ctx, partners);
  if (known?.reply && before === undefined) return;
  const refusal = countQuestion(ctx);
  if (refusal !== undefined) {
    if (refusal !== "") await reply(ctx, refusal);
    return;
  }
  if (question.length > MAX_QUESTION_CHARS) {
    await reply(ctx, phrases.questionTooLong(MAX_QUESTION_CHARS));
    return;
  }
  const stopTyping = showTyping(ctx);
  const startMs = performance.now();
  let understood: Understood;
  try {
    const { assistant } = ctx;
    const found = await askInDialogue(question, lastTurn(ctx, partners, known), assistant);
    understood = { ...found, answer: await resting(() => assistant.phrase(found.answer)) };
  } catch (error) {
    log.error("telegram.ask-failed", { updateId: ctx.update.update_id, ...failureOf(error) });
    await stopTyping();
    await reply(ctx, phrases.failed);
    return;
  }
  // Sent after the answer, the sign would stay for five seconds and promise another one.
  await stopTyping();
  const found = { question, understood, ms: performance.now() - startMs };
  await deliverAnswer(ctx, found, partners, before ? { before } : {});
}

/** Sends what was found in reply to the message, or puts it in place of the answer before, and keeps both. */
export async function deliverAnswer(
  ctx: MessageContext,
  found: { readonly question: string; readonly understood: Understood; readonly ms: number },
  partners: BotPartners,
  { before, surface }: { readonly before?: Asked; readonly surface?: Surface } = {},
): Promise<void> {
  const { store, settings, metrics, log, now } = partners;
  const { question, understood, ms } = found;
  const { answer } = understood;
  const { chat } = ctx.msg;
  const asked = { question, meant: understood.question, answer, ms, at: now().getTime() };
  const known = before ?? handledBefore(ctx, partners);
  const id = keepIfPossible(log, () => {
    if (known === undefined) return keep();
    store.asked.replace(known.id, asked);
    return known.id;
  });
  const html = renderAnswer(answer, ctx.language, await notes(ctx, understood, partners));
  const buttons = id === undefined ? {} : { keyboard: answerKeyboard(id, answer, ctx.language) };
  const message = before?.reply ?? null;
  const isEdited =
    message !== null && (await editText(ctx.api, { chat: chat.id, message }, html, buttons.keyboard));
  if (!isEdited) {
    const ephemeral = settings.ephemeralAnswers && chat.type !== "private";
    const sent = await reply(ctx, html, { ...buttons, ephemeral });
    if (id !== undefined && sent.message_id !== 0)
      keepIfPossible(log, () => store.asked.setReply(id, sent.message_id));
  }
  const at = now().getTime();
  metrics.answered(answer.kind, at - (currentTask()?.since ?? at));

  function keep(): number {
    const { collection, language, msg: message } = ctx;
    return store.asked.add({
      ...asked,
      ...placeOf(message),
      surface: surface ?? (chat.type === "private" ? "private" : "group"),
      collection,
      language,
      // 0 is the id of every message that only its sender and the bot see.
      message: message.message_id || null,
    });
  }
}

/** What is kept of a question if it was handled before and the program ended in the middle. */
function handledBefore({ msg: { chat, message_id }, collection }: MessageContext, { store }: BotPartners) {
  const asked = currentTask()?.isAgain ? store.asked.byMessage(chat.id, message_id) : undefined;
  return asked?.collection === collection ? asked : undefined;
}

/** Where a dialogue goes on: with one person, in one topic of one chat. */
export function placeOf(message: Message): Pick<Asked, "chat" | "topic" | "person"> {
  return {
    chat: message.chat.id,
    topic: topicOf(message).message_thread_id ?? null,
    // Who speaks for a channel or a whole group is no one in particular.
    person: message.sender_chat ? null : (message.from?.id ?? null),
  };
}

/** What a follow-up would be about: the answer that the message replies to, else the person's latest in this place. */
function lastTurn(
  ctx: MessageContext,
  { store, settings, log, now }: BotPartners,
  before: Asked | undefined,
) {
  const { msg: message } = ctx;
  const replied = repliedTo(message);
  const since = now().getTime() - settings.followUpMs;
  const place = placeOf(message);
  // A row that is damaged must not keep a person from answers.
  const last = keepIfPossible(
    log,
    () =>
      (replied && store.asked.byReply(message.chat.id, replied.message_id)) ??
      (place.person === null ? undefined : store.asked.latest(place, since, before?.id)),
  );
  // A chat that was given another collection meanwhile must not be told of the one before.
  if (last === undefined || last.collection !== ctx.collection || last.id === before?.id) return undefined;
  return { question: last.meant, answer: last.answer };
}

/** What is said below an answer. */
async function notes(
  ctx: MessageContext,
  { answer, missingItem }: Understood,
  { store, log }: BotPartners,
): Promise<string[]> {
  const phrases = PHRASES[ctx.language];
  const said: string[] = [];
  if (missingItem) said.push(phrases.missingItem(missingItem.wanted, missingItem.found));
  const person = ctx.from?.id;
  if (person !== undefined && (await isForeign(answer)))
    if (keepIfPossible(log, () => store.people.tellOriginal(person))) said.push(phrases.original);
  return said;
}

/** Whether the quotes are in another language than the question. */
async function isForeign(answer: Answer): Promise<boolean> {
  if (answer.kind !== "answered") return false;
  const primary = (tag: string) => tag.split("-")[0];
  const quoted = primary(await detectLanguage(answer.quotes[0]!.text));
  return quoted !== "und" && quoted !== primary(answer.language);
}

/** Shows that an answer is coming, until the returned function has resolved. */
function showTyping(ctx: MessageContext): () => Promise<void> {
  // A courtesy: whatever keeps it from being shown, the answer itself will meet and report.
  const show = () =>
    ctx.api.sendChatAction(ctx.msg.chat.id, "typing", topicOf(ctx.msg)).then(
      () => undefined,
      () => undefined,
    );
  let showing = show();
  const timer = setInterval(() => {
    showing = show();
  }, TYPING_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await Promise.race([showing, sleep(TYPING_PATIENCE_MS, undefined, { ref: false })]);
  };
}
