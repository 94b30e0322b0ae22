import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Assistant, openAssistant } from "../../src/assistant.ts";
import type { BotSettings, Webhook } from "../../src/config.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { AppError } from "../../src/errors.ts";
import { createGrouper } from "../../src/gaps/group-questions.ts";
import { createHeartbeat } from "../../src/health/heartbeat.ts";
import { createMetrics, type Metrics } from "../../src/health/metrics.ts";
import type { Log } from "../../src/log.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import type { BotPartners, Library } from "../../src/telegram/context.ts";
import { serveTelegram } from "../../src/telegram/serve.ts";
import type { Answer } from "../../src/types.ts";
import type { CorpusEditor } from "../../src/upkeep/edit-corpus.ts";
import type { FakeBotApi } from "./fake-bot-api.ts";
import { programDir } from "./program.ts";

/** How the bot behaves where a test does not say otherwise. */
export const SETTINGS: BotSettings = {
  access: { kind: "open" },
  admins: new Set([1]),
  guestMode: false,
  ephemeralAnswers: false,
  perMinute: { person: 1000, chat: 1000 },
  followUpMs: 900_000,
  keepDays: 90,
  digest: false,
};

const refuse = async () => {
  throw new AppError("The articles of this test are not to be changed.");
};
export const NO_EDITOR: CorpusEditor = {
  importFile: refuse,
  addArticle: refuse,
  remove: refuse,
  undo: refuse,
  refresh: refuse,
  closing: new AbortController().signal,
  close: async () => {},
};

/** Metrics of their own, of a bot that is not watched. */
export function makeMetrics(): Metrics {
  return createMetrics(createHeartbeat(() => performance.now()));
}

export interface ServedBot {
  readonly store: Store;
  /** An event and its fields a line. */
  readonly logged: readonly string[];
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Serves the bot in this process until the test's end, on the shipped articles unless it is given others, with a state of its own. */
export async function serveBot(
  telegram: FakeBotApi,
  partners: Partial<Omit<BotPartners, "settings">> & {
    settings?: Partial<BotSettings>;
    token?: string;
    webhook?: Webhook;
    finishMs?: number;
  } = {},
): Promise<ServedBot> {
  const stateDir = await mkdtemp(join(tmpdir(), "wenbao-state-"));
  const store = openStore(stateDir);
  const logged: string[] = [];
  const write = (event: string, fields?: Record<string, unknown>) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const stopping = new AbortController();
  const heartbeat = createHeartbeat(() => performance.now());
  const ended = serveTelegram({
    token: partners.token ?? telegram.token,
    apiRoot: telegram.apiRoot,
    ...(partners.webhook ? { webhook: partners.webhook } : {}),
    ...(partners.finishMs === undefined ? {} : { finishMs: partners.finishMs }),
    library: partners.library ?? (await shippedLibrary()),
    editor: partners.editor ?? NO_EDITOR,
    groupQuestions: partners.groupQuestions ?? createGrouper(await loadShippedModel()),
    store: partners.store ?? store,
    stateDir: partners.stateDir ?? stateDir,
    settings: { ...SETTINGS, ...partners.settings },
    heartbeat,
    metrics: partners.metrics ?? createMetrics(heartbeat),
    log: partners.log ?? log,
    now: partners.now ?? (() => new Date()),
    signal: stopping.signal,
  });
  ended.catch(() => undefined);
  const stop = async () => {
    stopping.abort();
    await ended;
  };
  onTestFinished(async () => {
    await stop().catch(() => undefined);
    store.close();
    await rm(stateDir, { recursive: true });
  });
  return { store, logged, ended, stop };
}

let model: ReturnType<typeof loadEmbedder> | undefined;
function loadShippedModel() {
  model ??= loadEmbedder(join(programDir, "models/wenbao-multilingual-256"));
  return model;
}

let shipped: Promise<Library> | undefined;

/** The shipped articles with the shipped index and model. */
export function shippedLibrary(): Promise<Library> {
  shipped ??= (async () => {
    const { articles } = await readCorpus(join(programDir, "corpus"));
    const embedder = await loadShippedModel();
    const assistant = await openAssistant({ articles, indexDir: join(programDir, "index"), embedder });
    return libraryOf(assistant);
  })();
  return shipped;
}

/** A library of one collection. */
export function libraryOf(assistant: ReturnType<Library["follow"]>): Library {
  return { defaultCollection: "", collections: () => [""], follow: () => assistant };
}

/** An assistant without articles, whose every answer comes from here. */
export function assistantWith(ask: Assistant["ask"]): Assistant {
  return { ask, find: ask, phrase: async (answer: Answer) => answer, articles: [] } as unknown as Assistant;
}
