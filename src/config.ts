import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import type { z } from "zod";
import { AppError, messageOf } from "./errors.ts";
import { createRedactor, type LogLevel } from "./log.ts";
import { EMBEDDED_MODEL, FOLDERS, OPTIONS, SECRETS } from "./options.ts";

interface CommonConfig {
  /** Absolute. */
  readonly corpusDir: string;
  /** Absolute. */
  readonly indexDir: string;
  /** What has to be remembered between runs lies here; absolute. It need not exist. */
  readonly stateDir: string;
  /** Files put here are imported while the program runs; absolute. Undefined where there is no such folder. */
  readonly inboxDir: string | undefined;
  /** Gives the vectors by which candidates are found; undefined where the embedded model does. */
  readonly hubModel: HubModel | undefined;
  /** Puts answers into sentences; undefined where the quotes stand alone. */
  readonly chatServer: ChatServer | undefined;
  /** Where a bot says how it is, on this machine only; undefined where it does not. */
  readonly healthPort: number | undefined;
  readonly logLevel: LogLevel;
  /** What must never be written anywhere. */
  readonly secrets: readonly string[];
  /** Names set in a `.env` that change nothing, and why. */
  readonly withoutEffect: Readonly<Record<string, string>>;
}

/** A model of the hub. */
export interface HubModel {
  /** As `owner/model`. */
  readonly name: string;
  /** Folder of the downloaded models, absolute. */
  readonly cacheDir: string;
  /** Address of the hub, without a slash at its end. */
  readonly endpoint: string;
}

/** An OpenAI-compatible server. */
export interface ChatServer {
  /** What stands before `/chat/completions`, without a slash at its end. */
  readonly baseUrl: string;
  /** Undefined for the first one that the server offers. */
  readonly model: string | undefined;
  readonly apiKey: string | undefined;
}

/** What it takes to speak for a bot. */
export interface BotAccess {
  readonly token: string;
  /** Address of the Bot API, without a slash at its end. */
  readonly apiRoot: string;
}

/** Who may ask the bot. Admins always may. */
export type AccessRule =
  | { readonly kind: "open" }
  | /** Users and chats by their ids. */ { readonly kind: "allowlist"; readonly ids: ReadonlySet<number> }
  | /** A code of the log admits a person or a chat. */ { readonly kind: "pairing" };

/** How the bot behaves. */
export interface BotSettings {
  readonly access: AccessRule;
  /** Ids of the users who may administer the bot. */
  readonly admins: ReadonlySet<number>;
  /** Whether it answers in chats of which it is no member. */
  readonly guestMode: boolean;
  /** Whether its answers in groups are shown to the asker only. */
  readonly ephemeralAnswers: boolean;
  /** Questions that are answered within any minute. */
  readonly perMinute: { readonly person: number; readonly chat: number };
  /** How long a question can be followed up. */
  readonly followUpMs: number;
  /** How long questions and answers are kept. */
  readonly keepDays: number;
  /** Whether the admins are told every week what was not answered. */
  readonly digest: boolean;
}

/** Where Telegram sends updates. */
export interface Webhook {
  /** As Telegram calls it; a proxy passes it on, path included. */
  readonly url: string;
  /** What proves that a request is Telegram's. */
  readonly secret: string;
  /** Listened on for the proxy, on this machine only. */
  readonly port: number;
}

export type Config = CommonConfig &
  (
    | /** No token: questions come from the terminal. */ { readonly mode: "terminal" }
    | /** A token: questions come from Telegram, fetched by long polling. */ {
        readonly mode: "polling";
        readonly telegram: BotAccess;
        readonly bot: BotSettings;
      }
    | /** A token and an address: Telegram sends the questions there. */ {
        readonly mode: "webhook";
        readonly telegram: BotAccess;
        readonly bot: BotSettings;
        readonly webhook: Webhook;
      }
  );

/** A configuration with a bot. */
export type BotConfig = Extract<Config, { readonly bot: BotSettings }>;

type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigSources {
  readonly env: Environment;
  /** The folder the process runs in. */
  readonly cwd: string;
  /** The folder of the program's package.json, where `corpus` and `index` lie. */
  readonly programDir: string;
  /** Values of `--corpus` and `--index`; they win over the environment. */
  readonly corpus?: string | undefined;
  readonly index?: string | undefined;
}

/**
 * The configuration: arguments win over the environment, that over `.env` where the command was called, that over
 * `.env` in the program's folder. An empty value counts as unset, but hides one from a `.env`, so that
 * `TELEGRAM_BOT_TOKEN= npm start` opens the terminal chat.
 *
 * Folders from arguments and the environment are relative to where the command was called, those from a `.env` to
 * the folder of that file, the defaults to the program's folder; `~` at their start is the home folder.
 *
 * @throws AppError naming the variable, its value (unless it is a secret or may hold a password) and what is expected.
 */
export function readConfig(sources: ConfigSources): Config {
  const { env, programDir } = sources;
  const calledFrom = callerDir(sources);
  const folders = [...new Set([programDir, calledFrom])];
  const envFiles = folders.map((folder) => [readEnvFile(folder), folder] as const);
  const layers: readonly (readonly [values: Environment, base: string])[] = [
    ...envFiles,
    [env, calledFrom],
    [{ CORPUS_DIR: sources.corpus, INDEX_DIR: sources.index }, calledFrom],
  ];
  const set: Record<string, string> = {};
  for (const [values, base] of layers) {
    for (const name of Object.keys(OPTIONS.shape)) {
      const value = values[name]?.trim();
      if (value === "") delete set[name];
      else if (value) set[name] = FOLDERS.has(name) ? resolve(base, expandHome(value, env)) : value;
    }
  }
  const secrets = secretsIn(set);
  const parsed = OPTIONS.safeParse(set);
  if (!parsed.success) throw new AppError(explain(parsed.error, set, createRedactor(secrets)));

  const options = parsed.data;
  const common: CommonConfig = {
    corpusDir: resolve(programDir, options.CORPUS_DIR),
    indexDir: resolve(programDir, options.INDEX_DIR),
    stateDir: resolve(programDir, options.STATE_DIR),
    inboxDir: options.INBOX_DIR,
    hubModel:
      options.EMBEDDING_MODEL === EMBEDDED_MODEL
        ? undefined
        : {
            name: options.EMBEDDING_MODEL,
            cacheDir: resolve(programDir, options.MODEL_CACHE_DIR),
            endpoint: withoutSlash(options.HF_ENDPOINT),
          },
    chatServer:
      options.LLM_BASE_URL === undefined
        ? undefined
        : {
            baseUrl: withoutSlash(options.LLM_BASE_URL),
            model: options.LLM_MODEL,
            apiKey: options.LLM_API_KEY,
          },
    healthPort: options.HEALTH_PORT === undefined ? undefined : Number(options.HEALTH_PORT),
    logLevel: options.LOG_LEVEL,
    secrets,
    withoutEffect: Object.assign(
      {},
      ...envFiles.map(([values]) => explainUnknown(values)),
      ...(set.TELEGRAM_BOT_TOKEN ? [] : envFiles.map(([values]) => explainIdle(values))),
    ),
  };
  const token = options.TELEGRAM_BOT_TOKEN;
  if (token === undefined) return { mode: "terminal", ...common };
  const telegram = { token, apiRoot: withoutSlash(options.TELEGRAM_API_ROOT) };
  const bot = botSettings(options);
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret, WEBHOOK_PORT: port } = options;
  if (url === undefined) return { mode: "polling", ...common, telegram, bot };
  if (secret === undefined) {
    throw new AppError(
      "WEBHOOK_URL needs WEBHOOK_SECRET, by which Telegram is told from anybody else. Set it to 1 to 256 random " +
        "letters, digits, - and _.",
    );
  }
  if (options.HEALTH_PORT === port) {
    throw new AppError(`HEALTH_PORT and WEBHOOK_PORT are both ${port}. Give each a port of its own.`);
  }
  return { mode: "webhook", ...common, telegram, bot, webhook: { url, secret, port: Number(port) } };
}

function botSettings(options: z.infer<typeof OPTIONS>): BotSettings {
  const ids = (list = "") => new Set((list.match(/-?\d+/g) ?? []).map(Number));
  const { ACCESS: kind } = options;
  return {
    access: kind === "allowlist" ? { kind, ids: ids(options.ALLOWLIST) } : { kind },
    admins: ids(options.ADMINS),
    guestMode: options.GUEST_MODE === "on",
    ephemeralAnswers: options.EPHEMERAL_ANSWERS === "on",
    perMinute: {
      person: Number(options.PERSON_QUESTIONS_PER_MINUTE),
      chat: Number(options.CHAT_QUESTIONS_PER_MINUTE),
    },
    followUpMs: Number(options.FOLLOW_UP_MINUTES) * 60_000,
    keepDays: Number(options.KEEP_DAYS),
    digest: options.DIGEST === "on",
  };
}

/** The values that must never be written anywhere. */
export function secretsIn(values: Environment): string[] {
  return [...SECRETS].flatMap((name) => values[name] ?? []);
}

/**
 * The folder that relative paths are meant from. `npm run` starts the program in the package's folder and names
 * the caller's in INIT_CWD; a program that npm started elsewhere, and that calls this one, inherits INIT_CWD too,
 * so it counts only when this process stands in the program's own folder.
 */
export function callerDir({
  env,
  cwd,
  programDir,
}: Pick<ConfigSources, "env" | "cwd" | "programDir">): string {
  const startedByNpm = env.npm_lifecycle_event !== undefined && cwd === programDir;
  return startedByNpm && env.INIT_CWD ? env.INIT_CWD : cwd;
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, "");
}

/** Shells know `~` too, but not in a `.env` and not after `--corpus=`. */
function expandHome(folder: string, env: Environment): string {
  return folder.replace(/^~(?=$|[/\\])/, () => env.HOME || homedir());
}

function explainUnknown(values: Environment): Record<string, string> {
  const unknown = Object.keys(values).filter((name) => values[name]?.trim() && !(name in OPTIONS.shape));
  return Object.fromEntries(
    unknown.map((name) => {
      const near = nearestOption(name);
      return [name, near ? `is no setting; did you mean ${near}?` : "is no setting"];
    }),
  );
}

/** What only a bot can do. */
function explainIdle(values: Environment): Record<string, string> {
  return values.HEALTH_PORT?.trim() ? { HEALTH_PORT: "does nothing without TELEGRAM_BOT_TOKEN" } : {};
}

/** The option that shares most pairs of letters with the name, where they share half of them (Dice, 1945). */
function nearestOption(name: string): string | undefined {
  const pairs = (text: string) => new Set([...text.slice(1)].map((letter, at) => text[at] + letter));
  const given = pairs(name.toUpperCase());
  const likeness = (option: string): number => {
    const own = pairs(option);
    return (2 * [...own].filter((pair) => given.has(pair)).length) / (own.size + given.size);
  };
  const near = Object.keys(OPTIONS.shape).filter((option) => likeness(option) >= 0.5);
  return near.sort((a, b) => likeness(b) - likeness(a))[0];
}

/** The values of the folder's `.env`, nothing when there is none. */
function readEnvFile(folder: string): Record<string, string | undefined> {
  const path = join(folder, ".env");
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new AppError(`Cannot read ${path} (${messageOf(error)}). Make it a readable file or remove it.`);
  }
  // parseEnv passes over what it does not understand; a token that is silently missing is a long search.
  const lines = text
    .replace(/=[ \t]*(["'`])[\s\S]*?\1/g, (quoted) => `=${quoted.replace(/[^\n]/g, "")}`)
    .split(/\r?\n/);
  const wrong = lines.findIndex((line) => !/^\s*((export\s+)?[A-Za-z_]\w*\s*=.*|#.*)?$/.test(line));
  if (wrong >= 0) {
    throw new AppError(`Line ${wrong + 1} of ${path} is not NAME=value. Correct it, or put # before it.`);
  }
  return parseEnv(text);
}

function explain(error: z.ZodError, set: Record<string, string>, redact: (text: string) => string): string {
  const sentences = error.issues.map((issue) => {
    const name = String(issue.path[0]);
    // What stands before an @ may be a password, wherever a slip of the pen has put it.
    const isHidden = SECRETS.has(name) || set[name]?.includes("@");
    const value = isHidden ? "not as expected" : JSON.stringify(set[name]);
    return redact(`${name} is ${value}; expected ${issue.message}.`);
  });
  return `${sentences.join(" ")} Correct the environment or .env.`;
}
