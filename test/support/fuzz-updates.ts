import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { embeddedModelFolder, openAssistant } from "../../src/assistant.ts";
import type { BotSettings } from "../../src/config.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { AppError } from "../../src/errors.ts";
import { createGrouper } from "../../src/gaps/group-questions.ts";
import { createHeartbeat } from "../../src/health/heartbeat.ts";
import { createMetrics } from "../../src/health/metrics.ts";
import { openStore } from "../../src/store/store.ts";
import { serveTelegram } from "../../src/telegram/serve.ts";
import { seeded } from "../corpus/compose-page.ts";

import { type Call, type FakeBotApi, startFakeBotApi } from "./fake-bot-api.ts";
import { hostileUpdate } from "./hostile-updates.ts";
import { mutateUpdate } from "./mutate-update.ts";
import { recordUpdates } from "./record-updates.ts";

/** `hostile`: of the shape that Telegram sends, the worst in it. `mutated`: recorded ones of no such shape any more. */
export type UpdateKind = "hostile" | "mutated";

/** What became of updates that nobody would send. */
export interface UpdateFigures {
  updates: number;
  /** Messages, edits and answers to buttons that the bot sent. */
  calls: number;
  /** Updates of which an error was logged. */
  logged: number;
  /** What is wrong, a sentence each; nothing where the bot behaved. */
  readonly faults: string[];
  /** Longest time until an ordinary question that was asked amid them was answered. */
  slowestMs: number;
}

/** Where the shipped articles and their index are. */
const programDir = fileURLToPath(new URL("../../", import.meta.url));
const BATCH = 50;
const HANG_MS = 10_000;
/** The first answer loads what the others need. */
const START_MS = 60_000;
const WITNESS = 77;
const QUESTION = "麻地梁矿的六条措施是什么？";
/** About what is there, in place of what was sent: the updates tell of messages that are not. */
const OF_THE_WORLD =
  /chat not found|message to edit not found|message can't be edited|MESSAGE_ID_INVALID|message is not modified|message to be replied not found|query is too old|can't initiate conversation|no text in the message to edit|user not found|message thread not found|wrong file_id|invalid file_id|not enough rights|ephemeral/i;

/**
 * Has a served bot, with everything real behind it, fetch `count` updates made from `seed`, an ordinary question after
 * every fifty.
 */
export async function fuzzUpdates(
  kind: UpdateKind,
  count: number,
  seed: number,
  onProgress: (done: number) => void = () => {},
): Promise<UpdateFigures> {
  const telegram = await startFakeBotApi();
  const root = await mkdtemp(join(tmpdir(), "wenbao-fuzz-"));
  const figures: UpdateFigures = { updates: 0, calls: 0, logged: 0, faults: [], slowestMs: 0 };
  const onUnhandled = (error: unknown) => void figures.faults.push(`unhandled: ${String(error)}`);
  process.on("unhandledRejection", onUnhandled);
  const bot = await serve(telegram, join(root, "state"));
  bot.ended.catch((error: unknown) => figures.faults.push(`the bot ended: ${String(error)}`));
  try {
    const witness = telegram.private(WITNESS);
    await witness.waitForReply(witness.says(QUESTION), undefined, START_MS);
    const recorded = kind === "mutated" ? await recordUpdates(telegram) : [];
    const random = seeded(seed);
    const before = telegram.calls.length;
    while (figures.updates < count && figures.faults.length < 20) {
      const size = Math.min(BATCH, count - figures.updates);
      if (kind === "hostile")
        for (const update of fc.sample(hostileUpdate, { numRuns: size, seed: seed + figures.updates }))
          telegram.push(update);
      else
        for (let i = 0; i < size; i++) {
          const original = recorded[Math.floor(random() * recorded.length)]!;
          telegram.pushAsIs(({ update_id }) => mutateUpdate({ ...original, update_id }, random));
        }
      figures.updates += size;
      const startMs = performance.now();
      await witness.waitForReply(witness.says(QUESTION), ({ text }) => text.includes("六"), HANG_MS);
      figures.slowestMs = Math.max(figures.slowestMs, Math.round(performance.now() - startMs));
      onProgress(figures.updates);
    }
    await bot.stop(HANG_MS);
    figures.calls = telegram.calls.length - before;
    figures.logged = bot.logged.filter((line) => line.startsWith("error ")).length;
    const strange = (await readdir(root)).filter((name) => name !== "state");
    if (strange.length > 0) figures.faults.push(`written outside of its folder: ${strange}`);
  } catch (error) {
    figures.faults.push(
      `${error instanceof Error ? error.stack : String(error)}; last logged: ${bot.logged.slice(-3).join("\n")}`,
    );
  } finally {
    await bot.stop(HANG_MS).catch(() => undefined);
    figures.faults.push(...faultsOf(telegram, bot.logged, kind));
    process.off("unhandledRejection", onUnhandled);
    await telegram.close();
    await rm(root, { recursive: true, force: true });
  }
  return figures;
}

function faultsOf(telegram: FakeBotApi, logged: readonly string[], kind: UpdateKind): string[] {
  const refused = telegram.calls.filter(({ response }) => response?.ok === false && !isOfTheWorld(response));
  const [, secret = ""] = telegram.token.split(":");
  const told = [...logged, ...telegram.calls.map(({ payload }) => JSON.stringify(payload))];
  const errors = logged.filter((line) => line.startsWith("error "));
  const ids = errors.map((line) => /"updateId":(\d+)/.exec(line)?.[1] ?? line);
  return [
    ...refused.map((call) => `refused: ${JSON.stringify(call).slice(0, 600)}`),
    ...told.filter((line) => line.includes(secret)).map((line) => `tells the token: ${line.slice(0, 300)}`),
    ...errors.filter((line) => kind === "hostile" || / "?telegram.unfinished/.test(line)),
    ...ids
      .filter((id, place) => ids.indexOf(id) < place)
      .map((id) => `more than one error is logged of ${id}`),
  ];
}

function isOfTheWorld(response: Call["response"]): boolean {
  return OF_THE_WORLD.test(String(Object(response).description));
}

async function serve(telegram: FakeBotApi, stateDir: string) {
  const embedder = await loadEmbedder(embeddedModelFolder(programDir));
  const { articles } = await readCorpus(join(programDir, "corpus"));
  const assistant = await openAssistant({ articles, indexDir: join(programDir, "index"), embedder });
  const store = openStore(stateDir);
  const logged: string[] = [];
  const at = (level: string) => (event: string, fields?: Record<string, unknown>) =>
    void logged.push(`${level} ${event} ${JSON.stringify(fields)}`);
  const refuse = async () => {
    throw new AppError("The articles are not to be changed.");
  };
  const stopping = new AbortController();
  const heartbeat = createHeartbeat(() => performance.now());
  const ended = serveTelegram({
    token: telegram.token,
    apiRoot: telegram.apiRoot,
    library: { defaultCollection: "", collections: () => [""], follow: () => assistant },
    editor: {
      importFile: refuse,
      addArticle: refuse,
      remove: refuse,
      undo: refuse,
      refresh: refuse,
      closing: new AbortController().signal,
      close: async () => {},
    },
    groupQuestions: createGrouper(embedder),
    store,
    stateDir,
    settings: SETTINGS,
    log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") },
    now: () => new Date(),
    heartbeat,
    metrics: createMetrics(heartbeat),
    signal: stopping.signal,
  });
  let stopped: Promise<void> | undefined;
  const stop = async (withinMs: number) => {
    stopping.abort();
    const late = sleep(withinMs, "late", { ref: false });
    if ((await Promise.race([ended, late])) === "late") throw new Error("It does not stop");
    store.close();
  };
  return { logged, ended, stop: (withinMs: number) => (stopped ??= stop(withinMs)) };
}

const SETTINGS: BotSettings = {
  access: { kind: "open" },
  admins: new Set([1]),
  guestMode: true,
  ephemeralAnswers: false,
  perMinute: { person: 100_000, chat: 100_000 },
  followUpMs: 900_000,
  keepDays: 90,
  digest: false,
};
