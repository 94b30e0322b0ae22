import type { Webhook } from "../../config.ts";
import { AppError, messageOf } from "../../errors.ts";
import type { Rooms, Session } from "../session.ts";
import { findExposed } from "./env-files.ts";
import type { Examination } from "./examination.ts";

/** The chat server, where there is one. */
export function chatExaminations({ config: { chatServer }, rooms }: Session): readonly Examination[] {
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

/** The bot's token, what Telegram says of it, and what it says of itself where it runs. */
export function botExaminations({ config, rooms }: Session): readonly Examination[] {
  if (config.mode === "terminal") {
    return [["token", "warn", () => 'none: "npm start" opens a chat on the terminal']];
  }
  const { healthPort, telegram } = config;
  const { token, apiRoot } = telegram;
  const webhook = config.mode === "webhook" ? config.webhook : undefined;
  let asked: ReturnType<Rooms["examineBot"]> | undefined;
  const examineOnce = () => {
    asked ??= rooms.examineBot(telegram);
    return asked;
  };
  return [
    ["token", "warn", () => judgeToken(token)],
    ["telegram", "fail", async () => `${apiRoot} knows the bot as @${(await examineOnce()).username}`],
    ["webhook", "warn", async () => judgeWebhook(await examineOnce().catch(() => undefined), webhook)],
    ...(healthPort === undefined ? [] : [["health", "warn", () => rooms.examineHealth(healthPort)] as const]),
  ];
}

/** Who else may read the secrets in use; nothing to look at where there are none. */
export function secretExaminations(session: Session): readonly Examination[] {
  if (session.config.secrets.length === 0) return [];
  return [["secrets", "warn", () => judgeEnvFiles(findExposed(session))]];
}

function judgeEnvFiles(exposed: readonly string[]): string {
  if (exposed.length === 0) return "no .env shows them to other users";
  throw new AppError(
    `other users of this machine may read ${exposed.join(" and ")}. Run "chmod 600 ${exposed.join(" ")}".`,
  );
}

function judgeToken(token: string): string {
  if (/^\d{6,}:[\w-]{30,}$/.test(token)) return "looks like one";
  throw new AppError(
    "does not look like a bot token. Ask @BotFather for the bot's token and put it in TELEGRAM_BOT_TOKEN.",
  );
}

function judgeWebhook(
  bot: Awaited<ReturnType<Rooms["examineBot"]>> | undefined,
  wanted: Webhook | undefined,
): string {
  if (bot === undefined) throw new AppError("unknown, as Telegram does not tell");
  const { webhook: url, webhookFailure: failure } = bot;
  if (url === (wanted?.url ?? "")) {
    if (wanted === undefined) return "none is set, as polling needs";
    if (failure === undefined) return `updates go to ${url}`;
    throw new AppError(
      `Telegram could not send the last update to ${url} at once (${failure}). If that goes on, see to it that ` +
        `"npm start" runs and that the proxy passes the address on to port ${wanted.port}, path and headers included.`,
    );
  }
  if (wanted !== undefined) {
    throw new AppError(
      `updates ${url === "" ? "wait to be fetched" : `go to ${url}`} until "npm start" sets WEBHOOK_URL.`,
    );
  }
  throw new AppError(
    `updates go to ${url}, so polling gets none until "npm start" removes the webhook. ` +
      "Stop the other program that set it.",
  );
}
