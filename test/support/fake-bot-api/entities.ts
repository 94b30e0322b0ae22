import type { MessageEntity } from "grammy/types";

/** Letters and digits of any script: what Telegram takes for a part of a word. */
const WORD = /[\p{L}\p{N}_]/u;

const KINDS: readonly (readonly [type: "bot_command" | "mention" | "url" | "hashtag", pattern: RegExp])[] = [
  ["url", /https?:\/\/[^\s<>]+/gu],
  ["bot_command", /\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{2,32})?/g],
  ["mention", /@[A-Za-z0-9_]{2,32}/g],
  ["hashtag", /#[\p{L}\p{N}_]+/gu],
];

/**
 * What Telegram marks in a text that a person typed, in UTF-16 units. A name or a command that letters touch, of
 * whatever script, is none: 请问@Wenbao_Bot and /ask第三条 are plain text to Telegram, and so they are here.
 */
export function entitiesOf(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const [type, pattern] of KINDS) {
    for (const { 0: match, index } of text.matchAll(pattern)) {
      const end = index + match.length;
      const before = [...text.slice(Math.max(0, index - 2), index)].at(-1) ?? "";
      const after = String.fromCodePoint(text.codePointAt(end) ?? 32);
      const isTouched =
        type !== "url" &&
        (WORD.test(before) || WORD.test(after) || (type === "bot_command" && /[/<>]/.test(before + after)));
      const isInside = found.some(({ offset, length }) => index < offset + length && offset < end);
      if (!isTouched && !isInside) found.push({ type, offset: index, length: match.length });
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}
