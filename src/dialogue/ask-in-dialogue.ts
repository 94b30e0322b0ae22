import { detectLanguage } from "../analysis/language.ts";
import type { Assistant } from "../assistant.ts";
import type { Answer, Article } from "../types.ts";
import { carryOver } from "./carry-over.ts";
import { type Detail, readDetail } from "./details.ts";
import { readItemRequest } from "./item-request.ts";
import { lastListOf, type MissingItem, nothingIn, tellDetail, tellItem } from "./last-article.ts";

/** What was last asked and answered, as far as a follow-up needs it; plain JSON. */
export interface Turn {
  /** As it stands on its own. */
  readonly question: string;
  readonly answer: Answer;
}

export interface Understood {
  /** Its question is the one that was put. */
  readonly answer: Answer;
  /** Standing on its own: what a next follow-up carries on from. It may hold the title of the article spoken of. */
  readonly question: string;
  /** Whether anything was taken from the last turn. */
  readonly carriedOver: boolean;
  /** The item of the last list that was asked for and that the source does not hold; the answer is "not-found". */
  readonly missingItem?: MissingItem;
  /** What was asked for of the last answer's article; its one quote carries it, if the article has it. */
  readonly detail?: Detail;
}

/** A longer question says what it is about. */
const MAX_FOLLOW_UP_CHARS = 200;

/**
 * Answers a question that may carry on from the last one. What is quoted is what the articles say now, whatever they
 * said at the last turn. Throws like `Assistant.ask`; without a last turn the answer is exactly its.
 */
export async function askInDialogue(
  question: string,
  last: Turn | undefined,
  assistant: Pick<Assistant, "ask" | "articles">,
): Promise<Understood> {
  const put = question.trim();
  const follow =
    last === undefined || put === "" || put === last.question || put.length > MAX_FOLLOW_UP_CHARS
      ? undefined
      : await followUp(put, last, assistant);
  if (follow !== undefined)
    return { ...follow, answer: { ...follow.answer, question: put, language: await detectLanguage(put) } };
  const answer = await assistant.ask(question);
  return { answer, question: answer.question, carriedOver: false };
}

/** Undefined where the question stands on its own. */
async function followUp(
  question: string,
  last: Turn,
  assistant: Pick<Assistant, "ask" | "articles">,
): Promise<Understood | undefined> {
  const article = articleOf(last.answer, assistant.articles);
  const carried = { question: last.question, carriedOver: true };

  const request = readItemRequest(question, last.question);
  if (request !== undefined) {
    const list = await lastListOf(last, assistant);
    if (list !== undefined) return { ...carried, ...tellItem(request, list, last.answer) };
    // "More?" where everything was quoted; "the third" of what cannot be told.
    if (article !== undefined) return { ...carried, answer: nothingIn(article) };
  }
  const detail = readDetail(question);
  if (detail !== undefined && article !== undefined)
    return { ...carried, detail, answer: tellDetail(detail, article) };

  const answer = await carryOver(question, { question: last.question, article }, assistant);
  return answer && { answer, question: answer.question, carriedOver: true };
}

/** The article an answer speaks of; one that found nothing, but names a single article, speaks of that. */
function articleOf(answer: Answer, articles: readonly Article[]): Article | undefined {
  const named = answer.kind === "answered" ? answer.quotes.slice(0, 1) : answer.nearest;
  return named.length === 1 ? articles.find(({ id }) => id === named[0]!.articleId) : undefined;
}
