import { z } from "zod";

const id = z.int();
const user = z.looseObject({
  id,
  is_bot: z.boolean(),
  first_name: z.string(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});
const chat = z.looseObject({ id, type: z.string(), title: z.string().optional() });
const entities = z
  .array(z.looseObject({ type: z.string(), offset: z.int(), length: z.int(), user: user.optional() }))
  .optional();
const place = { message_id: id, chat, date: z.int() };
const words = {
  text: z.string().optional(),
  caption: z.string().optional(),
  entities,
  caption_entities: entities,
};
const content = {
  ...place,
  ...words,
  from: user.optional(),
  sender_chat: chat.optional(),
  via_bot: user.optional(),
  message_thread_id: id.optional(),
  is_topic_message: z.boolean().optional(),
  ephemeral_message_id: id.optional(),
  media_group_id: z.string().optional(),
  guest_query_id: z.string().optional(),
  quote: z.looseObject({ text: z.string() }).optional(),
  document: z
    .looseObject({
      file_id: z.string(),
      file_name: z.string().optional(),
      file_size: z.number().optional(),
    })
    .optional(),
  migrate_to_chat_id: id.optional(),
  migrate_from_chat_id: id.optional(),
};
const message = z.looseObject({ ...content, reply_to_message: z.looseObject(content).optional() });
const member = z.looseObject({ status: z.string(), is_member: z.boolean().optional() });

/** What this room reads of an update, as https://core.telegram.org/bots/api#update has it; the rest may be anything. */
const shape = z.looseObject({
  update_id: id,
  message: message.optional(),
  edited_message: message.optional(),
  guest_message: message.optional(),
  callback_query: z
    .looseObject({
      id: z.string(),
      from: user,
      data: z.string().optional(),
      inline_message_id: z.string().optional(),
      message: message.optional(),
    })
    .optional(),
  inline_query: z
    .looseObject({ id: z.string(), from: user, query: z.string(), offset: z.string() })
    .optional(),
  my_chat_member: z
    .looseObject({ chat, from: user, old_chat_member: member, new_chat_member: member })
    .optional(),
});

/**
 * Why this is no update, in one line, where it is none: one that Telegram never sends, as a server of one's own or a
 * proxy in between might, could stop the program at every start, for what is stored is handled again. Undefined for
 * any other.
 */
export function objectionTo(update: unknown): string | undefined {
  const result = shape.safeParse(update);
  if (result.success) return undefined;
  const { path, message } = result.error.issues[0]!;
  return `${path.join(".") || "(all of it)"}: ${message}`;
}
