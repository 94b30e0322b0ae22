import type { Update } from "grammy/types";

/** Says of every update, in the order in which they come, what it waits for: others of one turn are handled before. */
export type TurnOf = (update: Update) => number | string;

/**
 * The turn is that of the chat, or of the person where there is none. A supergroup has the turn of the group that it
 * was: what was asked there is handled before what is kept of it moves, and what is asked here after that.
 */
export function createTurnOf(): TurnOf {
  const former = new Map<number, number>();
  return (update) => {
    const { guest_message: guest, message: sent } = update;
    // A guest's chat may be another one of the same id.
    if (guest) return `guest of ${guest.chat.id}`;
    const message = sent ?? update.edited_message ?? update.callback_query?.message ?? update.my_chat_member;
    if (message === undefined) {
      const person = update.inline_query?.from.id ?? update.callback_query?.from.id;
      return `person ${person}`;
    }
    const { id } = message.chat;
    if (sent?.migrate_to_chat_id !== undefined) former.set(sent.migrate_to_chat_id, id);
    if (sent?.migrate_from_chat_id !== undefined) former.set(id, sent.migrate_from_chat_id);
    return former.get(id) ?? id;
  };
}
