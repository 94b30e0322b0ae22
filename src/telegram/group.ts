import { Composer, type Context } from "grammy";
import type { Message } from "grammy/types";
import { phrasesFor } from "../answering/phrases.ts";
import { type AnswerPartners, answerQuestion } from "./answer.ts";
import { commandOf, type Me, mentions, questionBy, questionIn, repliedTo } from "./message.ts";
import { reply } from "./reply.ts";

/** A group: answers where it is asked (mentioned, replied to, `/ask`) and is silent otherwise. */
export function groupChat(partners: AnswerPartners): Composer<Context> {
  const composer = new Composer();
  composer.chatType(["group", "supergroup"]).on("message", async (ctx) => {
    const question = questionTo(ctx.me, ctx.message);
    if (question === undefined) return;
    if (question !== "") return answerQuestion(ctx, question, partners);
    await reply(ctx, phrasesFor(ctx.from?.language_code).usage);
  });
  return composer;
}

/** The question a group's message puts to the bot; "" when it is called and asked nothing, undefined when it is not. */
function questionTo(me: Me, message: Message): string | undefined {
  const command = commandOf(message, me);
  if (command && (command.name !== "ask" || command.bot === "other")) return undefined;
  if (command || mentions(message, me)) return questionBy(message, me);
  const isToBot = repliedTo(message)?.from?.id === me.id;
  return (isToBot && questionIn(message, me)) || undefined;
}
