import { Composer, type Context } from "grammy";
import type { Message } from "grammy/types";
import { phrasesFor } from "../answering/phrases.ts";
import { type AnswerPartners, answerQuestion } from "./answer.ts";
import { type MessageContext, reply } from "./delivery.ts";
import { type Me, questionBy, readWords, repliedTo } from "./message.ts";

const REMEMBERED_ALBUMS = 100;

/**
 * /start and /help, and silence where another bot is called. In a group only by name (`/help@this_bot`): unnamed
 * they are meant for every bot there.
 */
export function commands(): Composer<Context> {
  const composer = new Composer();
  composer.on("message", async (ctx, next) => {
    const { command } = readWords(ctx.message, ctx.me);
    if (command?.bot === "other") return;
    const isOurs = command?.bot === "this" || ctx.chat.type === "private";
    const phrases = phrasesFor(ctx.from?.language_code);
    if (isOurs && command?.name === "start") return reply(ctx, phrases.greeting);
    if (isOurs && command?.name === "help") return reply(ctx, phrases.help);
    return next();
  });
  return composer;
}

/** A private chat: every text, and every caption, is a question. Anything else gets one line, an album as a whole. */
export function privateChat(partners: AnswerPartners): Composer<Context> {
  const composer = new Composer();
  const chat = composer.chatType("private");
  const albums = new Set<string>();
  const isFirstOfAlbum = ({ media_group_id: album }: Message): boolean => {
    if (album === undefined) return true;
    const isFirst = !albums.has(album);
    albums.add(album);
    const [oldest] = albums;
    if (albums.size > REMEMBERED_ALBUMS) albums.delete(oldest!);
    return isFirst;
  };

  chat.on(["message:text", "message:caption"], async (ctx) => {
    isFirstOfAlbum(ctx.message);
    const { command } = readWords(ctx.message, ctx.me);
    if (command && command.name !== "ask") return reply(ctx, phrasesFor(ctx.from.language_code).help);
    await answerOrExplain(ctx, questionBy(ctx.message, ctx.me), partners);
  });

  // What a person sends; service messages, such as a pinned message, are nobody's question.
  const content = chat.on([
    "message:file",
    "message:contact",
    "message:location",
    "message:venue",
    "message:poll",
    "message:dice",
    "message:game",
    "message:story",
    "message:paid_media",
    "message:checklist",
  ]);
  content.use(async (ctx) => {
    if (isFirstOfAlbum(ctx.message)) await reply(ctx, phrasesFor(ctx.from.language_code).textOnly);
  });
  return composer;
}

/** A group: answers where it is asked (mentioned, replied to, `/ask`) and is silent otherwise. */
export function groupChat(partners: AnswerPartners): Composer<Context> {
  const composer = new Composer();
  composer.chatType(["group", "supergroup"]).on("message", async (ctx) => {
    const question = questionTo(ctx.me, ctx.message);
    if (question !== undefined) await answerOrExplain(ctx, question, partners);
  });
  return composer;
}

/** The question a group's message puts to the bot; "" when it is called and asked nothing, undefined when it is not. */
function questionTo(me: Me, message: Message): string | undefined {
  const { command, mentionsMe, question } = readWords(message, me);
  if (command && command.name !== "ask") return undefined;
  if (command || mentionsMe) return questionBy(message, me);
  return (repliedTo(message)?.from?.id === me.id && question) || undefined;
}

/** Answers the question; says how to ask where there is none. */
async function answerOrExplain(
  ctx: MessageContext,
  question: string,
  partners: AnswerPartners,
): Promise<void> {
  if (question !== "") return answerQuestion(ctx, question, partners);
  await reply(ctx, phrasesFor(ctx.from?.language_code).usage);
}
