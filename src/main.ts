import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Assistant } from "./assistant.ts";
import { lookAtFolder, measureFolder } from "./cli/doctor/look-at-folder.ts";
import { runProgram } from "./cli/program.ts";
import { type ReportProgress, withProgress } from "./cli/progress.ts";
import type { Host, Rooms } from "./cli/session.ts";
import { type Config, secretsIn } from "./config.ts";
import type { Corpus } from "./corpus/read-corpus.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { AppError } from "./errors.ts";
import type { OpenSubject } from "./evaluation/evaluate.ts";
import { createRedactor, type Log } from "./log.ts";
import type { StateLock } from "./store/lock.ts";
import type { Article } from "./types.ts";

const programDir = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(programDir, "package.json"), "utf8")) as { version: string };

const host: Host = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  programDir,
  version,
  nodeVersion: process.versions.node,
  now: () => new Date(),
  interrupted: abortOnInterrupt,
};

/** Each room is loaded by the command that needs it, so that `--help` waits for none of them. */
const rooms: Rooms = {
  openAssistant: openFolders,
  keepCurrent: async (config, log, progress) => {
    const [{ keepCurrent }, { createDropFolder }, { lockState }] = await Promise.all([
      import("./upkeep/keep-current.ts"),
      import("./upkeep/drop-folder-thread.ts"),
      import("./store/lock.ts"),
    ]);
    const { corpusDir, indexDir, inboxDir, stateDir } = config;
    // Before the drop folder is read, which is remembered in the state. A chat beside a bot only asks.
    if (config.mode !== "terminal") stateLock = lockState(stateDir);
    const embedder = await openEmbedder(config);
    // On a terminal, what goes well would stand in the middle of the chat.
    const quiet: Log = config.mode === "terminal" ? { ...log, info: log.debug } : log;
    const phrasing = await openPhrasing(config, log);
    if (inboxDir !== undefined) refuseNested(inboxDir, corpusDir);
    const dropFolder =
      inboxDir === undefined ? undefined : createDropFolder({ folder: inboxDir, corpusDir, stateDir }, quiet);
    const folders = { corpusDir, indexDir, ...(dropFolder ? { dropFolder } : {}) };
    return keepCurrent({ ...folders, embedder, ...progress, log: quiet, ...phrasing });
  },
  serveTelegram: async (config, { assistants, defaultCollection, log, signal }) => {
    const { telegram, bot: settings, corpusDir, stateDir } = config;
    const [{ openStore }, { serveTelegram }, { createCorpusEditor }, { createGrouper }] = await Promise.all([
      import("./store/store.ts"),
      import("./telegram/serve.ts"),
      import("./upkeep/edit-corpus.ts"),
      import("./gaps/group-questions.ts"),
    ]);
    const { heartbeat, metrics, close } = await openHealth(config, log, signal);
    const store = openStore(stateDir);
    const library = { collections: assistants.collections, follow: assistants.current, defaultCollection };
    const editor = createCorpusEditor({ corpusDir, assistants });
    const groupQuestions = createGrouper(await openEmbedder(config));
    const partners = { library, editor, groupQuestions, store, stateDir, settings, log, now: host.now };
    const health = { heartbeat, metrics };
    const webhook = config.mode === "webhook" ? { webhook: config.webhook } : {};
    try {
      await serveTelegram({ ...telegram, ...webhook, ...partners, ...health, signal });
    } finally {
      await close();
      await editor.close();
      store.close();
      stateLock?.release();
    }
  },
  examineBot: async (access) => (await import("./telegram/examine.ts")).examineBot(access),
  examineHealth: async (port) => (await import("./health/examine.ts")).examineHealth(port),
  examineChatServer: async (server) => {
    const [{ createCompletion }, { PHRASING_TIMEOUT_MS }] = await Promise.all([
      import("./phrasing/client.ts"),
      import("./phrasing/phrase.ts"),
    ]);
    return (await createCompletion(server)("Say: yes", 8, AbortSignal.timeout(PHRASING_TIMEOUT_MS))).model;
  },
  readCorpus,
  planImport: async (request) => {
    const [{ planImport }, { createParser }, { reportImport }, { writeImport }] = await Promise.all([
      import("./corpus/plan-import.ts"),
      import("./corpus/parser.ts"),
      import("./corpus/import-report.ts"),
      import("./corpus/write-import.ts"),
    ]);
    const parser = createParser();
    const plan = await planImport({ ...request, read: parser.read }).finally(parser.close);
    return { report: reportImport(plan), write: () => writeImport(plan) };
  },
  settleCorpus: async (corpusDir) => (await import("./corpus/leftovers.ts")).settleCorpus(corpusDir),
  removeArticles: async (corpusDir, articles) =>
    (await import("./corpus/remove-articles.ts")).removeArticles(corpusDir, articles),
  buildIndex: async (config, onProgress) => {
    const [{ buildCollections }, { settleCorpus }] = await Promise.all([
      import("./index/collections.ts"),
      import("./corpus/leftovers.ts"),
    ]);
    const { corpusDir, indexDir } = config;
    await settleCorpus(corpusDir);
    // Before the model, whose download would go on after the program has said what is wrong with the corpus.
    const { articles, problems } = await readCorpus(corpusDir);
    const embedder = await openEmbedder(config);
    return { ...(await buildCollections({ articles, indexDir, embedder, onProgress })), problems };
  },
  evaluate: async (config, request) => {
    const { evaluate } = await import("./evaluation/evaluate.ts");
    measured ??= checkout();
    const openWhole = async () => {
      const opened = await openFolders(config);
      if (opened.damage) throw new AppError(opened.damage.reason);
      return { ...opened, corpus: basename(config.corpusDir), close: async () => {} };
    };
    const openSubject = async (articles: readonly Article[] | undefined, onProgress: ReportProgress) => {
      const subject = articles ? await openTemporary(articles, config, onProgress) : await openWhole();
      return { ...subject, modelFingerprint: (await openEmbedder(config)).fingerprint };
    };
    return evaluate({ ...request, ...measured, openSubject, now: () => performance.now() });
  },
  hasNativeIndex: async () => (await import("./index/hnsw.ts")).loadHnswlib() !== undefined,
  segmentWords: async (text) => (await import("./analysis/words.ts")).segmentWords(text),
  findPdfLibrary: async () => (await import("./corpus/pdf/text-layer.ts")).findPdfLibrary(),
  examineArticles: async (articles, today) =>
    (await import("./corpus/examine-articles.ts")).examineArticles(articles, today),
  examineInbox: async (inboxDir) => (await import("./corpus/examine-inbox.ts")).examineInbox(inboxDir),
  lookAtFolder,
  measureFolder,
  loadModel: async (config) => (await openEmbedder(config)).name,
};

/** Kept as long as the process runs: it ends with it. */
let stateLock: StateLock | undefined;

let opened: Promise<Embedder> | undefined;

/** One for the whole process; a download of the hub's model shows how far it is. */
function openEmbedder(config: Config): Promise<Embedder> {
  opened ??= loadModels(config);
  return opened;
}

async function loadModels({ hubModel }: Config): Promise<Embedder> {
  const [{ loadEmbedder }, { embeddedModelFolder }] = await Promise.all([
    import("./embedding/transformers.ts"),
    import("./assistant.ts"),
  ]);
  const embedder = await loadEmbedder(embeddedModelFolder(programDir));
  if (hubModel === undefined) return embedder;
  const { withHubModel } = await import("./embedding/with-hub-model.ts");
  return withProgress(host.stderr, `Downloading ${hubModel.name}, MB`, (onProgress) =>
    withHubModel(embedder, hubModel, { onProgress }),
  );
}

async function readCorpus(corpusDir: string): Promise<Corpus> {
  return (await import("./corpus/read-corpus.ts")).readCorpus(corpusDir);
}

/** What is imported must not be imported again. */
function refuseNested(inboxDir: string, corpusDir: string): void {
  const isBelow = (folder: string, parent: string) => `${folder}${sep}`.startsWith(`${parent}${sep}`);
  if (!isBelow(corpusDir, inboxDir)) return;
  throw new AppError(
    `INBOX_DIR ${inboxDir} holds the articles' folder ${corpusDir}; it must be another folder.`,
  );
}

/** The assistant of one collection. Without a log, as when it is evaluated, answers are not phrased. */
async function openFolders(
  config: Config,
  log?: Log,
  collection = "",
): Promise<Assistant & Pick<Corpus, "problems">> {
  const [{ inCollection, openAssistant }, { collectionFolder, groupByCollection }] = await Promise.all([
    import("./assistant.ts"),
    import("./index/collections.ts"),
  ]);
  const { articles: all, problems } = await readCorpus(config.corpusDir);
  const articles = inCollection(groupByCollection(all), collection);
  const indexDir = collectionFolder(config.indexDir, collection);
  const [embedder, phrasing] = await Promise.all([openEmbedder(config), openPhrasing(config, log)]);
  return { ...(await openAssistant({ articles, indexDir, embedder, ...phrasing })), problems };
}

/** What puts answers into sentences; nothing where no server is configured. */
async function openPhrasing({ chatServer }: Config, log?: Log) {
  if (chatServer === undefined || log === undefined) return {};
  const { createCompletion } = await import("./phrasing/client.ts");
  return { phrasing: { complete: createCompletion(chatServer), log } };
}

/** What is known of how the bot is; it is said on HEALTH_PORT, where there is one, until it is closed. */
async function openHealth({ healthPort: port }: Config, log: Log, signal: AbortSignal) {
  const [{ createHeartbeat }, { createMetrics }, { serveHealth }] = await Promise.all([
    import("./health/heartbeat.ts"),
    import("./health/metrics.ts"),
    import("./health/server.ts"),
  ]);
  const heartbeat = createHeartbeat(() => performance.now());
  const metrics = createMetrics(heartbeat);
  signal.addEventListener("abort", heartbeat.ending);
  const server = port === undefined ? undefined : await serveHealth({ port, heartbeat, metrics, log });
  return { heartbeat, metrics, close: async () => server?.close() };
}

/** An index of these articles in a folder that goes with it. */
async function openTemporary(
  articles: readonly Article[],
  config: Config,
  onProgress: ReportProgress,
): Promise<Omit<OpenSubject, "modelFingerprint">> {
  const [{ openAssistant }, { buildIndex }] = await Promise.all([
    import("./assistant.ts"),
    import("./index/build.ts"),
  ]);
  const embedder = await openEmbedder(config);
  const indexDir = await mkdtemp(join(tmpdir(), "wenbao-evaluate-"));
  const close = () => rm(indexDir, { recursive: true, force: true });
  try {
    await buildIndex({ articles, indexDir, embedder, onProgress });
    return { ...(await openAssistant({ articles, indexDir, embedder })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The program's checkout as it was at first: results that are written into it change nothing that is measured. */
let measured: { readonly commit: string | null; readonly modified: boolean } | undefined;

/** Null outside of a checkout. */
function checkout(): NonNullable<typeof measured> {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: programDir, encoding: "utf8" });
  const head = git("rev-parse", "--short", "HEAD");
  const changes = git("status", "--porcelain", "--", "src", "models", "corpus", "index", "test/datasets");
  return {
    commit: head.status === 0 ? head.stdout.trim() : null,
    modified: changes.status === 0 && changes.stdout !== "",
  };
}

// Node would print the error as it is, and the address in it may hold the token.
process.once("uncaughtException", (error) => {
  const redact = createRedactor(secretsIn(process.env));
  process.stderr.write(
    redact(`wenbao: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
  );
  process.exit(1);
});
let isInterrupted = false;
process.exitCode = await runProgram(process.argv.slice(2), host, rooms);
// Whatever still waits for somebody must not hold up a stop.
if (isInterrupted) setTimeout(() => process.exit(), 500).unref();

/** The first SIGINT or SIGTERM asks the program to end; a second one ends it. */
function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  const signals = ["SIGINT", "SIGTERM"] as const;
  const abort = () => {
    // The first process of a container is ended by no signal that it does not listen to.
    if (process.pid === 1) for (const signal of signals) process.once(signal, () => process.exit(1));
    for (const signal of signals) process.off(signal, abort);
    isInterrupted = true;
    controller.abort();
  };
  for (const signal of signals) process.on(signal, abort);
  return controller.signal;
}
