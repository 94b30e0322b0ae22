import { z } from "zod";
import type { ArticleId, CorpusChange } from "../types.ts";
import type { Database } from "./database.ts";

/** Changes of the corpus that can be taken back. They hold texts of articles, and nobody's name. */
export interface ChangeStore {
  /**
   * Keeps a change, and forgets those that are older than 30 days; gives its id. A change of the same task takes the
   * place of the one before.
   */
  add(at: number, change: CorpusChange, task?: string): number;
  get(id: number): CorpusChange | undefined;
  /** What this task has changed, or was about to change when the program was killed. */
  ofTask(task: string): CorpusChange | undefined;
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
    add: (at, change, task) => {
      database.run("DELETE FROM corpus_change WHERE at < ?", at - KEPT_MS);
      return database.get(
        z.object({ id: z.number() }),
        `INSERT INTO corpus_change (at, change, task) VALUES (?, ?, ?)
           ON CONFLICT (task) DO UPDATE SET at = excluded.at, change = excluded.change RETURNING id`,
        ...[at, JSON.stringify(change), task ?? null],
      )!.id;
    },
    get: (id) => database.get(row, "SELECT change FROM corpus_change WHERE id = ?", id)?.change,
    ofTask: (task) => database.get(row, "SELECT change FROM corpus_change WHERE task = ?", task)?.change,
    delete: (id) => void database.run("DELETE FROM corpus_change WHERE id = ?", id),
  };
}
