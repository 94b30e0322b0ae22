import { z } from "zod";
import type { Answer } from "../types.ts";
import type { Database } from "./database.ts";
import { storedAnswer } from "./stored-answer.ts";

/** Where a question was put. */
export const SURFACES = ["private", "group", "auto", "guest"] as const;
export type Surface = (typeof SURFACES)[number];

/** A question and what was answered. Ids are Telegram's; null where Telegram names none. */
export interface Asked {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly surface: Surface;
  readonly chat: number | null;
  /** Thread of a forum; null outside of one and in its General topic. */
  readonly topic: number | null;
  readonly person: number | null;
  /** The collection that was asked. */
  readonly collection: string;
  /** The interface language of the asker then. */
  readonly language: string;
  /** The message that asked, and the one that answered. */
  readonly message: number | null;
  readonly reply: number | null;
  /** As it was put. */
  readonly question: string;
  /** As it stands on its own. */
  readonly meant: string;
  readonly answer: Answer;
  /** What the answer took. */
  readonly ms: number;
}

export interface AskedStore {
  /** Gives the id of the new row. */
  add(asked: Omit<Asked, "id" | "reply">): number;
  /** Puts another question and answer in place of those of this id, whose feedback goes. */
  replace(id: number, asked: Pick<Asked, "at" | "question" | "meant" | "answer" | "ms">): void;
  setReply(id: number, reply: number): void;
  get(id: number): Asked | undefined;
  /** What this message of a chat asked, or what it answered. */
  byMessage(chat: number, message: number): Asked | undefined;
  byReply(chat: number, reply: number): Asked | undefined;
  /** The latest of a person in a chat and topic, since then, that may be followed up, before another one where that is named. */
  latest(place: Pick<Asked, "chat" | "topic" | "person">, since: number, before?: number): Asked | undefined;
  /** The interface language in which a person last asked. */
  languageOf(person: number): string | undefined;
  /** What the person asked in this place may not be followed up any more. */
  endDialogue(place: Pick<Asked, "chat" | "topic" | "person">): void;
  /** 1 or -1 of a person, the same again takes it back; gives what holds now: 1, -1, or 0 for nothing. */
  rate(id: number, person: number, value: 1 | -1): 1 | -1 | 0;
  /** Deletes what is older than a time. */
  deleteBefore(at: number): void;
  /** Deletes everything of a person; gives how many questions. */
  deletePerson(person: number): number;
  /** A group that became a supergroup has another id, and numbers its messages anew. */
  moveChat(from: number, to: number): void;
}

const COLUMNS =
  "id, at, surface, chat, topic, person, collection, language, message, reply, question, meant, answer, ms";
/** Columns that say who asked what, when and where. */
export const askedColumns = {
  id: z.number(),
  at: z.number(),
  surface: z.enum(SURFACES),
  chat: z.number().nullable(),
  topic: z.number().nullable(),
  person: z.number().nullable(),
  collection: z.string(),
  language: z.string(),
  message: z.number().nullable(),
  meant: z.string(),
};
const row = z.object({
  ...askedColumns,
  reply: z.number().nullable(),
  question: z.string(),
  answer: storedAnswer,
  ms: z.number(),
});

export function createAskedStore(database: Database): AskedStore {
  const place = "chat IS ? AND topic IS ? AND person IS ?";
  return {
    add: ({ answer, ...asked }) => {
      const { at, surface, chat, topic, person, collection, language, message, question, meant, ms } = asked;
      // On disk with the message that goes out next.
      return database.runUnsynced(
        `INSERT INTO asked (at, surface, chat, topic, person, collection, language, message, question, meant, ms,
           kind, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[at, surface, chat, topic, person, collection, language, message, question, meant, ms],
        ...[answer.kind, JSON.stringify(answer)],
      ).id;
    },
    replace: (id, { at, question, meant, answer, ms }) =>
      database.atomically(() => {
        database.run("DELETE FROM feedback WHERE asked = ?", id);
        database.run(
          `UPDATE asked SET at = ?, question = ?, meant = ?, ms = ?, kind = ?, answer = ?,
             settled = NULL WHERE id = ?`,
          ...[at, question, meant, ms, answer.kind, JSON.stringify(answer), id],
        );
      }),
    setReply: (id, reply) => void database.runUnsynced("UPDATE asked SET reply = ? WHERE id = ?", reply, id),
    get: (id) => database.get(row, `SELECT ${COLUMNS} FROM asked WHERE id = ?`, id),
    byMessage: (chat, message) => newest("chat = ? AND message = ?", chat, message),
    byReply: (chat, reply) => newest("chat = ? AND reply = ?", chat, reply),
    latest: ({ chat, topic, person }, since, before = Number.MAX_SAFE_INTEGER) =>
      newest(`${place} AND at >= ? AND id < ? AND followable = 1`, chat, topic, person, since, before),
    languageOf: (person) => newest("person = ?", person)?.language,
    endDialogue: ({ chat, topic, person }) =>
      void database.run(`UPDATE asked SET followable = 0 WHERE ${place}`, chat, topic, person),
    rate: (id, person, value) =>
      database.atomically(() => {
        const before = database.get(
          z.object({ value: z.number() }),
          "SELECT value FROM feedback WHERE asked = ? AND person = ?",
          ...[id, person],
        );
        database.run("DELETE FROM feedback WHERE asked = ? AND person = ?", id, person);
        if (before?.value === value) return 0;
        database.run("INSERT INTO feedback (asked, person, value) VALUES (?, ?, ?)", id, person, value);
        return value;
      }),
    deleteBefore: (at) => void database.run("DELETE FROM asked WHERE at < ?", at),
    deletePerson: (person) =>
      database.atomically(() => {
        database.run("DELETE FROM feedback WHERE person = ?", person);
        return database.run("DELETE FROM asked WHERE person = ?", person).changes;
      }),
    moveChat: (from, to) => {
      // Its messages have other numbers now, which nobody tells.
      database.run(
        "UPDATE gap_prompt_asked SET told = -1 WHERE told > 0 AND asked IN (SELECT id FROM asked WHERE chat = ?)",
        from,
      );
      database.run("UPDATE asked SET chat = ?, message = NULL, reply = NULL WHERE chat = ?", to, from);
    },
  };

  function newest(where: string, ...values: (number | null)[]): Asked | undefined {
    const sql = `SELECT ${COLUMNS} FROM asked WHERE ${where} ORDER BY id DESC LIMIT 1`;
    return database.get(row, sql, ...values);
  }
}
