import { z } from "zod";
import type { Database } from "./database.ts";

/** A person or chat and the interface language in which it was told how to be admitted. */
export interface Admitted {
  readonly id: number;
  readonly language: string | undefined;
}

/** Who was let in by a code, and who was told that the bot is not for everybody. Ids are those of people and chats. */
export interface AdmissionStore {
  isAdmitted(id: number): boolean;
  /** The id that a supergroup had before it became one. */
  formerId(id: number): number | undefined;
  /** Whether it is to be told: only once. Then that is noted. */
  tell(id: number, at: number): boolean;
  /** As `tell`, with a code; once more when the code before is older than `expired`, whose place this one takes. */
  invite(invited: Admitted & { readonly code: string }, at: number, expired: number): boolean;
  /** The code that was given for this id, and not used. */
  code(id: number): string | undefined;
  /** Lets in whom the code was given for, since `expired`, and uses it up; undefined where there is no such code. */
  admit(code: string, at: number, expired: number): Admitted | undefined;
  /** Also forgets that it was told; false where it had been neither admitted nor told. */
  revoke(id: number): boolean;
  /** Deletes those who were told before a time and not admitted: they may be told once more. */
  deleteToldBefore(at: number): void;
  /** A group that became a supergroup has another id. */
  move(from: number, to: number): void;
}

export function createAdmissionStore(database: Database): AdmissionStore {
  const found = z.object({});
  const former = z.object({ former_id: z.number().nullable() });
  const invited = z.object({ id: z.number(), language: z.string().nullable() });
  const formerId = (id: number) =>
    database.get(former, "SELECT former_id FROM admission WHERE id = ?", id)?.former_id ?? undefined;
  return {
    isAdmitted: (id) =>
      database.get(found, "SELECT id FROM admission WHERE id = ? AND admitted_at IS NOT NULL", id) !==
      undefined,
    formerId,
    tell: (id, at) =>
      database.run(
        `INSERT INTO admission (id, told_at) VALUES (?, ?)
           ON CONFLICT (id) DO UPDATE SET told_at = excluded.told_at WHERE told_at IS NULL`,
        ...[id, at],
      ).changes > 0,
    invite: ({ id, language = null, code }, at, expired) =>
      database.run(
        `INSERT INTO admission (id, language, code, told_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET language = excluded.language, code = excluded.code, told_at = excluded.told_at
           WHERE code IS NULL OR told_at < ?`,
        ...[id, language, code, at, expired],
      ).changes > 0,
    code: (id) =>
      database.get(z.object({ code: z.string().nullable() }), "SELECT code FROM admission WHERE id = ?", id)
        ?.code ?? undefined,
    admit: (code, at, expired) =>
      database.atomically(() => {
        const admitted = database.get(
          invited,
          "SELECT id, language FROM admission WHERE code = ? AND told_at >= ?",
          ...[code, expired],
        );
        if (admitted === undefined) return undefined;
        const { id, language } = admitted;
        database.run("UPDATE admission SET code = NULL, admitted_at = ? WHERE id = ?", at, id);
        return { id, language: language ?? undefined };
      }),
    revoke: (id) =>
      database.run(
        "DELETE FROM admission WHERE id = ? AND (admitted_at IS NOT NULL OR told_at IS NOT NULL)",
        id,
      ).changes > 0,
    deleteToldBefore: (at) =>
      database.atomically(() => {
        const old = "admitted_at IS NULL AND told_at < ?";
        database.run(`DELETE FROM admission WHERE former_id IS NULL AND ${old}`, at);
        // The operator may have named a group by the id that it had.
        database.run(`UPDATE admission SET code = NULL, language = NULL, told_at = NULL WHERE ${old}`, at);
      }),
    move: (from, to) => {
      // Telegram tells of it in both chats.
      if (formerId(to) === from) return;
      database.run("INSERT OR IGNORE INTO admission (id) VALUES (?)", from);
      database.run("UPDATE OR REPLACE admission SET id = ?, former_id = ? WHERE id = ?", to, from, from);
    },
  };
}
