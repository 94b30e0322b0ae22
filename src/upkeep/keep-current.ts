import {
  type Assistant,
  type AssistantOptions,
  type Assistants,
  inCollection,
  openAssistants,
} from "../assistant.ts";
import { type Corpus, type CorpusMemory, readCorpus } from "../corpus/read-corpus.ts";
import { AppError, messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { DropFolder } from "./drop-folder-thread.ts";
import { createRefresher } from "./refresh-thread.ts";
import { watchFolder } from "./watch-folder.ts";

export interface KeepCurrentOptions extends Omit<AssistantOptions, "articles"> {
  readonly corpusDir: string;
  /** Undefined where there is none. */
  readonly dropFolder?: DropFolder;
  /** Told how many new files of the drop folder are read before the first answer. */
  readonly onReading: (done: number, total: number) => void;
  /** Told how far the first build of the index is, where one is needed. */
  readonly onIndexing: (done: number, total: number) => void;
  readonly log: Log;
}

/** Assistants that follow the corpus. */
export interface LiveAssistants {
  /** As the corpus was at the first reading. */
  readonly problems: Corpus["problems"];
  /**
   * The assistant of a collection, whose members are those of the newest whole index; a question is answered from the
   * one that was in force when it was asked. Throws an AppError where there is no such collection, then or later.
   */
  follow(collection: string): Assistant;
  /** The collections that there are now. */
  collections(): readonly string[];
  /** Ends watching, and what is being built. */
  close(): Promise<void>;
}

/** Another process builds, or a disk is full: worth another try. */
const RETRY_MS = 10_000;

/**
 * Opens the assistants, builds the index where it does not fit the corpus, and keeps both current from then on: what
 * changes in the corpus folder or the drop folder is in the answers a moment later. A refresh that fails is logged, and
 * the answers stay those of the index before.
 */
export async function keepCurrent(options: KeepCurrentOptions): Promise<LiveAssistants> {
  const { corpusDir, dropFolder, log, onReading, onIndexing, ...open } = options;
  const memory: CorpusMemory = new Map();
  const ending = new AbortController();
  const refresher = createRefresher();
  const stops: (() => Promise<void>)[] = [];
  let assistants: Assistants = new Map();
  let running: Promise<void> | undefined;
  let isStale = false;
  let retry: NodeJS.Timeout | undefined;

  async function readFolders(report?: typeof onReading): Promise<Corpus> {
    await dropFolder?.sync(ending.signal, report);
    return readCorpus(corpusDir, memory);
  }

  async function build({ articles }: Corpus, report?: typeof onIndexing) {
    const built = await refresher.build({ ...open, articles, ...(report ? { onProgress: report } : {}) });
    assistants = await openAssistants({ ...open, articles }, assistants);
    return built;
  }

  async function refresh(): Promise<void> {
    const startMs = performance.now();
    try {
      const corpus = await readFolders();
      const before = [...assistants.values()].flatMap(({ articles }) => articles);
      const { articles, problems } = corpus;
      if (articles.length === before.length && articles.every((article, i) => article === before[i])) return;
      for (const problem of problems) log.warn("file of the corpus left out", { ...problem });
      const { passages, embeddedArticles } = await build(corpus);
      const ms = Math.round(performance.now() - startMs);
      log.info("index refreshed", { articles: articles.length, passages, embeddedArticles, ms });
    } catch (error) {
      if (ending.signal.aborted) return;
      const reason = error instanceof AppError ? messageOf(error) : error;
      log.warn("index not refreshed; answers are those of the one before", { reason });
      retry = setTimeout(onChange, RETRY_MS);
    }
  }

  function onChange(): void {
    clearTimeout(retry);
    if (ending.signal.aborted) return;
    isStale = true;
    running ??= (async () => {
      while (isStale && !ending.signal.aborted) {
        isStale = false;
        await refresh();
      }
      running = undefined;
    })();
  }

  function watch(): void {
    const onError = (error: unknown) => log.warn("folder not watched", { reason: messageOf(error) });
    stops.push(watchFolder(corpusDir, onChange, { onError }));
    if (dropFolder) stops.push(watchFolder(dropFolder.folder, onChange, { awaitsWholeFiles: true, onError }));
  }

  const close = async () => {
    ending.abort();
    clearTimeout(retry);
    await Promise.all([...stops.map((stop) => stop()), refresher.close(), running]);
  };
  try {
    const corpus = await readFolders(onReading);
    await openAssistants({ ...open, articles: corpus.articles }).then(
      (opened) => {
        assistants = opened;
      },
      // No index, or one that does not fit.
      () => build(corpus, onIndexing),
    );
    watch();
    return {
      problems: corpus.problems,
      follow: (collection) => {
        const current = () => inCollection(assistants, collection);
        current();
        return {
          get articles() {
            return current().articles;
          },
          get passages() {
            return current().passages;
          },
          get model() {
            return current().model;
          },
          get search() {
            return current().search;
          },
          ask: async (question) => current().ask(question),
          explain: async (question) => current().explain(question),
          rank: async (question) => current().rank(question),
          findPassages: async (question) => current().findPassages(question),
        };
      },
      collections: () => [...assistants.keys()],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
