import type { Assistant } from "../assistant.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Answer } from "../types.ts";
import { chat } from "./chat.ts";
import { answerLine, MAX_LINE_CHARS, readLines } from "./lines.ts";
import { printableLine, type Streams, write } from "./output.ts";
import { renderAnswer, styleFor } from "./render.ts";

export interface TelegramService {
  readonly token: string;
  readonly apiRoot: string;
  readonly ask: (question: string) => Promise<Answer>;
  readonly log: Log;
  /** Aborts when the operator stops the program. */
  readonly signal: AbortSignal;
}

export interface StartPartners extends Streams {
  readonly openAssistant: () => Promise<Pick<Assistant, "ask" | "articles">>;
  /** Resolves when the signal has aborted and what was under way is done. */
  readonly serveTelegram: (options: TelegramService) => Promise<void>;
  /** Aborts at the first SIGINT or SIGTERM; listens only from this call on. */
  readonly interrupted: () => AbortSignal;
  readonly log: Log;
  readonly colours: boolean;
}

/** `start`: the bot where there is a token, else a chat on the terminal, else an answer to every line of stdin. */
export async function runStart(config: Config, partners: StartPartners): Promise<number> {
  const { stdin, stdout, log } = partners;
  const style = styleFor(partners.colours);
  const assistant = await partners.openAssistant();
  if (config.mode === "polling") {
    const ask = (question: string) => assistant.ask(question);
    await partners.serveTelegram({ ...config.telegram, ask, log, signal: partners.interrupted() });
  } else if (stdin.isTTY) {
    await chat(assistant, { stdin, stdout, log, style });
  } else {
    for await (const line of readLines(stdin, MAX_LINE_CHARS)) {
      if (line.text.trim() === "") continue;
      const answer = await answerLine(line, (question) => assistant.ask(question), log);
      await write(stdout, `${style.bold(`> ${printableLine(line.text)}`)}\n${renderAnswer(answer, style)}\n`);
    }
  }
  return 0;
}
