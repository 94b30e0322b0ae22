import { z } from "zod";
import type { ArticleId, CorpusChange } from "../types.ts";
import type { Database } from "./database.ts";

/** Changes of the corpus that can be taken back. They hold texts of articles, and nobody's name. */
export interface ChangeStore {
  /** Keeps a change, and forgets those that are older than 30 days; gives its id. */
  add(at: number, change: CorpusChange): number;
  get(id: number): CorpusChange | undefined;
  delete(id: number): void;
}

const KEPT_MS = 30 * 86_400_000;

const articleId = z.string().transform((id) => id as ArticleId);
const change: z.ZodType<CorpusChange> = z.object({
  written: z.array(z.object({ id: articleId, imported: z.string() })),
  before: z.array(z.object({ id: articleId, file: z.string() })),
});
const row = z.object({ change: z.string().transform((json) => change.parse(JSON.parse(json))) });

export function createChangeStore(database: Database): ChangeStore {
  return {
    add: (at, change) => {
      database.run("DELETE FROM corpus_change WHERE at < ?", at - KEPT_MS);
      return database.run(
        "INSERT INTO corpus_change (at, change) VALUES (?, ?)",
        ...[at, JSON.stringify(change)],
      ).id;
    },
    get: (id) => database.get(row, "SELECT change FROM corpus_change WHERE id = ?", id)?.change,
    delete: (id) => void database.run("DELETE FROM corpus_change WHERE id = ?", id),
  };
}
