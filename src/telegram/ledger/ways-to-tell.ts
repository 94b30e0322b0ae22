import type { Api, InlineKeyboard } from "grammy";
import type { Telling } from "../../store/gaps.ts";
import { isKnown } from "../access/strangers.ts";
import type { BotPartners } from "../context.ts";
import { send } from "../delivery.ts";

/** Tells an asker; gives what is noted as told. Throws as Telegram refuses it. */
type Tell = (html: string, keyboard: InlineKeyboard) => Promise<number>;

/** Noted where only the asker sees the message, and nothing can take its place. */
const UNSEEN = -1;

/**
 * How an asker may be told, to be tried in turn; not at all where they may no longer ask. Where answers in groups are
 * for the asker only, everybody sees one only if all else failed. What was whispered is never told openly: its message
 * has no id, as those of before a group became a supergroup, which cannot be told apart from it.
 */
export function waysToTell(api: Api, telling: Telling, partners: BotPartners): readonly Tell[] {
  const { chat, topic, message, person, surface } = telling;
  if (chat === null || !mayAskIn(chat, telling, partners)) return [];
  const openly: Tell = async (html, keyboard) =>
    (await send(api, { chat, topic, message }, html, keyboard)).message_id;
  if (surface === "private" || (message !== null && !partners.settings.ephemeralAnswers)) return [openly];
  const ways = message === null ? [] : [openly];
  if (person === null) return ways;
  const whispered: Tell = async (html, keyboard) => {
    await api.sendMessage(chat, html, {
      ...{ parse_mode: "HTML", link_preview_options: { is_disabled: true }, reply_markup: keyboard },
      ...(topic === null ? {} : { message_thread_id: topic }),
      ephemeral_message_parameters: { receiver_user_id: person },
    });
    return UNSEEN;
  };
  const inPrivate: Tell = async (html, keyboard) => {
    await send(api, { chat: person }, html, keyboard);
    return UNSEEN;
  };
  return [whispered, ...(mayAskIn(person, telling, partners) ? [inPrivate] : []), ...ways];
}

/** Whether who asked may ask in this chat, and the same collection: nothing of another one may appear there. */
function mayAskIn(chat: number, { person, collection }: Telling, partners: BotPartners): boolean {
  const { store, library, settings } = partners;
  const isAdmitted = [chat, person].some(
    (id) => id !== null && (settings.admins.has(id) || isKnown(id, partners)),
  );
  return isAdmitted && (store.chats.settings(chat).collection ?? library.defaultCollection) === collection;
}
