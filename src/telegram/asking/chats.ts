import { Composer } from "grammy";
import type { Message } from "grammy/types";
import { onCommand } from "../command.ts";
import type { BotContext, BotPartners, MessageContext } from "../context.ts";
import { reply } from "../delivery.ts";
import { questionBy, questionTo, readWords } from "../message.ts";
import { PHRASES } from "../phrases.ts";
import { currentTask } from "../task.ts";
import { answerMessage, placeOf } from "./answer-message.ts";

const REMEMBERED_ALBUMS = 100;

/** /start, /help and /new. */
export function basics({ store }: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onCommand(composer, "start", (ctx) => reply(ctx, PHRASES[ctx.language].greeting), { inGroups: "named" });
  onCommand(composer, "help", (ctx) => reply(ctx, PHRASES[ctx.language].help), { inGroups: "named" });
  const forget = async (ctx: MessageContext) => {
    store.asked.endDialogue(placeOf(ctx.msg));
    await reply(ctx, PHRASES[ctx.language].forgotten);
  };
  onCommand(composer, "new", forget, { inGroups: "named" });
  return composer;
}

/** A private chat: every text, and every caption, is a question. Anything else gets one line, an album as a whole. */
export function privateChat(partners: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
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
    if (command && command.name !== "ask") await reply(ctx, PHRASES[ctx.language].help);
    else await answerOrExplain(ctx, questionBy(ctx.message, ctx.me), partners);
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
    if (isFirstOfAlbum(ctx.message)) await reply(ctx, PHRASES[ctx.language].textOnly);
  });
  return composer;
}

/** A group: answers where it is asked (mentioned, replied to, `/ask`) and is silent otherwise. */
export function groupChat(partners: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.chatType(["group", "supergroup"]).on("message", async (ctx, next) => {
    const question = questionTo(ctx.me, ctx.message);
    if (question !== undefined) await answerOrExplain(ctx, question, partners);
    else await next();
  });
  return composer;
}

/** Edited questions have their answers edited; a message that only now asks something is answered. */
export function editedQuestions(partners: BotPartners): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on("edited_message", async (ctx, next) => {
    const message = ctx.msg;
    const before = partners.store.asked.byMessage(message.chat.id, message.message_id);
    const { command } = readWords(message, ctx.me);
    const isPrivate = message.chat.type === "private";
    const asked = isPrivate
      ? command && command.name !== "ask"
        ? undefined
        : questionBy(message, ctx.me)
      : questionTo(ctx.me, message);
    if (asked === undefined) return next();
    // What was live, such as a location, is edited by itself.
    const isSame = asked === before?.question && !currentTask()?.isAgain;
    if (asked === "" || isSame) return;
    // A change of collection in between leaves the old answer as it is.
    const same = before?.collection === ctx.collection ? before : undefined;
    await answerMessage(ctx, asked, partners, same);
  });
  return composer;
}

/** Answers the question; says how to ask where there is none. */
async function answerOrExplain(ctx: MessageContext, question: string, partners: BotPartners): Promise<void> {
  if (question !== "") await answerMessage(ctx, question, partners);
  else await reply(ctx, PHRASES[ctx.language].usage);
}
