import type { Assistant } from "../assistant.ts";
import { UsageError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Explanation } from "../retrieval/explain.ts";
import type { Answer, FailedAnswer } from "../types.ts";
import { answerLine, MAX_LINE_CHARS, readLines } from "./lines.ts";
import { jsonLine, type Streams, write } from "./output.ts";
import { renderAnswer, renderExplanation, styleFor } from "./render.ts";

export interface AskOptions {
  /** Absent: one question a line of stdin. */
  readonly question?: string | undefined;
  readonly json: boolean;
  readonly explain: boolean;
}

export interface AskPartners extends Streams {
  readonly openAssistant: () => Promise<Pick<Assistant, "ask" | "explain">>;
  readonly log: Log;
  /** Colours are for terminals, unless the operator wants none. */
  readonly colours: boolean;
}

type ExplainedAnswer = (Answer | FailedAnswer) & { readonly explain?: Explanation };

/**
 * `ask`: one answer to the question given, or one to every line of stdin, each written before the next is sought.
 * Lines of stdin are answered in JSON, exactly one line for one line, unless a person types them and reads the
 * answers on a terminal.
 *
 * @throws UsageError when the question given is blank, AppError when the assistant cannot be opened or, for a
 * question given as an argument, cannot answer.
 */
export async function runAsk(options: AskOptions, partners: AskPartners): Promise<number> {
  const { stdin, stdout, stderr, log } = partners;
  const { question } = options;
  if (question?.trim() === "") throw new UsageError("The question is blank.");
  const style = styleFor(partners.colours);
  const assistant = await partners.openAssistant();

  const answer = async (text: string): Promise<ExplainedAnswer> => {
    const answered = await assistant.ask(text);
    return options.explain ? { ...answered, explain: await assistant.explain(text) } : answered;
  };
  const render = (answered: ExplainedAnswer): string =>
    renderAnswer(answered, style) +
    (answered.explain ? `\n${renderExplanation(answered.explain, style)}` : "");

  if (question !== undefined) {
    const answered = await answer(question);
    await write(stdout, options.json ? jsonLine(answered) : render(answered));
    return 0;
  }
  const typed = stdin.isTTY === true && stdout.isTTY === true && !options.json;
  if (stdin.isTTY) await write(stderr, "One question a line; Ctrl-D ends.\n");
  for await (const line of readLines(stdin, MAX_LINE_CHARS)) {
    if (typed && line.text.trim() === "") continue;
    const answered = await answerLine(line, answer, log);
    await write(stdout, typed ? `${render(answered)}\n` : jsonLine(answered));
  }
  return 0;
}
