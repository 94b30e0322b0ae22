import { Composer, type Context } from "grammy";
import { phrasesFor } from "../answering/phrases.ts";
import { type AnswerPartners, answerQuestion } from "./answer.ts";
import { commandOf, questionBy } from "./message.ts";
import { reply } from "./reply.ts";

const REMEMBERED_ALBUMS = 100;

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
    if (command && (command.name !== "ask" || command.bot === "other")) return reply(ctx, phrases.help);
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
