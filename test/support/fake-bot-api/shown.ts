import type { Message, MessageEntity, User } from "grammy/types";

/** A message as a person sees it. */
export interface Shown {
  /** Its id in the chat; 0 where only one person sees it. */
  readonly id: number;
  /** Tells it apart from every other in the chat. */
  readonly key: string;
  readonly from: number;
  readonly isByBot: boolean;
  /** Text or caption, after parsing. */
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  /** Labels, row after row. */
  readonly buttons: readonly string[];
  /** The `key` of what it answers to. */
  readonly replyTo?: string;
  /** Id of its topic; General has none. */
  readonly topic?: number;
  readonly isEdited: boolean;
  /** Only one person and the bot see it. */
  readonly isWhispered: boolean;
  readonly fileName?: string;
  /** The message as the Bot API gives it. */
  readonly raw: Message;
}

export function shown(raw: Message, me: User): Shown {
  const replied = raw.reply_to_message;
  return {
    id: raw.message_id,
    key: keyOf(raw),
    from: raw.from?.id ?? 0,
    isByBot: raw.from?.id === me.id,
    text: raw.text ?? raw.caption ?? "",
    entities: raw.entities ?? raw.caption_entities ?? [],
    buttons: raw.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [],
    ...(replied && !replied.forum_topic_created ? { replyTo: keyOf(replied) } : {}),
    ...(raw.is_topic_message ? { topic: raw.message_thread_id! } : {}),
    isEdited: raw.edit_date !== undefined,
    isWhispered: raw.ephemeral_message_id !== undefined,
    ...(raw.document?.file_name === undefined ? {} : { fileName: raw.document.file_name }),
    raw,
  };
}

function keyOf(message: Pick<Message, "message_id">): string {
  const { message_id: id, ephemeral_message_id: whisper } = message as Message;
  return whisper === undefined ? String(id) : `whisper ${whisper}`;
}
