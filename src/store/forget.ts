import { z } from "zod";
import type { AskedStore } from "./asked.ts";
import type { Database } from "./database.ts";
import type { PeopleStore } from "./people.ts";

/** What was deleted of a person. */
export interface Forgotten {
  readonly questions: number;
  readonly ratings: number;
}

/**
 * Deletes the questions of a person, with their answers and ratings, the ratings of other answers, the chosen language,
 * and how their private chat was set up, and empties the write-ahead log. Who was admitted to the bot stays admitted.
 */
export function createForget(
  database: Database,
  asked: Pick<AskedStore, "deletePerson">,
  people: Pick<PeopleStore, "delete">,
): (person: number) => Forgotten {
  const count = z.object({ count: z.number() });
  return (person) => {
    const ratings = "SELECT COUNT(*) AS count FROM feedback WHERE person = ?";
    const rated = database.get(count, ratings, person)!.count;
    // The answers that the person is being told hold the questions.
    database.run(
      `DELETE FROM outbox WHERE task IN (SELECT 'telling ' || prompt || ' ' || asked.id || ' ' || telling
         FROM gap_prompt_asked JOIN asked ON asked.id = asked WHERE person = ?)`,
      person,
    );
    const questions = asked.deletePerson(person);
    people.delete(person);
    database.run("DELETE FROM chat WHERE id = ?", person);
    // Deleted pages are overwritten (secure_delete), but the log still holds them as they were.
    database.all(z.unknown(), "PRAGMA wal_checkpoint(TRUNCATE)");
    return { questions, ratings: rated };
  };
}
