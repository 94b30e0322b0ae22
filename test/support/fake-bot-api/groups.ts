import type { ChatMemberUpdated, Message, Update, User } from "grammy/types";
import type { BotRole, ChatRecord } from "./chats.ts";
import { seconds } from "./chats.ts";
import { entitiesOf } from "./entities.ts";
import { type Asked, createPerson, type PeoplePartners, type Person, type PersonOptions } from "./people.ts";
import { type Shown, shown } from "./shown.ts";

export interface GroupOptions {
  readonly title?: string;
  readonly isForum?: boolean;
  /** Ids of people. */
  readonly admins?: readonly number[];
  /**
   * An admin bot gets every message. Without, the privacy mode that Telegram starts with: only commands, mentions
   * and replies to it, so that a test of silence would test nothing.
   */
  readonly botIsAdmin?: boolean;
}

export interface PrivateChat extends Person {
  blocks(): void;
  unblocks(): void;
}

export interface Group {
  readonly chatId: number;
  /** What everyone sees in it now. */
  readonly messages: readonly Shown[];
  member(userId: number, options?: PersonOptions): Person;
  /** Opens a topic and gives its id. */
  addTopic(name: string): number;
  setAdmins(ids: readonly number[]): void;
  /** Tells the bot what it is in this group from now on. */
  setBot(role: Exclude<BotRole, "blocked">): void;
}

export function openPrivate(userId: number, options: PersonOptions, partners: PeoplePartners): PrivateChat {
  const user = userOf(userId, options);
  const { first_name, username } = user;
  const chat = { id: userId, type: "private" as const, first_name, ...(username ? { username } : {}) };
  const record = partners.chats.open(chat);
  const setRole = (role: BotRole) => changeRole(record, role, user, partners);
  return Object.defineProperties(
    {
      blocks: () => setRole("blocked"),
      unblocks: () => setRole("member"),
    },
    Object.getOwnPropertyDescriptors(createPerson(record, user, partners)),
  ) as PrivateChat;
}

export function openGroup(
  chatId: number,
  { title = "Readers", isForum = false, admins = [], botIsAdmin = false }: GroupOptions,
  partners: PeoplePartners,
): Group {
  const { me, chats } = partners;
  const chat = {
    id: chatId,
    type: "supergroup" as const,
    title,
    ...(isForum ? { is_forum: true as const } : {}),
  };
  const record = chats.open(chat);
  record.bot = botIsAdmin ? "administrator" : "member";
  const setAdmins = (ids: readonly number[]) => {
    record.admins.clear();
    for (const id of ids) {
      record.admins.add(id);
      if (!record.users.has(id)) record.users.set(id, userOf(id, {}));
    }
  };
  setAdmins(admins);
  return {
    chatId,
    get messages() {
      return [...record.messages.values()].map((message) => shown(message, me));
    },
    member: (userId, options = {}) => createPerson(record, userOf(userId, options), partners),
    addTopic(name) {
      if (!isForum) throw new Error("A group without topics cannot have one");
      const opening = chats.add(record, {
        from: userOf(1, {}),
        forum_topic_created: { name, icon_color: 0x6fb9f0 },
      });
      Object.assign(opening, { message_thread_id: opening.message_id, is_topic_message: true });
      record.topics.set(opening.message_id, opening);
      return opening.message_id;
    },
    setAdmins,
    setBot: (role) => changeRole(record, role, userOf(1, {}), partners),
  };
}

/** A question to the bot in a chat that it is not in, which names it. */
export function askAsGuest(
  text: string,
  {
    chatId = -900,
    userId = 9,
    language_code = "en",
  }: { chatId?: number; userId?: number; language_code?: string },
  { chats, queries, push }: PeoplePartners,
): Asked {
  const record = chats.open({ id: chatId, type: "supergroup", title: "Elsewhere" });
  record.bot = "left";
  const user = userOf(userId, { language_code });
  const message = chats.add(record, { from: user, text, entities: entitiesOf(text) });
  const id = queries.ask("guest", user, message);
  push({ guest_message: { ...message, guest_query_id: id } as Message & Update.NonChannel });
  return { id, answer: (timeoutMs) => queries.answerTo(id, timeoutMs) };
}

function changeRole(record: ChatRecord, role: BotRole, from: User, { me, push }: PeoplePartners): void {
  const status = (one: BotRole) => (one === "blocked" ? "kicked" : one);
  const old = record.bot;
  record.bot = role;
  push({
    my_chat_member: {
      chat: record.chat,
      from,
      date: seconds(),
      old_chat_member: { user: me, status: status(old) },
      new_chat_member: { user: me, status: status(role) },
    } as ChatMemberUpdated,
  });
}

function userOf(id: number, { first_name = "Asker", language_code = "en", username }: PersonOptions): User {
  return { id, is_bot: false, first_name, language_code, ...(username ? { username } : {}) };
}
