import { z } from "zod";
import type { Database } from "./database.ts";

/** What is remembered of a person beside what they asked. */
export interface PeopleStore {
  /** The interface language that the person chose. */
  language(person: number): string | undefined;
  /** Undefined takes the choice back. */
  setLanguage(person: number, language: string | undefined): void;
  /** Whether this is the first time that the person is to be told that quotes stay in the original; then it is noted. */
  tellOriginal(person: number): boolean;
  /** Forgets the person. */
  delete(person: number): void;
}

export function createPeopleStore(database: Database): PeopleStore {
  const row = z.object({ language: z.string().nullable() });
  return {
    language: (person) =>
      database.get(row, "SELECT language FROM person WHERE id = ?", person)?.language ?? undefined,
    setLanguage: (person, language = "") =>
      void database.run(
        `INSERT INTO person (id, language) VALUES (?, NULLIF(?, ''))
           ON CONFLICT (id) DO UPDATE SET language = excluded.language`,
        ...[person, language],
      ),
    tellOriginal: (person) =>
      database.run(
        `INSERT INTO person (id, told_original) VALUES (?, 1)
           ON CONFLICT (id) DO UPDATE SET told_original = 1 WHERE told_original = 0`,
        person,
      ).changes > 0,
    delete: (person) => void database.run("DELETE FROM person WHERE id = ?", person),
  };
}
