import { AppError, messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { FailedAnswer } from "../types.ts";
import { write } from "./output.ts";
import type { Session } from "./session.ts";

/** Longer lines are no question: what is kept of a line is limited, whatever is piped in. */
const MAX_LINE_CHARS = 10_000;

/**
 * The lines of a stream of UTF-8: divided at line feeds, a carriage return before one belonging to it; the last one
 * counts without a line feed too. Invalid bytes become U+FFFD, a byte order mark is dropped. Of a line longer than
 * `maxChars` UTF-16 units only one more is kept, so that no line can exhaust the memory.
 */
export async function* readLines(input: AsyncIterable<Uint8Array>, maxChars: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let kept = "";
  const add = (part: string): void => {
    // The unit beyond may be a carriage return, which counts only if more follows.
    kept = (kept + part).slice(0, maxChars + 2);
  };
  const take = (): string => {
    const line = kept.replace(/\r$/, "").slice(0, maxChars + 1);
    kept = "";
    return line;
  };
  for await (const chunk of input) {
    const [first = "", ...others] = decoder.decode(chunk, { stream: true }).split("\n");
    add(first);
    for (const part of others) {
      yield take();
      add(part);
    }
  }
  add(decoder.decode());
  if (kept !== "") yield take();
}

interface Answering<Given> {
  readonly answer: (question: string) => Promise<Given>;
  readonly show: (answered: Given | FailedAnswer) => string;
  /** Is nothing shown for a blank line? */
  readonly skipsBlank: boolean;
}

/** Answers every line of stdin, each answer written before the next is sought. */
export async function answerLines<Given>(
  { stdin, stdout, log }: Pick<Session, "stdin" | "stdout" | "log">,
  { answer, show, skipsBlank }: Answering<Given>,
): Promise<void> {
  for await (const line of readLines(stdin, MAX_LINE_CHARS)) {
    if (skipsBlank && line.trim() === "") continue;
    await write(stdout, show(await answerLine(line, answer, log)));
  }
}

/**
 * What `answer` gives for the line's question, or why there is nothing; never rejects, so that one bad question
 * costs no other its answer.
 */
export async function answerLine<Given>(
  line: string,
  answer: (question: string) => Promise<Given>,
  log: Log,
): Promise<Given | FailedAnswer> {
  // Half a surrogate pair at the cut would not survive being written as UTF-8.
  const question = line.slice(0, MAX_LINE_CHARS).replace(/\p{Cs}$/u, "");
  const failed = (message: string): FailedAnswer => ({ kind: "error", question, message });
  if (line.length > MAX_LINE_CHARS) return failed(`The line is longer than ${MAX_LINE_CHARS} characters.`);
  if (line.trim() === "") return failed("The question is blank.");
  try {
    return await answer(question);
  } catch (error) {
    if (!(error instanceof AppError)) log.error("question failed", { question, error });
    return failed(messageOf(error));
  }
}
