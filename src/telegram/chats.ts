import { Composer, type Context } from "grammy";
import type { Message } from "grammy/types";
import { phrasesFor } from "../answering/phrases.ts";
import { type AnswerPartners, answerQuestion } from "./answer.ts";
import { reply } from "./delivery.ts";
import { commandOf, type Me, mentions, questionBy, questionIn, repliedTo } from "./message.ts";

const REMEMBERED_ALBUMS = 100;

/** /start and /help, and silence where another bot is called. In a group only by name (`/help@this_bot`): unnamed they are meant for every bot there. */
export function commands(): Composer<Context> {
  const composer = new Composer();
  composer.on("message", async (ctx, next) => {
    const command = commandOf(ctx.message, ctx.me);
    if (command?.bot === "other") return;
    const isOurs = command?.bot === "this" || (command?.bot === "unnamed" && ctx.chat.type === "private");
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
  const seenAlbums = new Set<string>();
  const isSeen = (album: string | undefined): boolean => {
    if (album === undefined) return false;
    const seen = seenAlbums.has(album);
    seenAlbums.add(album);
    const [oldest] = seenAlbums;
    if (seenAlbums.size > REMEMBERED_ALBUMS) seenAlbums.delete(oldest!);
    return seen;
  };

  chat.on(["message:text", "message:caption"], async (ctx) => {
    isSeen(ctx.message.media_group_id);
    const phrases = phrasesFor(ctx.from.language_code);
    const command = commandOf(ctx.message, ctx.me);
    if (command && command.name !== "ask") return reply(ctx, phrases.help);
    const question = questionBy(ctx.message, ctx.me);
    return question === "" ? reply(ctx, phrases.usage) : answerQuestion(ctx, question, partners);
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
    if (isSeen(ctx.message.media_group_id)) return;
    await reply(ctx, phrasesFor(ctx.from.language_code).textOnly);
  });
  return composer;
}

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
  if (command && command.name !== "ask") return undefined;
  if (command || mentions(message, me)) return questionBy(message, me);
  const isToBot = repliedTo(message)?.from?.id === me.id;
  return (isToBot && questionIn(message, me)) || undefined;
}
