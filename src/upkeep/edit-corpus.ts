import { readFile } from "node:fs/promises";
import { addArticle, type NewArticle } from "../corpus/add-article.ts";
import { articlePath } from "../corpus/article-file.ts";
import { reasonWhy } from "../corpus/find-files.ts";
import { createParser, type Parser } from "../corpus/parser.ts";
import type { FoundArticles } from "../corpus/readers.ts";
import { removeArticles } from "../corpus/remove-articles.ts";
import { type Undone, undoChange } from "../corpus/undo-change.ts";
import { AppError, messageOf } from "../errors.ts";
import type { ArticleId, CorpusChange } from "../types.ts";
import { type ImportedFile, importInThread } from "./import-thread.ts";
import type { LiveAssistants } from "./keep-current.ts";

/**
 * Changes of the corpus while its articles are asked. Each is on disk when it resolves, and in the answers after
 * `refresh`; each throws an AppError when it fails.
 */
export interface CorpusEditor extends Pick<LiveAssistants, "refresh"> {
  /** Writes the new articles of a file into a collection; one that cannot be read is a reason, and changes nothing. */
  importFile(path: string, collection: string, options?: FileImportOptions): Promise<ImportedFile>;
  /** Writes an article under an id that is free. */
  addArticle(article: NewArticle): Promise<ArticleId>;
  /** Removes all of these articles or none. `onPlanned` as for an import. */
  remove(ids: readonly ArticleId[], onPlanned?: OnPlanned): Promise<CorpusChange>;
  /** Takes a change back, but for what was changed again since. */
  undo(change: CorpusChange): Promise<Undone>;
  /** Aborts when the editor is closed: what prepares a change ends then. */
  readonly closing: AbortSignal;
  /** Ends the reading of files. */
  close(): Promise<void>;
}

/** Told what is about to be changed, so that it can be taken back even if the program is killed meanwhile. */
type OnPlanned = (change: CorpusChange) => void;

export interface FileImportOptions {
  /** Told which of how many pages is read, where the file has pages. */
  readonly onPage?: (page: number, pages: number) => void;
  /** Called before anything is written; what it throws keeps everything as it is. */
  readonly onPlanned?: OnPlanned;
}

export interface EditorOptions {
  readonly corpusDir: string;
  readonly assistants: Pick<LiveAssistants, "refresh" | "changeCorpus">;
}

const NO_CHANGE: CorpusChange = { written: [], before: [] };
/** The process that reads files is kept for so long: albums come file by file. */
const IDLE_MS = 30_000;

export function createCorpusEditor({ corpusDir, assistants }: EditorOptions): CorpusEditor {
  const { refresh, changeCorpus } = assistants;
  const closing = new AbortController();
  /** One for all, so that several documents at once take no more memory than one. */
  let parser: Parser | undefined;
  let reading = 0;
  let idle: NodeJS.Timeout | undefined;
  return {
    refresh,
    closing: closing.signal,
    async importFile(path, collection, { onPage, onPlanned } = {}) {
      if (closing.signal.aborted) throw new AppError("The program is ending.");
      // Before the turn of changes: a long file takes minutes.
      const found = await parse(path, onPage).catch(reasonWhy);
      if (typeof found === "string") return { articles: [], skipped: [found], change: NO_CHANGE };
      return changeCorpus(() => importInThread({ path, found, corpusDir, collection }, onPlanned));
    },
    addArticle: (article) => changeCorpus(() => addArticle(corpusDir, article)),
    remove: (ids, onPlanned) =>
      changeCorpus(async () => {
        const before = await Promise.all(ids.map(async (id) => ({ id, file: await read(id) })));
        onPlanned?.({ written: [], before });
        await removeArticles(
          corpusDir,
          ids.map((id) => ({ id })),
        );
        return { written: [], before };
      }),
    undo: (change) => changeCorpus(() => undoChange(corpusDir, change)),
    async close() {
      closing.abort();
      clearTimeout(idle);
      await rest();
    },
  };

  async function parse(...file: Parameters<Parser["read"]>): Promise<FoundArticles> {
    clearTimeout(idle);
    parser ??= createParser();
    reading++;
    try {
      return await parser.read(...file);
    } finally {
      if (--reading === 0 && !closing.signal.aborted) idle = setTimeout(rest, IDLE_MS).unref();
    }
  }

  async function rest(): Promise<void> {
    const ended = parser;
    parser = undefined;
    await ended?.close();
  }

  function read(id: ArticleId): Promise<string> {
    return readFile(articlePath(corpusDir, id), "utf8").catch((error: unknown) => {
      throw new AppError(`${id} cannot be read: ${messageOf(error)}`, { cause: error });
    });
  }
}
