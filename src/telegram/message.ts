import type { Message, MessageEntity, UserFromGetMe } from "grammy/types";

/** What this room needs to know of the bot itself. */
export type Me = Pick<UserFromGetMe, "id" | "username">;

/** The text or caption of a message, taken apart where Telegram marked it. */
export interface Words {
  /** What it begins with, and whether that names its bot (`/ask@this_bot`): `name` without slash, in lower case. */
  readonly command?: { readonly name: string; readonly bot: "unnamed" | "this" | "other" };
  /** Is the bot called by name? */
  readonly mentionsMe: boolean;
  /** What is left without the command and without mentions of the bot. */
  readonly question: string;
}

export function readWords(message: Message, me: Me): Words {
  const text = message.text ?? message.caption ?? "";
  const entities = (message.text === undefined ? message.caption_entities : message.entities) ?? [];
  let command: Words["command"];
  let mentionsMe = false;
  let question = "";
  let end = 0;
  for (const entity of entities) {
    const marked = text.slice(entity.offset, entity.offset + entity.length).toLowerCase();
    if (entity.type === "bot_command" && entity.offset === 0) {
      const [name, bot] = marked.slice(1).split("@");
      const isMine = bot === me.username.toLowerCase();
      command = { name: name!, bot: bot === undefined ? "unnamed" : isMine ? "this" : "other" };
    } else if (isMention(entity, marked, me)) {
      mentionsMe = true;
    } else continue;
    question += `${text.slice(end, entity.offset).trimEnd()} `;
    end = entity.offset + entity.length;
  }
  question = (question + text.slice(end).trimStart()).trim();
  return { ...(command ? { command } : {}), mentionsMe, question };
}

/**
 * What a message that calls the bot asks: its own words, or, where it has none, those of the message it replies to
 * or of the part of it marked; "" where nothing is asked.
 */
export function questionBy(message: Message, me: Me): string {
  const { question } = readWords(message, me);
  const replied = repliedTo(message);
  return question !== "" || !replied ? question : (message.quote?.text ?? readWords(replied, me).question);
}

/** The question a group's message puts to the bot; "" when it is called and asked nothing, undefined when it is not. */
export function questionTo(me: Me, message: Message): string | undefined {
  const { command, mentionsMe, question } = readWords(message, me);
  if (command && command.name !== "ask") return undefined;
  if (command || mentionsMe) return questionBy(message, me);
  return (repliedTo(message)?.from?.id === me.id && question) || undefined;
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
export function isByBot({ from, sender_chat, via_bot }: Message, me: Me): boolean {
  return (from?.is_bot === true && sender_chat === undefined) || via_bot?.id === me.id;
}

function isMention(entity: MessageEntity, marked: string, me: Me): boolean {
  if (entity.type === "text_mention") return entity.user.id === me.id;
  return entity.type === "mention" && marked === `@${me.username.toLowerCase()}`;
}
