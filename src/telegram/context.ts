import { Composer, type Context } from "grammy";
import type { Message } from "grammy/types";
import { type InterfaceLanguage, interfaceLanguage } from "../answering/phrases.ts";
import type { Assistant } from "../assistant.ts";
import type { BotSettings } from "../config.ts";
import type { GroupQuestions } from "../gaps/group-questions.ts";
import type { Metrics } from "../health/metrics.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import type { CorpusEditor } from "../upkeep/edit-corpus.ts";
import { createLimits, type Limits } from "./access/limits.ts";
import type { Turns } from "./turns.ts";

/** What every feature may work with. */
export interface BotPartners {
  readonly library: Library;
  readonly editor: CorpusEditor;
  readonly groupQuestions: GroupQuestions;
  readonly store: Store;
  /** Where what is downloaded lies as long as it is read. */
  readonly stateDir: string;
  readonly settings: BotSettings;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => Date;
}

/** The articles by collections. */
export interface Library {
  /** The collection of chats for which none was chosen. */
  readonly defaultCollection: string;
  /** Names; "" is the top level of the corpus. */
  collections(): readonly string[];
  /** The assistant in force now. Throws an AppError where there is no such collection. */
  follow(collection: string): Assistant;
}

/** Who speaks, and in which chat. */
interface Caller {
  readonly language: InterfaceLanguage;
  /** Named by the operator as one. */
  readonly isAdmin: boolean;
  /** The collection that is asked in this chat. */
  readonly collection: string;
  /** That collection's, as it was when the update came; one that knows nothing where the collection is gone. */
  readonly assistant: ChatAssistant;
  readonly limits: Limits;
}

/** `ask` finds quotes only; what is shown is phrased once, at last. */
export interface ChatAssistant extends Pick<Assistant, "findPassages" | "articles" | "passages" | "phrase"> {
  readonly ask: Assistant["find"];
}

export type BotContext = Context & Caller;
/** A context whose update is a message, new or edited, however the handler was chosen. */
export type MessageContext = BotContext & { readonly msg: Message };

/** Says of every update who speaks and which articles are meant. */
export function whoSpeaks(
  { library, store, settings, log, now }: BotPartners,
  inTurn: Turns,
): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const limits = createLimits(settings.perMinute, now);
  const missed = new Set<string>();
  composer.use(async (ctx, next) => {
    const { from } = ctx;
    // Where Telegram does not say which chat it is for, as inline, only the default collection may be shown.
    const chosen =
      ctx.chat === undefined || isGuest(ctx) ? null : store.chats.settings(ctx.chat.id).collection;
    const collection = chosen ?? library.defaultCollection;
    const assistant = assistantOf(library, collection);
    const caller: Caller = {
      language: interfaceLanguage((from && store.people.language(from.id)) ?? from?.language_code),
      isAdmin: from !== undefined && settings.admins.has(from.id),
      collection,
      assistant: inTurns(assistant, inTurn),
      limits,
    };
    if (assistant === EMPTY && !missed.has(collection)) {
      missed.add(collection);
      log.warn("a chat's collection is gone", { collection });
    }
    Object.assign(ctx, caller);
    await next();
  });
  return composer;
}

/** The assistant of a collection; one that knows nothing where there is none. */
export function assistantOf(library: Library, collection: string): ChatAssistant {
  if (!library.collections().includes(collection)) return EMPTY;
  const assistant = library.follow(collection);
  return { ...assistant, ask: assistant.find };
}

function inTurns(assistant: ChatAssistant, inTurn: Turns): ChatAssistant {
  return { ...assistant, ask: (question) => inTurn(() => assistant.ask(question)) };
}

/** Whether the bot is called in a chat of which it is no member; that chat's id may be another chat's. */
export function isGuest(ctx: Context): boolean {
  return ctx.update.guest_message !== undefined;
}

const EMPTY: ChatAssistant = {
  articles: [],
  passages: 0,
  ask: async (question) => ({ kind: "not-found", question, language: "und", confidence: 0, nearest: [] }),
  phrase: async (answer) => answer,
  findPassages: async () => [],
};
