import type { Gap } from "../../store/gaps.ts";
import type { Answer, Answered, ArticleId } from "../../types.ts";
import type { BotPartners } from "../context.ts";
import { wordingsOf } from "./gap-groups.ts";

/** Rarer wordings are not asked: who used them gets the answer of another. */
const MAX_ASKED = 50;

/**
 * Asks the wordings of some questions of one collection; gives the answers of those that are answered now, the most
 * used wording first.
 *
 * @param article Only answers that quote this one first count.
 */
export async function askWordings(
  gaps: readonly Gap[],
  article: ArticleId | null,
  { library }: Pick<BotPartners, "library">,
): Promise<ReadonlyMap<string, Answered>> {
  const found = new Map<string, Answered>();
  for (const { question } of wordingsOf(gaps).slice(0, MAX_ASKED)) {
    const answer = await askIn(gaps[0]!.collection, question, library);
    if (answer?.kind !== "answered") continue;
    if (article === null || answer.quotes[0]!.articleId === article) found.set(question, answer);
  }
  return found;
}

/** Undefined where the collection is gone. */
export async function askIn(
  collection: string,
  question: string,
  library: BotPartners["library"],
): Promise<Answer | undefined> {
  if (!library.collections().includes(collection)) return undefined;
  return library.follow(collection).find(question);
}
