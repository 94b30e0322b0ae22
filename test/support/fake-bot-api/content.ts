import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from "grammy/types";
import { parseTelegramHtml } from "../../telegram/html.ts";
import { badRequest } from "./refusal.ts";

export interface Content {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** What a text or caption shows; its ends are trimmed, as Telegram does. */
export function readContent(text: unknown, parseMode: unknown, maxChars: number): Content {
  const given = String(text ?? "");
  if (/\p{Surrogate}/u.test(given)) throw badRequest("strings must be encoded in UTF-8");
  if (parseMode !== undefined && parseMode !== "HTML") throw badRequest("unsupported parse_mode");
  const { text: whole, entities } = parseMode === "HTML" ? parse(given) : { text: given, entities: [] };
  if (whole.trim().length > maxChars) throw badRequest("message is too long");
  const cut = whole.length - whole.trimStart().length;
  const shown = whole.trim();
  const within = (at: number) => Math.min(Math.max(at - cut, 0), shown.length);
  return {
    text: shown,
    entities: entities.map((entity) => {
      const offset = within(entity.offset);
      return { ...entity, offset, length: within(entity.offset + entity.length) - offset };
    }),
  };
}

/** As `readContent`, of what must not be empty. */
export function readText(text: unknown, parseMode: unknown): Content {
  const content = readContent(text, parseMode, 4096);
  if (content.text === "") throw badRequest("message text is empty");
  return content;
}

function parse(html: string): { text: string; entities: MessageEntity[] } {
  try {
    return parseTelegramHtml(html);
  } catch (error) {
    throw badRequest(String((error as Error).message).replace(/^Bad Request: /, ""));
  }
}

const MAX_BUTTONS = 100;

/** The inline keyboard among the kinds of markup; undefined where there is none. */
export function readMarkup(markup: unknown): InlineKeyboardMarkup | undefined {
  if (markup === undefined) return undefined;
  if (typeof markup !== "object" || markup === null) throw badRequest("object expected as reply markup");
  if ("force_reply" in markup || "remove_keyboard" in markup || "keyboard" in markup) return undefined;
  const rows: unknown = (markup as { inline_keyboard?: unknown }).inline_keyboard;
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw badRequest("can't parse inline keyboard: an array of arrays expected");
  }
  const buttons = rows.flat();
  if (buttons.length > MAX_BUTTONS) throw badRequest("REPLY_MARKUP_TOO_LONG");
  for (const button of buttons) checkButton(button);
  // Rows without buttons are left out, and a keyboard without rows is none.
  const inline_keyboard = rows.filter((row) => row.length > 0) as InlineKeyboardButton[][];
  return inline_keyboard.length === 0 ? undefined : { inline_keyboard };
}

const ACTIONS: Readonly<Record<string, (value: unknown) => void>> = {
  callback_data(value) {
    const bytes = Buffer.byteLength(String(value));
    if (typeof value !== "string" || bytes < 1 || bytes > 64) throw badRequest("BUTTON_DATA_INVALID");
  },
  url: checkUrl,
  switch_inline_query: checkQuery,
  switch_inline_query_current_chat: checkQuery,
  switch_inline_query_chosen_chat: (value) => checkQuery(Object(value).query ?? ""),
  copy_text(value) {
    const { text } = Object(value);
    if (typeof text !== "string" || text.length < 1 || text.length > 256) {
      throw badRequest("BUTTON_COPY_TEXT_INVALID");
    }
  },
};

function checkButton(button: unknown): void {
  const { text, ...rest } = Object(button) as Record<string, unknown>;
  if (typeof text !== "string" || text.trim() === "") {
    throw badRequest("can't parse inline keyboard button: the button's text is empty");
  }
  const actions = Object.keys(rest).filter((name) => name !== "style" && name !== "icon_custom_emoji_id");
  const check = ACTIONS[actions[0] ?? ""];
  if (actions.length !== 1 || !check) {
    throw badRequest("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard");
  }
  check(rest[actions[0]!]);
}

function checkUrl(value: unknown): void {
  const url = URL.canParse(String(value)) ? new URL(String(value)) : undefined;
  // Telegram takes no host without a dot, localhost included.
  const isKnown =
    url?.protocol === "tg:" || (/^https?:$/.test(url?.protocol ?? "") && /\../.test(url!.hostname));
  if (!isKnown) throw badRequest(`inline keyboard button URL '${value}' is invalid: Wrong HTTP URL`);
}

function checkQuery(value: unknown): void {
  if (typeof value !== "string" || value.length > 256) throw badRequest("BUTTON_DATA_INVALID");
}
