import { type Assistant, MAX_QUESTION_CHARS } from "../assistant.ts";
import type { Answer, Answered, Article } from "../types.ts";
import { TOLD_WORDS } from "./chinese.ts";
import { nothingIn } from "./last-article.ts";
import { shareSaid, sharesCharacter } from "./mentions.ts";
import { type Reading, readQuestion } from "./reading.ts";
import { rewritings } from "./rewrite.ts";

type Asked = Pick<Assistant, "ask" | "articles">;

interface Spoken {
  readonly question: string;
  /** That answered the last question, where one did. */
  readonly article: Article | undefined;
}

/** An answer in the article that was spoken of is taken before one that is surer by less than this. */
const SAME_ARTICLE_BONUS = 0.3;
/** What an answer is worth whose quote speaks of what the question names: 那2024年呢. */
const NAMED_BONUS = 0.5;
/** From this confidence on, what a question finds by itself is more likely an answer than not. */
const SURE = 0.5;

/**
 * The answer to a question that takes what it lacks from what was spoken of; its `question` says it in full. Undefined
 * where the question stands on its own.
 */
export async function carryOver(
  question: string,
  { question: lastQuestion, article }: Spoken,
  assistant: Asked,
): Promise<Answer | undefined> {
  const reading = readQuestion(question);
  // Whether the article says the words of a question in another script cannot be told.
  const said = article && shareSaid(reading.words, article);
  if (reading.lack === "bare" && said === undefined) return undefined;
  const topic = { question: readQuestion(lastQuestion), title: article?.title };
  const texts = rewritings(reading, topic).filter((text) => text.length <= MAX_QUESTION_CHARS);
  if (texts.length === 0) return undefined;
  // What it finds by itself decides, not whether a pointing word is in it: what's that methane detector.
  const isBare = reading.lack === "bare";
  const mayStand = isBare || reading.words.length >= TOLD_WORDS;
  const own = mayStand || reading.lack === "pointing" ? await assistant.ask(question) : undefined;
  const isSure = own?.kind === "answered" && own.confidence >= SURE;
  const isHere = own?.kind === "answered" && own.quotes[0]!.articleId === article?.id;
  // 储气库在哪里 stands on its own, 冠军是谁 goes on about the match where its article says all of its words, too.
  if (mayStand && !isHere && (isSure ? said !== 1 : said === 0 && !isBare)) return undefined;
  // Its evidence is chosen by its own words, not by those of a title.
  if (isSure && isHere && reading.words.length > 1) return own;
  const answers = await Promise.all(texts.map((text) => assistant.ask(text)));
  const best = await bestOf(answers, reading, article, assistant);
  if (best !== undefined) return best;
  if (isBare && (own?.kind === "answered" || said === 0)) return undefined;
  const refused = answers.find((answer) => answer.kind === "not-found");
  return article === undefined && refused ? refused : { ...nothingIn(article), question: texts[0]! };
}

/** The best answer of an article that says something of what is asked; undefined where there is none. */
async function bestOf(
  answers: readonly Answer[],
  reading: Reading,
  article: Article | undefined,
  assistant: Asked,
): Promise<Answered | undefined> {
  let best: { readonly answer: Answered; readonly worth: number } | undefined;
  for (const answer of answers) {
    if (answer.kind === "not-found") continue;
    const quote = answer.quotes[0]!;
    const own = assistant.articles.find(({ id }) => id === quote.articleId);
    if (own === undefined) continue;
    // A title finds its article whatever is asked of it.
    const isOffTopic =
      shareSaid(reading.words, own) === 0 &&
      (reading.lack === "bare" || !sharesCharacter(reading.words, quote));
    if (isOffTopic && !(await findsAlone(reading, own, assistant))) continue;
    const named = reading.lack === "naming" ? shareSaid(reading.words, { title: "", text: quote.text }) : 0;
    const worth =
      answer.confidence + (own.id === article?.id ? SAME_ARTICLE_BONUS : 0) + NAMED_BONUS * (named ?? 0);
    if (best === undefined || worth > best.worth) best = { answer, worth };
  }
  return best?.answer;
}

/** Other words may mean the same: then the question finds the article without what was put into it. */
async function findsAlone({ lack, rest }: Reading, { id }: Article, assistant: Asked): Promise<boolean> {
  if (lack === "naming") return false;
  const answer = await assistant.ask(rest);
  return answer.kind === "answered" && answer.quotes[0]!.articleId === id;
}
