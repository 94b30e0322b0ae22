import { setTimeout as sleep } from "node:timers/promises";
import { phrasesFor } from "../answering/phrases.ts";
import { MAX_QUESTION_CHARS } from "../assistant.ts";
import type { Log } from "../log.ts";
import type { Answer } from "../types.ts";
import { failureOf, type MessageContext, reply, topicOf } from "./delivery.ts";
import { renderAnswer } from "./render.ts";

/** The one door to everything that answers. */
export type Ask = (question: string) => Promise<Answer>;

export interface AnswerPartners {
  readonly ask: Ask;
  readonly log: Log;
}

/** An answer is never held back longer than this for the sign that it is coming. */
const TYPING_PATIENCE_MS = 1000;

/** Answers a question in reply to the message it came in; a failure to find an answer is one line to the user. */
export async function answerQuestion(
  ctx: MessageContext,
  question: string,
  { ask, log }: AnswerPartners,
): Promise<void> {
  const phrases = phrasesFor(ctx.from?.language_code);
  if (question.length > MAX_QUESTION_CHARS) return reply(ctx, phrases.questionTooLong(MAX_QUESTION_CHARS));
  // A courtesy: whatever keeps it from being shown, the answer itself will meet and report.
  const typing = ctx.api
    .sendChatAction(ctx.message.chat.id, "typing", topicOf(ctx.message))
    .catch(() => undefined);
  const html = await ask(question)
    .then(renderAnswer)
    .catch((error: unknown) => {
      log.error("telegram.ask-failed", { updateId: ctx.update.update_id, ...failureOf(error) });
      return phrases.failed;
    });
  // Sent after the answer, the sign would stay for five seconds and promise another one.
  await Promise.race([typing, sleep(TYPING_PATIENCE_MS, undefined, { ref: false })]);
  await reply(ctx, html);
}
