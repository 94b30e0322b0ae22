import fc from "fast-check";
import type { Update } from "grammy/types";
import { articleKey } from "../../../src/telegram/article-key.ts";
import type { Person } from "../../support/fake-bot-api/people.ts";
import { type FakeBotApi, ME } from "../../support/fake-bot-api.ts";
import { ALL, MARKS, NAMES } from "./collections-sample.ts";

/** Two private chats and two groups. One person is in the first of them and in both groups. */
export const CHATS = ["private 1", "private 2", "group -100", "group -200"] as const;

/** What a person does in a chat, with something there that `nth` points to; a text is what their deed needs of one. */
export interface Action {
  readonly kind: keyof typeof KINDS;
  readonly chat: (typeof CHATS)[number];
  readonly nth: number;
  readonly text: string;
}

const questions = fc.constantFrom(
  ...Object.values(MARKS).flatMap((mark) => [`${mark}水库什么时候完工？`, `${mark}的三条措施有哪些？`]),
  ...["Who led the Lantern project?", "Which three measures were announced?"],
  ...["负责工程的是谁？", "谁赢得了世界杯？"],
);
const keys = fc.constantFrom(...ALL.map(({ id }) => articleKey(id)));
const asked = fc.integer({ min: 1, max: 12 }).map((id) => id.toString(36));
const nothing = fc.constant("");

/** How often each is done, and its text. */
const KINDS = {
  ask: { weight: 4, text: questions },
  "ask nobody": { weight: 2, text: questions },
  "follow up": {
    weight: 2,
    text: fc.constantFrom("第二条呢？", "And the author?", "那第三条呢", "它什么时候完工？"),
  },
  edit: { weight: 2, text: questions },
  press: { weight: 4, text: nothing },
  /** Apps can send any data. */
  forge: {
    weight: 6,
    text: fc.oneof(
      fc.tuple(keys, fc.constantFrom("", "0"), asked).map(([key, page, id]) => `a:${key}:${page}:q${id}`),
      keys.map((key) => `a:${key}:0:l0`),
      asked.map((id) => `q:${id}`),
      asked.map((id) => `m:${id}:0`),
      asked.map((id) => `f:${id}:-1`),
    ),
  },
  list: { weight: 1, text: nothing },
  "ask inline": { weight: 1, text: fc.oneof(nothing, questions) },
  "open a link": { weight: 2, text: keys },
  "choose a collection": { weight: 2, text: fc.constantFrom("-", "/", "甲组", "team b") },
  "remove a collection": { weight: 1, text: fc.constantFrom(...NAMES) },
} as const;

export const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    ...Object.entries(KINDS).map(([kind, { weight, text }]) => ({
      weight,
      arbitrary: fc.record({
        kind: fc.constant(kind as Action["kind"]),
        chat: fc.constantFrom(...CHATS),
        nth: fc.nat(50),
        text,
      }),
    })),
  ),
  { minLength: 8, maxLength: 30 },
);

export function personIn(telegram: FakeBotApi, where: Action["chat"]): Person {
  const [kind, id] = where.split(" ");
  return kind === "private"
    ? telegram.private(Number(id))
    : telegram.group(Number(id), { botIsAdmin: true }).member(1);
}

/** Does it; where there is nothing to do it with, nothing. */
export function act(telegram: FakeBotApi, { kind, chat, nth, text }: Action): void {
  const you = personIn(telegram, chat);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[nth % items.length];
  const addressed = you.chatId < 0 ? `@${ME.username} ${text}` : text;
  const byBot = you.messages.filter(({ isByBot }) => isByBot);
  const message = pick(byBot);
  switch (kind) {
    case "ask":
      return void you.says(addressed);
    case "ask nobody":
      return void you.says(text);
    case "follow up":
      return void you.says(text, message ? { replyTo: message } : {});
    case "edit": {
      const said = pick(you.messages.filter((one) => !one.isByBot && !one.text.startsWith("/")));
      if (said) you.edits(said, addressed);
      return;
    }
    case "press": {
      const pressed = pick(byBot.filter(({ buttons }) => buttons.length > 0));
      const button = pressed && pick(pressed.buttons);
      if (button !== undefined) you.presses(pressed!, button);
      return;
    }
    case "forge": {
      const query = { id: "0", from: you.user, chat_instance: "0", data: text, message: message?.raw };
      if (message) telegram.push({ callback_query: query as Update["callback_query"] & object });
      return;
    }
    case "list":
      return void you.says("/articles");
    case "ask inline":
      return void you.asksInline(text);
    case "open a link":
      return void you.says(`/start a-${text}`);
    case "choose a collection":
      return void you.says(`/collection ${text}`);
    case "remove a collection":
  }
}
