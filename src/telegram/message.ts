import type { Message, MessageEntity, UserFromGetMe } from "grammy/types";

/** What this room needs to know of the bot itself. */
export type Me = Pick<UserFromGetMe, "id" | "username">;

export interface Command {
  /** Without the slash, in lower case. */
  readonly name: string;
  /** Whether it names its bot (`/ask@this_bot`), and whether that is this one. */
  readonly bot: "unnamed" | "this" | "other";
  /** What follows the command. */
  readonly rest: string;
}

/** The command a message begins with, as Telegram marked it, in its text or its caption. */
export function commandOf(message: Message, me: Me): Command | undefined {
  const { text, entities } = wordsOf(message);
  const entity = entities.find(({ type, offset }) => type === "bot_command" && offset === 0);
  if (!entity) return undefined;
  const [name, bot] = text.slice(1, entity.length).toLowerCase().split("@");
  return {
    name: name!,
    bot: bot === undefined ? "unnamed" : bot === me.username.toLowerCase() ? "this" : "other",
    rest: text.slice(entity.length).trim(),
  };
}

/** Whether someone calls the bot by name in a message's text or caption. */
export function mentions(message: Message, me: Me): boolean {
  const { text, entities } = wordsOf(message);
  return entities.some((entity) => isMention(entity, text, me));
}

/** The text or caption of a message without its command and without mentions of the bot; "" where nothing is left. */
export function questionIn(message: Message, me: Me): string {
  const { text, entities } = wordsOf(message);
  let question = "";
  let end = 0;
  for (const entity of entities) {
    const isCommand = entity.type === "bot_command" && entity.offset === 0;
    if (!isCommand && !isMention(entity, text, me)) continue;
    question += `${text.slice(end, entity.offset).trimEnd()} `;
    end = entity.offset + entity.length;
  }
  return (question + text.slice(end).trimStart()).trim();
}

/**
 * What a message that calls the bot asks: its own words, or, where it has none, those of the message it replies to
 * or of the part of it marked; "" where nothing is asked.
 */
export function questionBy(message: Message, me: Me): string {
  const own = questionIn(message, me);
  const replied = repliedTo(message);
  return own !== "" || !replied ? own : (message.quote?.text ?? questionIn(replied, me));
}

/** The message that this one answers to. In a forum, every message "answers" the one that opened the topic: not that. */
export function repliedTo(message: Message): Message | undefined {
  const replied = message.reply_to_message;
  return replied?.forum_topic_created ? undefined : replied;
}

/**
 * Whether a bot speaks for itself. Anonymous admins and channels are shown as sent by one of Telegram's own bots,
 * but have a `sender_chat` (https://core.telegram.org/bots/api#message); what a person sends through this bot's
 * inline mode is the bot's own words.
 */
export function isByBot(message: Message, me: Me): boolean {
  return (
    (message.from?.is_bot === true && message.sender_chat === undefined) || message.via_bot?.id === me.id
  );
}

function wordsOf(message: Message): { text: string; entities: readonly MessageEntity[] } {
  return message.text !== undefined
    ? { text: message.text, entities: message.entities ?? [] }
    : { text: message.caption ?? "", entities: message.caption_entities ?? [] };
}

function isMention(entity: MessageEntity, text: string, me: Me): boolean {
  if (entity.type === "text_mention") return entity.user.id === me.id;
  if (entity.type !== "mention") return false;
  const name = text.slice(entity.offset + 1, entity.offset + entity.length);
  return name.toLowerCase() === me.username.toLowerCase();
}
