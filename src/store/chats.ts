import { z } from "zod";
import type { Database } from "./database.ts";

/** How a chat was set up. */
export interface ChatSettings {
  /** The collection that is asked in it; null where none was chosen. */
  readonly collection: string | null;
  /** Whether questions that nobody addressed to the bot are answered too. */
  readonly autoAnswer: boolean;
}

export interface ChatStore {
  settings(chat: number): ChatSettings;
  change(chat: number, settings: Partial<ChatSettings>): void;
  /** A group that became a supergroup has another id. */
  move(from: number, to: number): void;
}

const row = z.object({ collection: z.string().nullable(), auto_answer: z.number() });

export function createChatStore(database: Database): ChatStore {
  const settings = (chat: number): ChatSettings => {
    const found = database.get(row, "SELECT collection, auto_answer FROM chat WHERE id = ?", chat);
    return { collection: found?.collection ?? null, autoAnswer: found?.auto_answer === 1 };
  };
  return {
    settings,
    change: (chat, changed) => {
      const { collection, autoAnswer } = { ...settings(chat), ...changed };
      database.run(
        "INSERT OR REPLACE INTO chat (id, collection, auto_answer) VALUES (?, ?, ?)",
        ...[chat, collection, autoAnswer ? 1 : 0],
      );
    },
    move: (from, to) => void database.run("UPDATE OR REPLACE chat SET id = ? WHERE id = ?", to, from),
  };
}
