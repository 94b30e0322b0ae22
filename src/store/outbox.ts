import { z } from "zod";
import type { Database } from "./database.ts";

/** One message: which of those that a task sends to a chat, counted from 0. */
export interface MessageKey {
  /** What it is sent for, such as an update. */
  readonly task: string;
  readonly chat: string;
  readonly number: number;
}

export type OutboxMessage = {
  /** What is sent, as the Bot API takes it. */
  readonly payload: Record<string, unknown>;
} & (
  | /** Telegram was being handed it, and nobody knows whether it took it. */ { readonly state: "in flight" }
  | /** Telegram did not take it yet. */ { readonly state: "waiting" }
  | /** Telegram took it, and said this. */ { readonly state: "sent"; readonly result: unknown }
);

/**
 * What is sent, noted before it is sent and after, so that a task which is begun again after the program was ended
 * sends nothing twice but what was in flight then.
 */
export interface Outbox {
  get(key: MessageKey): OutboxMessage | undefined;
  /** It is being handed to Telegram from now on. */
  begin(key: MessageKey, payload: Record<string, unknown>): void;
  /** Telegram did not take it, and may be asked again. */
  refused(key: MessageKey): void;
  /** Telegram took it. */
  sent(key: MessageKey, result: unknown): void;
  /** Telegram will not take it. */
  drop(key: MessageKey): void;
  /** What came of something else that a task does, under a name in place of a chat. */
  note(key: MessageKey, result: unknown): void;
  /** The task is done. */
  clear(task: string): void;
  /** Of the tasks whose names begin with this word and a space, no other one is begun again. */
  clearOthers(word: string, task: string): void;
}

const parsed = z.string().transform((json): unknown => JSON.parse(json));
const row = z
  .object({
    payload: parsed.pipe(z.record(z.string(), z.unknown())),
    state: z.enum(["in flight", "waiting", "sent"]),
    result: parsed.nullable(),
  })
  .transform(({ payload, state, result }): OutboxMessage => {
    return state === "sent" ? { payload, state, result } : { payload, state };
  });

export function createOutbox(database: Database): Outbox {
  const place = "task = ? AND chat = ? AND number = ?";
  const values = ({ task, chat, number }: MessageKey) => [task, chat, number] as const;
  return {
    get: (key) =>
      database.get(row, `SELECT payload, state, result FROM outbox WHERE ${place}`, ...values(key)),
    // On disk before it is sent, and with it all that was noted before: what was sent last is known even where the
    // machine loses its power. The rest need not wait for the disk.
    begin: (key, payload) =>
      void database.run(
        "INSERT OR REPLACE INTO outbox (task, chat, number, payload, state) VALUES (?, ?, ?, ?, 'in flight')",
        ...values(key),
        JSON.stringify(payload),
      ),
    refused: (key) =>
      void database.runUnsynced(`UPDATE outbox SET state = 'waiting' WHERE ${place}`, ...values(key)),
    sent: (key, result) =>
      void database.runUnsynced(
        `UPDATE outbox SET state = 'sent', result = ? WHERE ${place}`,
        JSON.stringify(result),
        ...values(key),
      ),
    drop: (key) => void database.runUnsynced(`DELETE FROM outbox WHERE ${place}`, ...values(key)),
    note: (key, result) =>
      void database.runUnsynced(
        "INSERT OR REPLACE INTO outbox (task, chat, number, payload, state, result) VALUES (?, ?, ?, '{}', 'sent', ?)",
        ...values(key),
        JSON.stringify(result ?? null),
      ),
    clear: (task) => void database.runUnsynced("DELETE FROM outbox WHERE task = ?", task),
    clearOthers: (word, task) =>
      void database.run("DELETE FROM outbox WHERE task LIKE ? || ' %' AND task <> ?", word, task),
  };
}
