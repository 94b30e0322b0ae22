import { Composer } from "grammy";
import type { Message } from "grammy/types";
import { questionToAll } from "../../answering/question-to-all.ts";
import { isSure } from "../../answering/sure.ts";
import type { Asked } from "../../store/asked.ts";
import { askerOf } from "../access/cooldown.ts";
import type { BotContext, BotPartners, MessageContext } from "../context.ts";
import { failureOf } from "../delivery.ts";
import { repliedTo } from "../message.ts";
import { currentTask } from "../task.ts";
import { deliverAnswer } from "./answer-message.ts";

/**
 * In groups where that is on, answers questions that nobody addressed to the bot, where it is sure of the answer; in
 * doubt there is no word and nothing is kept. A question answered so and edited has its answer edited likewise.
 */
export function unaddressedQuestions(partners: BotPartners): Composer<BotContext> {
  const { store } = partners;
  const composer = new Composer<BotContext>();
  const groups = composer
    .chatType(["group", "supergroup"])
    .filter((ctx) => store.chats.settings(ctx.chat.id).autoAnswer);
  groups.on("message:text", (ctx) => answerWhereSure(ctx, partners));
  groups.on("edited_message:text", async (ctx) => {
    const { chat, message_id } = ctx.msg;
    const before = store.asked.byMessage(chat.id, message_id);
    if (before?.surface !== "auto" || before.collection !== ctx.collection) return;
    const isAnswered = await answerWhereSure(ctx, partners, before);
    // An answer below other words than it answers would puzzle everybody.
    if (!isAnswered && before.reply !== null) await takeBack(ctx, before.reply);
  });
  return composer;
}

/** Whether an answer stands below the message then. */
async function answerWhereSure(ctx: MessageContext, partners: BotPartners, before?: Asked): Promise<boolean> {
  const { msg: message, limits } = ctx;
  const { text = "" } = message;
  const question = isToEverybody(message) ? questionToAll(text) : undefined;
  if (text === before?.question && !currentTask()?.isAgain) return true;
  if (question === undefined) return false;
  const asker = askerOf(ctx);
  if (limits.look(asker.person ?? message.chat.id) > 0) return false;
  const startMs = performance.now();
  try {
    const answer = await ctx.assistant.ask(question);
    if (!isSure(answer) || limits.question(asker) > 0) return false;
    const understood = { answer, question, carriedOver: false };
    const found = { question: text, understood, ms: performance.now() - startMs };
    await deliverAnswer(ctx, found, partners, { surface: "auto", ...(before ? { before } : {}) });
    return true;
  } catch (error) {
    // Nobody waits for this answer, so nobody is told.
    partners.log.error("telegram.unasked-failed", { updateId: ctx.update.update_id, ...failureOf(error) });
    return false;
  }
}

async function takeBack(ctx: MessageContext, reply: number): Promise<void> {
  // It may be gone already, or too old to be deleted.
  await ctx.api.deleteMessage(ctx.msg.chat.id, reply).catch(() => undefined);
}

/** Whether a message is to the group as a whole, in the sender's own words. */
function isToEverybody(message: Message): boolean {
  const { entities = [], forward_origin, via_bot, external_reply } = message;
  const isReply = external_reply !== undefined || repliedTo(message) !== undefined;
  const isToSomebody = entities.some(({ type }) => ["mention", "text_mention", "bot_command"].includes(type));
  return !forward_origin && !via_bot && !isReply && !isToSomebody;
}
