import type { Assistant } from "../assistant.ts";
import type { BotAccess, BotConfig, ChatServer, Config } from "../config.ts";
import type { Finding } from "../corpus/examine-articles.ts";
import type { ImportReport } from "../corpus/import-report.ts";
import type { ImportRequest } from "../corpus/plan-import.ts";
import type { Corpus } from "../corpus/read-corpus.ts";
import type { EvaluationReport } from "../evaluation/evaluate.ts";
import type { BuildReport } from "../index/build.ts";
import type { Log } from "../log.ts";
import type { Article } from "../types.ts";
import type { LiveAssistants } from "../upkeep/keep-current.ts";
import type { FolderState } from "./doctor/look-at-folder.ts";
import type { Streams } from "./output.ts";
import type { ReportProgress } from "./progress.ts";
import type { Style } from "./render.ts";

/** The process, or what stands in for it. */
export interface Host extends Streams {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The folder of the program's package.json. */
  readonly programDir: string;
  readonly version: string;
  /** As `process.versions.node`. */
  readonly nodeVersion: string;
  readonly now: () => Date;
  /** Aborts at the first SIGINT or SIGTERM; listens only from this call on. */
  readonly interrupted: () => AbortSignal;
}

export type OpenedAssistant = Pick<
  Assistant,
  "ask" | "explain" | "articles" | "passages" | "search" | "damage"
> &
  Pick<Corpus, "problems">;

/** The rooms behind the commands. Each function is called only by the commands that need it. */
export interface Rooms {
  /** Answers are phrased where the configuration names a server; its failures are logged. */
  readonly openAssistant: (config: Config, log: Log, collection: string) => Promise<OpenedAssistant>;
  /** Assistants of indexes that are built where they do not fit and follow the corpus until they are closed. */
  readonly keepCurrent: (
    config: Config,
    log: Log,
    progress: { readonly onReading: ReportProgress; readonly onIndexing: ReportProgress },
  ) => Promise<LiveAssistants>;
  /** Serves Telegram with these assistants. Resolves when the signal has aborted and what was under way is done. */
  readonly serveTelegram: (
    config: BotConfig,
    options: {
      readonly assistants: LiveAssistants;
      /** Asked in chats for which none was chosen. */
      readonly defaultCollection: string;
      readonly log: Log;
      readonly signal: AbortSignal;
    },
  ) => Promise<void>;
  /**
   * The bot's name and the address of its webhook, "" where there is none, as Telegram knows them; and what went
   * wrong when Telegram last sent something there.
   */
  readonly examineBot: (
    access: BotAccess,
  ) => Promise<{ readonly username: string; readonly webhook: string; readonly webhookFailure?: string }>;
  /** What the running bot says of itself on its HEALTH_PORT; rejects where it is not ready, or nothing runs there. */
  readonly examineHealth: (port: number) => Promise<string>;
  /** The name of the model that a chat server answers with. */
  readonly examineChatServer: (server: ChatServer) => Promise<string>;
  readonly readCorpus: (corpusDir: string) => Promise<Corpus>;
  /** Takes absolute paths; nothing is written before `write`. */
  readonly planImport: (
    request: Omit<ImportRequest, "read">,
  ) => Promise<{ readonly report: ImportReport; readonly write: () => Promise<unknown> }>;
  /** Ends changes of the corpus that were killed. */
  readonly settleCorpus: (corpusDir: string) => Promise<void>;
  /** Takes articles that `readCorpus` gave; all are removed or none. */
  readonly removeArticles: (corpusDir: string, articles: readonly Article[]) => Promise<void>;
  readonly buildIndex: (
    config: Config,
    onProgress: ReportProgress,
  ) => Promise<Pick<BuildReport, "articles" | "passages" | "embeddedArticles"> & Pick<Corpus, "problems">>;
  /** Takes absolute paths. */
  readonly evaluate: (
    config: Config,
    request: { readonly dataset: string; readonly distractors?: string; readonly onProgress: ReportProgress },
  ) => Promise<EvaluationReport>;
  /** Is hnswlib compiled? */
  readonly hasNativeIndex: () => Promise<boolean>;
  /** Words and everything between them. */
  readonly segmentWords: (text: string) => Promise<readonly string[]>;
  /** Version of the library that reads PDF files; rejects where a part of it is missing. */
  readonly findPdfLibrary: () => Promise<string>;
  /** `today` is an ISO 8601 date. */
  readonly examineArticles: (articles: Corpus["articles"], today: string) => Promise<readonly Finding[]>;
  /** Files of a drop folder, and those in no known format. */
  readonly examineInbox: (
    inboxDir: string,
  ) => Promise<{ readonly files: number; readonly unknown: readonly string[] }>;
  readonly lookAtFolder: (path: string) => Promise<FolderState>;
  /** Bytes of an index folder's files. */
  readonly measureFolder: (path: string) => Promise<number>;
  /** The model's name, after it has been loaded. */
  readonly loadModel: (config: Config) => Promise<string>;
}

/** What a command works with. */
export interface Session extends Host {
  readonly config: Config;
  readonly log: Log;
  /** Colours are for terminals, unless the operator wants none. */
  readonly style: Style;
  readonly rooms: Rooms;
  /** The text as the operator may see it: without secrets, and with the operator's folders in what it advises. */
  readonly forOperator: (text: string) => string;
}

/** The assistant of a collection; what it lacks (files left out of the corpus, the native index) is logged. */
export async function openAssistant(session: Session, collection: string): Promise<OpenedAssistant> {
  const { config, log, rooms } = session;
  const assistant = await rooms.openAssistant(config, log, collection);
  logLacks(assistant, log);
  return assistant;
}

/** Logs what an assistant lacks: articles of a damaged index, files left out of the corpus, the native index. */
export function logLacks(
  { search, problems, damage }: Pick<OpenedAssistant, "search" | "problems" | "damage">,
  log: Log,
): void {
  if (damage) log.warn("index damaged; answers are those of the one before", { ...damage });
  else if (search === "exact") log.warn("hnswlib-node is not compiled: vectors are searched one by one");
  for (const { path, reason } of problems) log.warn("file of the corpus left out", { path, reason });
}
