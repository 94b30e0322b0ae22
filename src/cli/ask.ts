import { UsageError } from "../errors.ts";
import { jsonLine } from "../log.ts";
import type { Explanation } from "../retrieval/explain.ts";
import type { Answer, FailedAnswer } from "../types.ts";
import { COLLECTION_OPTION, type Command, JSON_OPTION } from "./command.ts";
import { answerLines } from "./lines.ts";
import { write } from "./output.ts";
import { renderAnswer, renderExplanation } from "./render.ts";
import { openAssistant } from "./session.ts";

type ExplainedAnswer = (Answer | FailedAnswer) & { readonly explain?: Explanation };

/**
 * One answer to the question given, or one to every line of stdin. Lines of stdin are answered in JSON, exactly one
 * line for one line, unless a person types them and reads the answers on a terminal.
 */
export const ask: Command = {
  name: "ask",
  summary: "answer one question, or one question a line of stdin",
  operand: "[QUESTION…]",
  details:
    "Several words make one question. Without QUESTION, every line of stdin is answered with one line of JSON,\n" +
    "blank and failing lines included. A QUESTION that begins with - comes after one more --.",
  options: {
    ...JSON_OPTION,
    explain: { description: "also show which passages were found, and why" },
    ...COLLECTION_OPTION,
  },
  examples: [
    ["npm run --silent ask -- 八条硬措施是哪八条？", "one answer to read"],
    ['npm run --silent ask -- --json "Who wrote it?"', "one answer for a program"],
    ["npm run --silent ask < questions.txt > answers.jsonl", "one line of JSON a question"],
  ],

  async run({ operands, has, value }, session) {
    const { stdin, stdout, stderr, style } = session;
    const question = operands.join(" ");
    if (operands.length > 0 && question.trim() === "") throw new UsageError("The question is blank.");
    const assistant = await openAssistant(session, value("collection") ?? "");
    const answer = async (text: string): Promise<ExplainedAnswer> => {
      const answered = await assistant.ask(text);
      return has("explain") ? { ...answered, explain: await assistant.explain(text) } : answered;
    };
    const render = (answered: ExplainedAnswer): string =>
      renderAnswer(answered, style) +
      (answered.explain ? `\n${renderExplanation(answered.explain, style)}` : "");

    if (operands.length > 0) {
      const answered = await answer(question);
      await write(stdout, has("json") ? jsonLine(answered) : render(answered));
      return 0;
    }
    if (stdin.isTTY) await write(stderr, "One question a line; Ctrl-D ends.\n");
    const isTyped = stdin.isTTY === true && stdout.isTTY === true && !has("json");
    const show = (answered: ExplainedAnswer) => (isTyped ? `${render(answered)}\n` : jsonLine(answered));
    await answerLines(session, { answer, show, skipsBlank: isTyped });
    return 0;
  },
};
