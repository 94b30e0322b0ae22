import { z } from "zod";
import type { Config } from "../config.ts";
import { AppError, messageOf } from "../errors.ts";
import { createRedactor } from "../log.ts";
import { count, jsonLine, printableLine, type Streams, write } from "./output.ts";
import type { Style } from "./render.ts";

export interface Check {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  readonly message: string;
  /** What to do; absent when all is well. */
  readonly advice?: string;
}

export interface DoctorPartners extends Pick<Streams, "stdout"> {
  /** As `process.versions.node`. */
  readonly nodeVersion: string;
  /** Rejects when hnswlib cannot be loaded. */
  readonly loadNativeIndex: () => Promise<void>;
  /** The model's name, after it has been loaded; rejects when it cannot be. */
  readonly loadModel: () => Promise<string>;
  /** How many articles the corpus holds; rejects when it cannot be read. */
  readonly countArticles: (corpusDir: string) => Promise<number>;
  /** How many passages the index holds; rejects when it is absent, damaged or does not fit the corpus. */
  readonly verifyIndex: (corpusDir: string, indexDir: string) => Promise<number>;
  readonly fetch: typeof fetch;
  readonly style: Style;
}

const LEAST_NODE = [20, 19] as const;
const TELEGRAM_TIMEOUT_MS = 5_000;
const TOKEN_ADVICE = "Ask @BotFather for the bot's token and put it in TELEGRAM_BOT_TOKEN.";

const TELEGRAM_REPLY = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), result: z.record(z.string(), z.unknown()) }),
  z.object({ ok: z.literal(false), description: z.string() }),
]);

/** `doctor`: checks everything an answer needs and says what to do; 1 when something fails. */
export async function runDoctor(
  config: Config,
  options: { readonly json: boolean },
  partners: DoctorPartners,
): Promise<number> {
  const redact = createRedactor(config.secrets);
  const checks: Check[] = [];
  for (const check of checksFor(config, partners)) {
    const { name, status, message, advice } = await check();
    checks.push({ name, status, message: redact(message), ...(advice ? { advice: redact(advice) } : {}) });
  }
  const failed = checks.some((check) => check.status === "fail");
  const report = options.json
    ? jsonLine({ ok: !failed, checks })
    : checks.map((check) => describeCheck(check, partners.style)).join("");
  await write(partners.stdout, report);
  return failed ? 1 : 0;
}

function checksFor(config: Config, partners: DoctorPartners): (() => Promise<Check>)[] {
  const { corpusDir, indexDir } = config;
  return [
    async () => checkNode(partners.nodeVersion),
    () =>
      attempt(
        "native index",
        "warn",
        async () => {
          await partners.loadNativeIndex();
          return "hnswlib is there";
        },
        'Search is exact instead, and slower beyond 10,000 passages. To build hnswlib, install g++, make and python3, then run "npm ci".',
      ),
    () =>
      attempt(
        "model",
        "fail",
        async () => `${await partners.loadModel()} loads`,
        'Restore "models" from the release.',
      ),
    () =>
      attempt(
        "corpus",
        "fail",
        async () => {
          const articles = await partners.countArticles(corpusDir);
          if (articles === 0) throw new AppError(`${corpusDir} holds no article`);
          return `${count(articles, "article")} in ${corpusDir}`;
        },
        'Correct or remove what is named; add articles with "npm run import -- PATH", or let CORPUS_DIR name a folder that has some.',
      ),
    () =>
      attempt(
        "index",
        "fail",
        async () => {
          return `${await partners.verifyIndex(corpusDir, indexDir)} passages in ${indexDir}, as the corpus has them`;
        },
        'Run "npm run index".',
      ),
    ...telegramChecks(config, partners.fetch),
  ];
}

function telegramChecks(config: Config, fetch: DoctorPartners["fetch"]): (() => Promise<Check>)[] {
  if (config.mode === "terminal") {
    return [
      async () => ({
        name: "token",
        status: "ok",
        message: 'none: "npm start" opens a chat on the terminal',
      }),
    ];
  }
  const { token, apiRoot } = config.telegram;
  return [
    async () => checkToken(token),
    () =>
      attempt(
        "telegram",
        "fail",
        async () => {
          const bot = await callTelegram(fetch, apiRoot, token, "getMe");
          return `${apiRoot} knows the bot as @${String(bot.username)}`;
        },
        `Check the token and the network. ${TOKEN_ADVICE}`,
      ),
    async () => {
      const webhook = await attempt(
        "webhook",
        "warn",
        async () => String((await callTelegram(fetch, apiRoot, token, "getWebhookInfo")).url ?? ""),
        "Check the token and the network.",
      );
      if (webhook.status !== "ok") return webhook;
      if (webhook.message === "") return { ...webhook, message: "none is set, as polling needs" };
      return {
        name: webhook.name,
        status: "warn",
        message: `updates go to ${webhook.message}, so polling gets none until "npm start" removes the webhook`,
        advice: "Stop the other program that set the webhook.",
      };
    },
  ];
}

/** `ok` with what `look` gives, or `otherwise` with the reason and the advice. */
async function attempt(
  name: string,
  otherwise: "warn" | "fail",
  look: () => Promise<string>,
  advice: string,
): Promise<Check> {
  try {
    return { name, status: "ok", message: await look() };
  } catch (error) {
    // The doctor's work is to find what fails; the other checks go on.
    return { name, status: otherwise, message: messageOf(error), advice };
  }
}

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fits = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  if (fits) return { name: "node", status: "ok", message: version };
  const least = LEAST_NODE.join(".");
  return {
    name: "node",
    status: "fail",
    message: `${version} is too old`,
    advice: `Install Node ${least} or newer.`,
  };
}

function checkToken(token: string): Check {
  const looksRight = /^\d{6,}:[\w-]{30,}$/.test(token);
  if (looksRight) return { name: "token", status: "ok", message: "looks like one" };
  return { name: "token", status: "warn", message: "does not look like a bot token", advice: TOKEN_ADVICE };
}

/** @throws AppError with Telegram's own reason, or why it cannot be reached. */
async function callTelegram(
  fetch: DoctorPartners["fetch"],
  apiRoot: string,
  token: string,
  method: string,
): Promise<Record<string, unknown>> {
  let body: unknown;
  try {
    const response = await fetch(`${apiRoot}/bot${token}/${method}`, {
      signal: AbortSignal.timeout(TELEGRAM_TIMEOUT_MS),
    });
    body = await response.json();
  } catch (error) {
    const reason = messageOf(error instanceof Error && error.cause ? error.cause : error);
    throw new AppError(`${apiRoot} cannot be reached (${reason})`, { cause: error });
  }
  const reply = TELEGRAM_REPLY.safeParse(body);
  if (!reply.success) throw new AppError(`${apiRoot} does not answer as Telegram does`);
  if (!reply.data.ok) throw new AppError(`${apiRoot} refuses ${method}: ${reply.data.description}`);
  return reply.data.result;
}

function describeCheck({ name, status, message, advice }: Check, style: Style): string {
  const mark = { ok: style.green("ok  "), warn: style.yellow("warn"), fail: style.red("FAIL") }[status];
  const line = `${mark}  ${name.padEnd(12)}  ${printableLine(message)}\n`;
  return advice ? `${line}${" ".repeat(20)}${printableLine(advice)}\n` : line;
}
