import { Bot, Composer, GrammyError, HttpError } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import type { BotAccess } from "../config.ts";
import { admissions } from "./access/admit.ts";
import { autoAnswerSwitch } from "./access/auto-answer.ts";
import { collectionChoice } from "./access/collection.ts";
import { cooldown } from "./access/cooldown.ts";
import { accessGate } from "./access/gate.ts";
import { ids } from "./access/id.ts";
import { joining } from "./access/joining.ts";
import { migration } from "./access/migration.ts";
import { answerButtons } from "./asking/answer-buttons.ts";
import { basics, editedQuestions, groupChat, privateChat } from "./asking/chats.ts";
import { guestMode } from "./asking/guest.ts";
import { unaddressedQuestions } from "./asking/unaddressed.ts";
import { type BotContext, type BotPartners, type MessageContext, whoSpeaks } from "./context.ts";
import { failureOf, reply } from "./delivery.ts";
import { documents } from "./documents/documents.ts";
import { languageChoice } from "./language.ts";
import { forgetMe } from "./ledger/forget.ts";
import { gapReplies } from "./ledger/gap-replies.ts";
import { gapLedger } from "./ledger/gaps.ts";
import { statistics } from "./ledger/stats.ts";
import { createTeller, type Teller } from "./ledger/tell-askers.ts";
import { isByBot, readWords } from "./message.ts";
import { PHRASES } from "./phrases.ts";
import { articleButtons } from "./reading/articles.ts";
import { deepLinks } from "./reading/deep-links.ts";
import { inlineMode } from "./reading/inline.ts";
import { sending } from "./sending.ts";
import { currentTask } from "./task.ts";
import { createTurns } from "./turns.ts";

export interface BotOptions extends BotAccess, BotPartners {
  /** Ends calls to Telegram, and the waiting for them. */
  readonly stop?: AbortSignal;
  /** Whether the handling of an update has ended the program too often to be tried again. */
  readonly isGivenUp?: (updateId: number) => boolean;
  /** Spares the getMe before the first update. */
  readonly botInfo?: UserFromGetMe;
}

/** The kinds of update the bot handles, for getUpdates and setWebhook. */
export function allowedUpdates({ guestMode }: BotPartners["settings"]): Exclude<keyof Update, "update_id">[] {
  const always = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"] as const;
  return [...always, ...(guestMode ? (["guest_message"] as const) : [])];
}

/** A message that takes longer holds the others up no more. */
const TURN_MS = 500;
/** A connection that has died silently is noticed after this. */
const REQUEST_TIMEOUT_S = 15;

/**
 * The bot, one Composer a feature, in the order in which they are given an update. `handleUpdate` never rejects once
 * the bot knows itself: what goes wrong is logged without secrets, and the user is told so in one line if that may
 * still reach them.
 */
export function createBot({ token, apiRoot, botInfo, stop, isGivenUp, ...partners }: BotOptions): {
  readonly bot: Bot<BotContext>;
  readonly teller: Teller;
} {
  const bot = new Bot<BotContext>(token, {
    // A redirect would be followed without the message.
    client: { apiRoot, timeoutSeconds: REQUEST_TIMEOUT_S, baseFetchConfig: { redirect: "error" } },
    ...(botInfo ? { botInfo } : {}),
  });
  const { metrics, log } = partners;
  const { outbox } = partners.store;
  // Answers are found between messages, not while one goes out: that Telegram took it is to be noted at once.
  const inTurn = createTurns(TURN_MS);
  bot.api.config.use(sending({ outbox, inTurn, metrics, log, ...(stop ? { stop } : {}) }));
  bot.use(errorBoundary(partners, stop));
  bot.use(notForUs());
  bot.use(whoSpeaks(partners, inTurn));
  if (isGivenUp) bot.use(givenUp(isGivenUp));
  bot.use(migration(partners));
  bot.use(joining(partners));
  bot.use(accessGate(partners));
  bot.use(cooldown());
  bot.use(ids());
  bot.use(admissions(partners));
  bot.use(collectionChoice(partners));
  bot.use(autoAnswerSwitch(partners));
  bot.use(deepLinks(partners));
  bot.use(basics(partners));
  bot.use(languageChoice(partners));
  bot.use(articleButtons(partners));
  bot.use(answerButtons(partners));
  bot.use(inlineMode());
  bot.use(guestMode(partners));
  const teller = createTeller(bot.api, partners);
  bot.use(gapLedger(partners, teller));
  bot.use(gapReplies(partners, teller));
  bot.use(statistics(partners));
  bot.use(forgetMe(partners));
  bot.use(documents(partners, { token, apiRoot }));
  bot.use(editedQuestions(partners));
  bot.use(privateChat(partners));
  bot.use(groupChat(partners));
  bot.use(unaddressedQuestions(partners));
  bot.use(outdatedButtons());
  return { bot, teller };
}

/** What is said by a bot or to another one. */
function notForUs(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    const message = ctx.message ?? ctx.editedMessage ?? ctx.guestMessage;
    if (message && isByBot(message, ctx.me)) return;
    if (message && readWords(message, ctx.me).command?.bot === "other") return;
    await next();
  });
  return composer;
}

/** A button that no feature knows (any more) must not go on turning its wheel. */
function outdatedButtons(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on("callback_query", (ctx) => ctx.answerCallbackQuery(PHRASES[ctx.language].outdated));
  return composer;
}

function errorBoundary({ log }: BotPartners, stop?: AbortSignal): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const fields = { updateId: ctx.update.update_id, chatId: ctx.chat?.id, ...failureOf(error) };
      // The next start handles it.
      if (stop?.aborted) return log.info("telegram.update-interrupted", fields);
      // Blocked by the user or removed from the group: theirs to decide, and nothing to mend.
      if (error instanceof GrammyError && error.error_code === 403)
        return log.info("telegram.shut-out", fields);
      // A press or an inline query that waited too long, as after an outage: nobody waits for its answer any more.
      if (error instanceof GrammyError && /query is too old/i.test(error.description))
        return log.info("telegram.too-late", fields);
      log.error("telegram.update-failed", fields);
      const task = currentTask();
      if (task) task.hasFailed = true;
      // Telegram did not take the answer, after retries; it would not take an apology either.
      if (error instanceof GrammyError || error instanceof HttpError) return;
      await apologise(ctx).catch((second: unknown) =>
        log.error("telegram.apology-failed", failureOf(second)),
      );
    }
  });
  return composer;
}

function givenUp(isGivenUp: NonNullable<BotOptions["isGivenUp"]>): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use((ctx, next) => (isGivenUp(ctx.update.update_id) ? apologise(ctx) : next()));
  return composer;
}

async function apologise(ctx: BotContext): Promise<void> {
  const { failed } = PHRASES[ctx.language ?? "en"];
  if (ctx.callbackQuery) await ctx.answerCallbackQuery(failed);
  else if (ctx.message) await reply(ctx as MessageContext, failed);
}
