import type { ChatMember, User } from "grammy/types";
import type { ChatRecord, Chats } from "./chats.ts";
import { badRequest } from "./refusal.ts";

type Payload = Readonly<Record<string, unknown>>;

/** The methods about chats and who is in them. */
export function memberMethods(me: User, chats: Chats) {
  const memberOf = (record: ChatRecord, id: number): ChatMember => {
    if (id === me.id)
      return { status: record.bot === "administrator" ? "administrator" : "member", user: me } as ChatMember;
    const user = record.users.get(id);
    if (!user) throw badRequest("PARTICIPANT_ID_INVALID");
    const status = record.admins.has(id) ? "administrator" : "member";
    return { status, user } as ChatMember;
  };

  return {
    getChat(payload: Payload) {
      const { chat } = chats.reach(payload.chat_id);
      return { ...chat, accent_color_id: 0, max_reaction_count: 11 };
    },

    getChatMember(payload: Payload) {
      return memberOf(chats.reach(payload.chat_id), Number(payload.user_id));
    },

    getChatAdministrators(payload: Payload) {
      const record = chats.reach(payload.chat_id);
      if (record.chat.type === "private") throw badRequest("there are no administrators in the private chat");
      const ids = [...record.admins, ...(record.bot === "administrator" ? [me.id] : [])];
      return ids.map((id) => memberOf(record, id));
    },

    leaveChat(payload: Payload) {
      const record = chats.reach(payload.chat_id);
      if (record.chat.type === "private")
        throw badRequest("chat member status can't be changed in private chats");
      record.bot = "left";
      return true;
    },
  };
}
