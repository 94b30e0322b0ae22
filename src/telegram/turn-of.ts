import type { Update } from "grammy/types";

/** What an update waits for: others of its chat, or of the person where it has none. */
export function turnOf(update: Update): number | string {
  const message =
    update.message ?? update.edited_message ?? update.callback_query?.message ?? update.my_chat_member;
  const person = update.inline_query?.from.id ?? update.callback_query?.from.id;
  // A guest's chat may be another one of the same id.
  const guest = update.guest_message;
  if (guest) return `guest of ${guest.chat.id}`;
  return message?.chat.id ?? `person ${person}`;
}
