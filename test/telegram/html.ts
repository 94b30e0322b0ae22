import type { MessageEntity } from "grammy/types";

type Tag = "b" | "i" | "u" | "s" | "code" | "pre" | "blockquote" | "a";
type EntityType = Exclude<MessageEntity["type"], "text_link" | "text_mention" | "custom_emoji" | "date_time">;

const TYPES: Readonly<Record<Exclude<Tag, "a">, EntityType>> = {
  b: "bold",
  i: "italic",
  u: "underline",
  s: "strikethrough",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};
const CHARACTERS: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
};

/** What a reader sees of HTML in Telegram's style; throws what Telegram would say. */
export function readTelegramHtml(html: string): string {
  return parseTelegramHtml(html).text;
}

/**
 * A strict reader of Telegram's HTML style (https://core.telegram.org/bots/api#html-style): the tags it knows,
 * balanced and nested, quotes never in quotes; no attributes but `<blockquote expandable>` and `<a href="…">` with
 * an http, https or tg address; only the entities it names. Entities come with offsets in UTF-16 units.
 */
export function parseTelegramHtml(html: string): { text: string; entities: MessageEntity[] } {
  const open: { readonly tag: string; readonly entity: MessageEntity }[] = [];
  const entities: MessageEntity[] = [];
  let text = "";
  for (let at = 0; at < html.length; ) {
    if (html[at] === "<") {
      const end = html.indexOf(">", at);
      const inside = end < 0 ? "" : html.slice(at + 1, end);
      if (inside.startsWith("/")) {
        const last = open.pop();
        if (last?.tag !== inside.slice(1)) throw refusal(`unexpected end tag at byte offset ${at}`);
        const entity = { ...last.entity, length: text.length - last.entity.offset };
        if (entity.length > 0) entities.push(entity);
      } else {
        const entity = startOf(inside, text.length);
        if (!entity) throw refusal(`unsupported start tag "${inside}" at byte offset ${at}`);
        const isQuote = inside.startsWith("blockquote");
        if (isQuote && open.some(({ tag }) => tag === "blockquote")) {
          throw refusal(`blockquote inside of another at byte offset ${at}`);
        }
        open.push({ tag: inside.split(" ")[0]!, entity });
      }
      at = end + 1;
    } else if (html[at] === "&") {
      const [entity = ""] = /^&[a-z]{1,6};/.exec(html.slice(at, at + 8)) ?? [];
      if (!(entity in CHARACTERS)) throw refusal(`malformed entity at byte offset ${at}`);
      text += CHARACTERS[entity];
      at += entity.length;
    } else if (html[at] === ">") {
      throw refusal(`stray ">" at byte offset ${at}`);
    } else {
      text += html[at];
      at += 1;
    }
  }
  if (open.length > 0) throw refusal(`can't find end tag corresponding to start tag "${open.at(-1)!.tag}"`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function startOf(inside: string, offset: number): MessageEntity | undefined {
  if (Object.hasOwn(TYPES, inside)) return { type: TYPES[inside as keyof typeof TYPES], offset, length: 0 };
  if (inside === "blockquote expandable") return { type: "expandable_blockquote", offset, length: 0 };
  const [, href] = /^a href="([^"<>]+)"$/.exec(inside) ?? [];
  if (href === undefined) return undefined;
  const url = readTelegramHtml(href);
  return /^(?:https?:\/\/[^/\s]|tg:\/\/)/.test(url) && URL.canParse(url)
    ? { type: "text_link", url, offset, length: 0 }
    : undefined;
}

function refusal(reason: string): Error {
  return new Error(`Bad Request: can't parse entities: ${reason}`);
}
