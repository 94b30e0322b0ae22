import type { Answer, FailedAnswer } from "../types.ts";
import { chat } from "./chat.ts";
import type { Command } from "./command.ts";
import { answerLines } from "./lines.ts";
import { printableLine } from "./output.ts";
import { renderAnswer } from "./render.ts";
import { openAssistant } from "./session.ts";

/** The bot where there is a token, else a chat on the terminal, else an answer to every line of stdin. */
export const start: Command = {
  name: "start",
  summary: "serve Telegram, or chat in this terminal when there is no token",
  details:
    "With TELEGRAM_BOT_TOKEN set, serves the bot until it is stopped. Without, opens a chat in this terminal;\n" +
    "when stdin is not a terminal, answers one question a line and ends with the input.",
  options: {},
  examples: [
    ["npm start", "the bot, or a chat"],
    ["TELEGRAM_BOT_TOKEN= npm start", "a chat, although .env holds a token"],
  ],

  async run(_, session) {
    const { config, log, rooms, stdin, style } = session;
    const assistant = await openAssistant(session);
    const answer = (question: string) => assistant.ask(question);
    if (config.mode === "polling") {
      await rooms.serveTelegram({ ...config.telegram, ask: answer, log, signal: session.interrupted() });
    } else if (stdin.isTTY) {
      await chat(assistant, session);
    } else {
      const show = (answered: Answer | FailedAnswer) =>
        `${style.bold(`> ${printableLine(answered.question)}`)}\n${renderAnswer(answered, style)}\n`;
      await answerLines(session, { answer, show, skipsBlank: true });
    }
    return 0;
  },
};
