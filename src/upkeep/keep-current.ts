import {
  type Assistant,
  type AssistantOptions,
  type Assistants,
  inCollection,
  openAssistants,
} from "../assistant.ts";
import { settleCorpus } from "../corpus/leftovers.ts";
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

/** What a refresh found and did. */
export interface RefreshReport extends Pick<Corpus, "problems"> {
  /** How many articles of which collections were embedded anew. */
  readonly embedded: ReadonlyMap<string, number>;
  readonly ms: number;
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
  /** The assistant in force now; it stays as it is. Throws likewise. */
  current(collection: string): Assistant;
  /** The collections that there are now. */
  collections(): readonly string[];
  /**
   * Resolves when what was on disk at the call is in the answers. Rejects with the reason when it could not be: the
   * answers are then those of the index before, and it is tried again later.
   */
  refresh(): Promise<RefreshReport>;
  /** Changes the corpus folder while nothing else in this program does, nor reads it. No refresh may be waited for within. */
  changeCorpus<Result>(change: () => Promise<Result>): Promise<Result>;
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
  let turn: Promise<unknown> = Promise.resolve();
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<RefreshReport> | undefined;
  let retry: NodeJS.Timeout | undefined;

  function changeCorpus<Result>(change: () => Promise<Result>): Promise<Result> {
    const changed = turn.then(change);
    turn = changed.catch(() => undefined);
    return changed;
  }

  function readFolders(report?: typeof onReading): Promise<Corpus> {
    return changeCorpus(async () => {
      await settleCorpus(corpusDir);
      await dropFolder?.sync(ending.signal, report);
      return readCorpus(corpusDir, memory);
    });
  }

  async function build({ articles }: Corpus, report?: typeof onIndexing) {
    const built = await refresher.build({ ...open, articles, ...(report ? { onProgress: report } : {}) });
    assistants = await openAssistants({ ...open, articles }, assistants);
    return built;
  }

  /** Whoever calls while one runs shares the one after it: that one may have read a folder before it was changed. */
  function refresh(): Promise<RefreshReport> {
    if (next) return next;
    next = running.then(() => {
      next = undefined;
      return refreshNow();
    });
    running = next.catch(() => undefined);
    return next;
  }

  async function refreshNow(): Promise<RefreshReport> {
    if (ending.signal.aborted) throw new AppError("The program is ending.");
    clearTimeout(retry);
    const startMs = performance.now();
    try {
      const corpus = await readFolders();
      const inForce = [...assistants.values()];
      const before = inForce.flatMap((assistant) => assistant.articles);
      const { articles, problems } = corpus;
      const isWhole = inForce.every(({ damage }) => damage === undefined);
      if (
        isWhole &&
        articles.length === before.length &&
        articles.every((article, i) => article === before[i])
      )
        return { problems, embedded: new Map(), ms: Math.round(performance.now() - startMs) };
      for (const problem of problems) log.warn("file of the corpus left out", { ...problem });
      const { passages, embeddedArticles, embedded } = await build(corpus);
      const ms = Math.round(performance.now() - startMs);
      log.info("index refreshed", { articles: articles.length, passages, embeddedArticles, ms });
      return { problems, embedded, ms };
    } catch (error) {
      if (!ending.signal.aborted) {
        const reason = error instanceof AppError ? messageOf(error) : error;
        log.warn("index not refreshed; answers are those of the one before", { reason });
        retry = setTimeout(onChange, RETRY_MS);
      }
      throw error;
    }
  }

  function onChange(): void {
    // Why it failed stands in the log.
    refresh().catch(() => undefined);
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
    // What watching begins with is a refresh, which builds it anew.
    for (const [collection, { damage }] of assistants)
      if (damage) log.warn("index damaged; answers are those of the one before", { collection, ...damage });
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
          find: async (question) => current().find(question),
          phrase: async (answer) => current().phrase(answer),
          explain: async (question) => current().explain(question),
          rank: async (question) => current().rank(question),
          findPassages: async (question) => current().findPassages(question),
        };
      },
      current: (collection) => inCollection(assistants, collection),
      collections: () => [...assistants.keys()],
      refresh,
      changeCorpus,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
