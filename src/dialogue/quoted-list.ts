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
    const before = items.at(-1)?.ordinal ?? 0;
    const ordinal = Math.max(markerOf(quote.text.slice(from, at)) ?? 0, before + 1);
    from = at + item.length;
    items.push({ start: quote.start + at, end: quote.start + from, ordinal });
  }
  return { article, report: answer.list, items };
}

/** With the marks around it. */
const MAX_MARKER_CHARS = 12;
const MARKER =
  /(?:第([0-9]{1,2}|[一二三四五六七八九十]{1,3})[条條个個点點步]?|([0-9]{1,2}|[一二三四五六七八九十]{1,3}|\b\p{Script=Latin}{3,7}))[是要、，,.:：)）\s]{0,4}$/u;

/** 3 of "三是", "(3)", "third,"; not of 有三条：, which tells how many there are. */
function markerOf(text: string): number | undefined {
  const match = MARKER.exec(text.slice(-MAX_MARKER_CHARS));
  return parseNumber(match?.[1] ?? match?.[2] ?? "");
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
