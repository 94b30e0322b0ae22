import type { InlineQueryResult, InlineQueryResultsButton, Message, Update, User } from "grammy/types";
import type { Bell } from "./bell.ts";
import type { Chats } from "./chats.ts";
import { readContent, readMarkup, readText } from "./content.ts";
import { FAULTS } from "./faults.ts";
import { badRequest, Refusal } from "./refusal.ts";

type Payload = Readonly<Record<string, unknown>>;

/** What a bot answered to a press, an inline query or a guest's question. */
export interface QueryAnswer {
  /** Of a press: what is shown on top of the chat. */
  readonly text?: string;
  readonly showsAlert?: boolean;
  /** Of an inline query. */
  readonly results?: readonly InlineQueryResult[];
  readonly button?: InlineQueryResultsButton;
  readonly nextOffset?: string;
  readonly isPersonal?: boolean;
  /** Of a guest's question. */
  readonly message?: Message;
}

type Kind = "callback" | "inline" | "guest";

interface Query {
  readonly kind: Kind;
  readonly from: User;
  /** Where a guest asks. */
  readonly message?: Message;
  state: "open" | "expired" | QueryAnswer;
}

export interface Queries {
  /** A new query, whose id the bot gets. */
  ask(kind: Kind, from: User, message?: Message): string;
  /** Keeps the query of an update that a test pushed as it is. */
  learn(update: Partial<Update>): void;
  expire(id: string): void;
  answerTo(id: string, timeoutMs?: number): Promise<QueryAnswer>;
  /** Refuses a callback query that is not, or no longer, this user's to be answered with a message. */
  mustBeOpen(id: string, userId: number): void;
  /** What is shown in a chat when a person sends this result there. */
  sentAs(result: InlineQueryResult): Partial<Message>;
  readonly methods: Readonly<Record<string, (payload: Payload) => unknown>>;
}

const MAX_RESULTS = 50;

export function createQueries(me: User, chats: Chats, bell: Bell): Queries {
  const queries = new Map<string, Query>();
  let lastId = 5_000_000_000_000_000;

  function open(id: unknown, kind: Kind): Query {
    const query = queries.get(String(id));
    const { code, description } = FAULTS.queryTooOld;
    if (query?.kind !== kind || query.state !== "open") throw new Refusal(code, description);
    return query;
  }

  return {
    ask(kind, from, message) {
      const id = String(++lastId);
      queries.set(id, { kind, from, ...(message ? { message } : {}), state: "open" });
      return id;
    },

    learn({ callback_query: press, inline_query: inline, guest_message: guest }) {
      if (press) queries.set(press.id, { kind: "callback", from: press.from, state: "open" });
      if (inline) queries.set(inline.id, { kind: "inline", from: inline.from, state: "open" });
      if (guest) {
        queries.set(guest.guest_query_id!, {
          kind: "guest",
          from: guest.from,
          message: guest,
          state: "open",
        });
      }
    },

    expire(id) {
      queries.get(id)!.state = "expired";
    },

    answerTo: (id, timeoutMs = 5000) =>
      bell.until(
        () => {
          const state = queries.get(id)?.state;
          return typeof state === "object" ? state : undefined;
        },
        timeoutMs,
        () => `The ${queries.get(id)?.kind} query was not answered`,
      ),

    mustBeOpen(id, userId) {
      const query = queries.get(id);
      // Answering it, which takes the clock off the button, does not close it for this.
      if (query?.kind !== "callback" || query.state === "expired" || query.from.id !== userId) {
        throw badRequest("QUERY_ID_INVALID");
      }
    },

    sentAs: readResult,

    methods: {
      answerCallbackQuery({ callback_query_id: id, text, show_alert: alert, url }) {
        const query = open(id, "callback");
        if (text !== undefined && String(text).length > 200) throw badRequest("MESSAGE_TOO_LONG");
        if (url !== undefined && !String(url).startsWith(`https://t.me/${me.username}?start=`)) {
          throw badRequest("URL_INVALID");
        }
        query.state = { ...(text ? { text: String(text) } : {}), showsAlert: alert === true };
        return true;
      },

      answerInlineQuery({ inline_query_id: id, results, button, next_offset: nextOffset, is_personal: own }) {
        const query = open(id, "inline");
        if (!Array.isArray(results)) throw badRequest("can't parse inline query results: an array expected");
        if (results.length > MAX_RESULTS) throw badRequest("RESULTS_TOO_MUCH");
        const ids = results.map((result: unknown) => Object(result).id as unknown);
        for (const result of results as InlineQueryResult[]) readResult(result);
        if (new Set(ids).size < ids.length) throw badRequest("RESULT_ID_DUPLICATE");
        if (Buffer.byteLength(String(nextOffset ?? "")) > 64) throw badRequest("NEXT_OFFSET_INVALID");
        checkResultsButton(button);
        query.state = {
          results,
          isPersonal: own === true,
          ...(nextOffset ? { nextOffset: String(nextOffset) } : {}),
          ...(button ? { button: button as InlineQueryResultsButton } : {}),
        };
        return true;
      },

      answerGuestQuery({ guest_query_id: id, result }) {
        const query = open(id, "guest");
        const shown = readResult(result as InlineQueryResult);
        const record = chats.open(query.message!.chat);
        const message = chats.add(record, { from: me, guest_bot_caller_user: query.from, ...shown });
        const inline_message_id = `guest-${id}`;
        chats.inline.set(inline_message_id, message);
        query.state = { message };
        return { inline_message_id };
      },
    },
  };
}

/** The message that a result of an inline query stands for; refuses what lacks something that its type requires. */
function readResult(result: InlineQueryResult): Partial<Message> {
  const { type, id, title, reply_markup, input_message_content: content } = Object(result) as Payload;
  const bytes = Buffer.byteLength(String(id ?? ""));
  if (typeof id !== "string" || bytes < 1 || bytes > 64) throw badRequest("RESULT_ID_INVALID");
  const markup = readMarkup(reply_markup);
  const shown = markup ? { reply_markup: markup } : {};
  if (type === "document") {
    const { document_file_id: file } = Object(result);
    if (typeof file !== "string") throw badRequest("can't parse inline query result: unallowed document");
    const { text } = readContent(Object(result).caption, Object(result).parse_mode, 1024);
    return { caption: text, ...shown };
  }
  if (type !== "article")
    throw badRequest("can't parse inline query result: type must be article or document");
  if (typeof title !== "string" || title.trim() === "") throw badRequest("ARTICLE_TITLE_EMPTY");
  if (content === undefined) {
    throw badRequest("can't parse inline query result: Can't find field \"input_message_content\"");
  }
  const { message_text, parse_mode } = Object(content);
  const { text, entities } = readText(message_text, parse_mode);
  return { text, ...(entities.length > 0 ? { entities: [...entities] } : {}), ...shown };
}

function checkResultsButton(button: unknown): void {
  if (button === undefined) return;
  const { text, start_parameter: parameter, web_app } = Object(button);
  if (typeof text !== "string" || text === "") throw badRequest("BUTTON_TEXT_INVALID");
  if (web_app !== undefined) return;
  if (typeof parameter !== "string" || !/^[\w-]{1,64}$/.test(parameter))
    throw badRequest("START_PARAM_INVALID");
}
