import { readFile } from "node:fs/promises";
import { addArticle, type NewArticle } from "../corpus/add-article.ts";
import { articlePath } from "../corpus/article-file.ts";
import { removeArticles } from "../corpus/remove-articles.ts";
import { type Undone, undoChange } from "../corpus/undo-change.ts";
import { AppError, messageOf } from "../errors.ts";
import type { ArticleId, CorpusChange } from "../types.ts";
import type { LiveAssistants } from "./keep-current.ts";

/**
 * Changes of the corpus while its articles are asked. Each is on disk when it resolves, and in the answers after
 * `refresh`; each throws an AppError when it fails.
 */
export interface CorpusEditor extends Pick<LiveAssistants, "refresh"> {
  /** Writes an article under an id that is free. */
  addArticle(article: NewArticle): Promise<ArticleId>;
  /** Removes all of these articles or none. */
  remove(ids: readonly ArticleId[]): Promise<CorpusChange>;
  /** Takes a change back, but for what was changed again since. */
  undo(change: CorpusChange): Promise<Undone>;
}

export interface EditorOptions {
  readonly corpusDir: string;
  readonly assistants: Pick<LiveAssistants, "refresh" | "changeCorpus">;
}

export function createCorpusEditor({ corpusDir, assistants }: EditorOptions): CorpusEditor {
  const { refresh, changeCorpus } = assistants;
  return {
    refresh,
    addArticle: (article) => changeCorpus(() => addArticle(corpusDir, article)),
    remove: (ids) =>
      changeCorpus(async () => {
        const before = await Promise.all(ids.map(async (id) => ({ id, file: await read(id) })));
        await removeArticles(
          corpusDir,
          ids.map((id) => ({ id })),
        );
        return { written: [], before };
      }),
    undo: (change) => changeCorpus(() => undoChange(corpusDir, change)),
  };

  function read(id: ArticleId): Promise<string> {
    return readFile(articlePath(corpusDir, id), "utf8").catch((error: unknown) => {
      throw new AppError(`${id} cannot be read: ${messageOf(error)}`, { cause: error });
    });
  }
}
