import { type FieldQuote, quoteField } from "../answering/fields.ts";
import { toQuotes, withinLimits } from "../answering/quotes.ts";
import type { Assistant } from "../assistant.ts";
import type { Answer, Answered, Article, NotFound } from "../types.ts";
import type { Detail } from "./details.ts";
import type { ItemRequest } from "./item-request.ts";
import { pickItem, type QuotedList, quotedList } from "./quoted-list.ts";

export interface MissingItem {
  /** Counted from 1. */
  readonly wanted: number;
  readonly found: number;
  /** How many the text says there are; null where it does not say. */
  readonly declared: number | null;
}

/** The last list as it was quoted or, where something else was quoted or the article has changed, as it is found now. */
export async function lastListOf(
  { question, answer }: { readonly question: string; readonly answer: Answer },
  assistant: Pick<Assistant, "ask" | "articles">,
): Promise<QuotedList | undefined> {
  const listOf = (one: Answer) => (one.kind === "answered" ? quotedList(one, assistant.articles) : undefined);
  return listOf(answer) ?? listOf(await assistant.ask(question));
}

/** An item of a list as the whole answer, or which one there is not. */
export function tellItem(
  request: ItemRequest,
  list: QuotedList,
  last: Answer,
): { readonly answer: Answer; readonly missingItem?: MissingItem } {
  const { article, report } = list;
  const { item, wanted } = pickItem(request, list, last.kind === "answered" ? last.quotes[0] : undefined);
  if (item === undefined) {
    const missingItem = { wanted, found: report.found, declared: report.declared };
    return { answer: nothingIn(article), missingItem };
  }
  return { answer: quoting({ article, field: "text", start: item.start, end: item.end }, last.confidence) };
}

/** The authors or title of an article; for its date and source the title too, whose quote carries them. */
export function tellDetail(detail: Detail, article: Article): Answer {
  const lacks =
    (detail === "publishedAt" && article.publishedAt === undefined) ||
    (detail === "source" && article.source === "");
  const quote = lacks ? undefined : quoteField(article, detail === "authors" ? "authors" : "title");
  return quote === undefined ? nothingIn(article) : quoting(quote, 1);
}

/** That an article does not say what is asked; question and language are for the caller to fill in. */
export function nothingIn(article: Article | undefined): NotFound {
  const nearest = article === undefined ? [] : [{ articleId: article.id, title: article.title }];
  return { kind: "not-found", question: "", language: "und", confidence: 0, nearest };
}

function quoting(quote: FieldQuote, confidence: number): Answered {
  const quotes = toQuotes(withinLimits([quote]));
  return { kind: "answered", question: "", language: "und", confidence, quotes };
}
