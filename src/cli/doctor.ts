import { AppError, messageOf } from "../errors.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { count, jsonLine, printableLine, write } from "./output.ts";
import type { Style } from "./render.ts";
import type { Rooms, Session } from "./session.ts";

/** What the doctor found at one place. */
export interface Check {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  /** What there is; where something is wrong, also what to do. */
  readonly message: string;
}

type Examination = readonly [
  name: string,
  /** How bad it is where something is wrong. */
  otherwise: "warn" | "fail",
  /** Gives what there is; throws what is wrong and what to do. */
  look: () => string | Promise<string>,
];

const LEAST_NODE = [20, 19] as const;

/** Checks everything an answer needs and says what to do; exit code 1 when something fails. */
export const doctor: Command = {
  name: "doctor",
  summary: "check Node, model, corpus, index and token, and say what to do",
  details:
    "Downloads the model that EMBEDDING_MODEL names where it is missing. Ends with exit code 1 when something fails.",
  options: JSON_OPTION,
  examples: [["npm run --silent doctor", "when something does not work"]],

  async run({ has }, session) {
    const { style, stdout, forOperator } = session;
    const checks: Check[] = [];
    for (const [name, otherwise, look] of [
      ...roomExaminations(session),
      ...chatExaminations(session),
      ...botExaminations(session),
    ]) {
      try {
        checks.push({ name, status: "ok", message: forOperator(await look()) });
      } catch (error) {
        // The doctor's work is to find what fails; the other checks go on.
        checks.push({ name, status: otherwise, message: forOperator(messageOf(error)) });
      }
    }
    const ok = checks.every(({ status }) => status !== "fail");
    const lines = () => checks.map((check) => describeCheck(check, style)).join("");
    await write(stdout, has("json") ? jsonLine({ ok, checks }) : lines());
    return ok ? 0 : 1;
  },
};

function roomExaminations({ config, log, nodeVersion, rooms }: Session): readonly Examination[] {
  return [
    ["node", "fail", () => judgeNode(nodeVersion)],
    ["native index", "warn", () => findNativeIndex(rooms)],
    ["model", "fail", async () => `${await rooms.loadModel(config)} loads`],
    ["corpus", "fail", () => countArticles(config.corpusDir, rooms)],
    [
      "index",
      "fail",
      async () => {
        const { passages } = await rooms.openAssistant(config, log, "");
        return `${count(passages, "passage")} in ${config.indexDir}, as the corpus has them`;
      },
    ],
  ];
}

function chatExaminations({ config: { chatServer }, rooms }: Session): readonly Examination[] {
  if (chatServer === undefined) return [];
  const look = async () => {
    try {
      return `${chatServer.baseUrl} answers with ${await rooms.examineChatServer(chatServer)}`;
    } catch (error) {
      throw new AppError(
        `${chatServer.baseUrl} does not answer (${messageOf(error)}), so quotes stand alone. Start the server, ` +
          "or correct LLM_BASE_URL (most end in /v1), LLM_MODEL and LLM_API_KEY.",
      );
    }
  };
  return [["phrasing", "warn", look]];
}

function botExaminations({ config, rooms }: Session): readonly Examination[] {
  if (config.mode === "terminal") {
    return [["token", "warn", () => 'none: "npm start" opens a chat on the terminal']];
  }
  const { token, apiRoot } = config.telegram;
  let asked: ReturnType<Rooms["examineBot"]> | undefined;
  const examineOnce = () => {
    asked ??= rooms.examineBot(config.telegram);
    return asked;
  };
  return [
    ["token", "warn", () => judgeToken(token)],
    ["telegram", "fail", async () => `${apiRoot} knows the bot as @${(await examineOnce()).username}`],
    ["webhook", "warn", async () => judgeWebhook(await examineOnce().catch(() => undefined))],
  ];
}

function judgeNode(version: string): string {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return version;
  throw new AppError(`${version} is too old. Install Node ${LEAST_NODE.join(".")} or newer.`);
}

async function findNativeIndex(rooms: Rooms): Promise<string> {
  if (await rooms.hasNativeIndex()) return "hnswlib is there";
  throw new AppError(
    "hnswlib-node is not compiled: search is exact, and slower beyond 10,000 passages. " +
      'To build it, install g++, make and python3, then run "npm ci".',
  );
}

async function countArticles(corpusDir: string, rooms: Rooms): Promise<string> {
  const { articles, problems } = await rooms.readCorpus(corpusDir);
  if (problems.length > 0) {
    const named = problems.map(({ path, reason }) => `${path} (${reason})`).join(", ");
    throw new AppError(
      `${count(problems.length, "file")} of ${corpusDir} left out: ${named}. Correct or remove what is named.`,
    );
  }
  if (articles.length > 0) return `${count(articles.length, "article")} in ${corpusDir}`;
  throw new AppError(
    `${corpusDir} holds no article. Add some with "npm run import -- PATH", or let CORPUS_DIR name a folder that has some.`,
  );
}

function judgeToken(token: string): string {
  if (/^\d{6,}:[\w-]{30,}$/.test(token)) return "looks like one";
  throw new AppError(
    "does not look like a bot token. Ask @BotFather for the bot's token and put it in TELEGRAM_BOT_TOKEN.",
  );
}

function judgeWebhook(bot: { readonly webhook: string } | undefined): string {
  if (bot === undefined) throw new AppError("unknown, as Telegram does not tell");
  if (bot.webhook === "") return "none is set, as polling needs";
  throw new AppError(
    `updates go to ${bot.webhook}, so polling gets none until "npm start" removes the webhook. ` +
      "Stop the other program that set it.",
  );
}

function describeCheck({ name, status, message }: Check, style: Style): string {
  const mark = { ok: style.green("ok  "), warn: style.yellow("warn"), fail: style.red("FAIL") }[status];
  return `${mark}  ${name.padEnd(12)}  ${printableLine(message)}\n`;
}
