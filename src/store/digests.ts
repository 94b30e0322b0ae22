import { z } from "zod";
import type { Database } from "./database.ts";

/** When the last digest was due. */
export interface DigestStore {
  last(): number | undefined;
  setLast(at: number): void;
}

export function createDigestStore(database: Database): DigestStore {
  const row = z.object({ at: z.number() });
  return {
    last: () => database.get(row, "SELECT at FROM sent_digest")?.at,
    setLast: (at) =>
      database.atomically(() => {
        database.run("DELETE FROM sent_digest");
        database.run("INSERT INTO sent_digest (at) VALUES (?)", at);
      }),
  };
}
