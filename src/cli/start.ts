import type { Answer, FailedAnswer } from "../types.ts";
import { chat } from "./chat.ts";
import { COLLECTION_OPTION, type Command } from "./command.ts";
import { answerLines } from "./lines.ts";
import { printableLine } from "./output.ts";
import { withProgress } from "./progress.ts";
import { renderAnswer } from "./render.ts";
import { logLacks } from "./session.ts";

/** The bot where there is a token, else a chat on the terminal, else an answer to every line of stdin. */
export const start: Command = {
  name: "start",
  summary: "serve Telegram, or chat in this terminal when there is no token",
  details:
    "With TELEGRAM_BOT_TOKEN set, serves the bot until it is stopped. Without, opens a chat in this terminal;\n" +
    "when stdin is not a terminal, answers one question a line and ends with the input. Until then the index is kept\n" +
    "current: what changes in the corpus folder and in INBOX_DIR is in the answers a moment later.",
  options: COLLECTION_OPTION,
  examples: [
    ["npm start", "the bot, or a chat"],
    ["TELEGRAM_BOT_TOKEN= npm start", "a chat, although .env holds a token"],
  ],

  async run({ value }, session) {
    const { config, log, rooms, stdin, stderr, style } = session;
    const signal = config.mode === "terminal" ? undefined : session.interrupted();
    // Nothing is in hand yet, and a build that is cut off leaves the one before in force.
    const leave = () => process.exit(0);
    signal?.addEventListener("abort", leave);
    const assistants = await withProgress(stderr, "Reading new files", (onReading) =>
      withProgress(stderr, "Indexing", (onIndexing) =>
        rooms.keepCurrent(config, log, { onReading, onIndexing }),
      ),
    );
    try {
      const defaultCollection = value("collection") ?? "";
      const assistant = assistants.follow(defaultCollection);
      logLacks({ search: assistant.search, problems: assistants.problems }, log);
      const answer = (question: string) => assistant.ask(question);
      if (config.mode !== "terminal" && signal) {
        signal.removeEventListener("abort", leave);
        await rooms.serveTelegram(config, { assistants, defaultCollection, log, signal });
      } else if (stdin.isTTY) {
        await chat(assistant, session);
      } else {
        const show = (answered: Answer | FailedAnswer) =>
          `${style.bold(`> ${printableLine(answered.question)}`)}\n${renderAnswer(answered, style)}\n`;
        await answerLines(session, { answer, show, skipsBlank: true });
      }
    } finally {
      await assistants.close();
    }
    return 0;
  },
};
