import { AppError, messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Answer, Article, FailedAnswer } from "../types.ts";
import type { InputLine } from "./lines.ts";

/** The part of the assistant that the commands use. */
export interface Assistant {
  readonly articles: readonly Article[];
  ask(question: string): Promise<Answer>;
  explain(question: string): Promise<Explanation>;
}

/** Which passages were found for a question, best first, and why. */
export interface Explanation {
  readonly question: string;
  /** What the lexical search was asked for. */
  readonly terms: readonly string[];
  readonly hits: readonly ExplainedHit[];
}

export interface ExplainedHit {
  readonly articleId: string;
  readonly title: string;
  readonly passage: string;
  readonly score: number;
  readonly lexical: number;
  readonly cosine: number;
  readonly rerank: number;
  /** Which part of the passage stood for which part of the question. */
  readonly matches: readonly {
    readonly question: string;
    readonly passage: string;
    readonly similarity: number;
  }[];
}

/** Longer lines are no question: what is kept of a line is limited, whatever is piped in. */
export const MAX_LINE_CHARS = 10_000;

/**
 * What `answer` gives for the line's question, or why there is nothing; never rejects, so that one bad question
 * costs no other its answer.
 */
export async function answerLine<Given>(
  line: InputLine,
  answer: (question: string) => Promise<Given>,
  log: Log,
): Promise<Given | FailedAnswer> {
  const question = line.text;
  const failed = (message: string): FailedAnswer => ({ kind: "error", question, message });
  if (line.cut) return failed(`The line is longer than ${MAX_LINE_CHARS} characters.`);
  if (question.trim() === "") return failed("The question is blank.");
  try {
    return await answer(question);
  } catch (error) {
    if (!(error instanceof AppError)) log.error("question failed", { question, error });
    return failed(messageOf(error));
  }
}
