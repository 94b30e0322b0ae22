import { parseNumber } from "../answering/numerals.ts";
import type { Answered, Article, ListReport, Quote, Span } from "../types.ts";
import type { ItemRequest } from "./item-request.ts";

/** A list as an answer quotes it. */
export interface QuotedList {
  readonly article: Article;
  readonly report: ListReport;
  /** Into the article's text. */
  readonly items: readonly Item[];
}

interface Item extends Span {
  /** By its own marker where it has one: the source may leave items out. */
  readonly ordinal: number;
}

/** The list of an answer, where its article still says it. */
export function quotedList(answer: Answered, articles: readonly Article[]): QuotedList | undefined {
  const quote = answer.quotes[0];
  const article = articles.find(({ id }) => id === quote?.articleId);
  if (quote === undefined || article === undefined || answer.list === undefined) return undefined;
  if (quote.field !== "text" || article.text.slice(quote.start, quote.end) !== quote.text) return undefined;
  const items: Item[] = [];
  let from = 0;
  for (const item of answer.list.items) {
    const at = quote.text.indexOf(item, from);
    if (at < 0) return undefined;
    const ordinal = markerOf(quote.text.slice(from, at)) ?? (items.at(-1)?.ordinal ?? 0) + 1;
    from = at + item.length;
    items.push({ start: quote.start + at, end: quote.start + from, ordinal });
  }
  return { article, report: answer.list, items };
}

/** 3 of "三是", "(3)", "third,"; what stands between two items holds no other number. */
function markerOf(text: string): number | undefined {
  const numerals = text.toLowerCase().match(/[0-9]+|[一二三四五六七八九十]+|\p{Script=Latin}+/gu) ?? [];
  const numbers = numerals.flatMap((numeral) => parseNumber(numeral) ?? []);
  return numbers.length === 1 ? numbers[0] : undefined;
}

/** The item that is asked for, or which one is missing. */
export function pickItem(
  request: ItemRequest,
  { items, report }: QuotedList,
  lastQuote: Quote | undefined,
): { readonly item: Span | undefined; readonly wanted: number } {
  const isOpen = !report.complete;
  switch (request.kind) {
    case "from-start":
      return { item: items.find(({ ordinal }) => ordinal === request.ordinal), wanted: request.ordinal };
    case "from-end": {
      // Of a list that breaks off, the last that was found is not the last.
      const last = isOpen ? report.declared : (items.at(-1)?.ordinal ?? 0);
      const wanted = (last ?? items.length + 1) - request.ordinal + 1;
      return { item: items.find(({ ordinal }) => ordinal === wanted), wanted };
    }
    case "next": {
      const at = items.findIndex(({ start, end }) => start === lastQuote?.start && end === lastQuote?.end);
      const wanted = at < 0 ? items.length + 1 : items[at]!.ordinal + 1;
      return { item: items.find(({ ordinal }) => ordinal === wanted), wanted };
    }
  }
}
