import type { Article, Quote } from "../types.ts";
import { type FieldQuote, fieldText } from "./fields.ts";

/** At most this many quotes, and together at most this many characters; a list's items are exempt. */
export const MAX_QUOTES = 3;
const MAX_QUOTED_CHARS = 300;

/**
 * The first, shortened where it alone is too long, then what still fits and says something else. Sentences that follow
 * each other become one quote, but the first stays by itself: it is the answer.
 */
export function withinLimits([first, ...others]: readonly FieldQuote[]): FieldQuote[] {
  if (first === undefined) return [];
  const chosen = [shorten(first)];
  let left = MAX_QUOTED_CHARS - (chosen[0]!.end - chosen[0]!.start);
  for (const quote of others) {
    const isRepeated = chosen.some((other) => textOf(other).includes(textOf(quote)));
    if (isRepeated) continue;
    const at = chosen.findIndex((other, i) => i > 0 && follow(other, quote));
    const joined = at < 0 ? quote : join(chosen[at]!, quote);
    const added = joined.end - joined.start - (at < 0 ? 0 : chosen[at]!.end - chosen[at]!.start);
    if (added > left || (at < 0 && chosen.length === MAX_QUOTES)) continue;
    if (at < 0) chosen.push(joined);
    else chosen[at] = joined;
    left -= added;
  }
  return chosen;
}

/** With their citations counted from 1. */
export function toQuotes(chosen: readonly FieldQuote[]): Quote[] {
  return chosen.map((quote, i) => {
    const { article, field, start, end } = quote;
    return {
      text: textOf(quote),
      field,
      articleId: article.id,
      title: article.title,
      authors: article.authors,
      ...(article.source === "" ? {} : { source: article.source }),
      ...(article.page === undefined ? {} : { page: article.page }),
      ...(article.publishedAt === undefined ? {} : { publishedAt: article.publishedAt }),
      ...(field === "text" ? { paragraph: paragraphAt(article, start) } : {}),
      start,
      end,
      citation: i + 1,
    };
  });
}

/** Whether nothing stands between two parts of one paragraph. */
function follow(one: FieldQuote, other: FieldQuote): boolean {
  if (one.article !== other.article || one.field !== "text" || other.field !== "text") return false;
  const gap = one.article.text.slice(Math.min(one.end, other.end), Math.max(one.start, other.start));
  return gap.length <= 1 && gap.trim() === "" && !gap.includes("\n") && one.start !== other.start;
}

function join(one: FieldQuote, other: FieldQuote): FieldQuote {
  return { ...one, start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
}

function textOf({ article, field, start, end }: FieldQuote): string {
  return fieldText(article, field).slice(start, end);
}

/** Never between the halves of a surrogate pair. */
function shorten(quote: FieldQuote): FieldQuote {
  const text = fieldText(quote.article, quote.field);
  const end = Math.min(quote.end, quote.start + MAX_QUOTED_CHARS);
  const splitsPair = end < quote.end && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(end - 1, end + 1));
  return { ...quote, end: splitsPair ? end - 1 : end };
}

/** The paragraph that holds a place of the text, from 1; 0 where none does. */
export function paragraphAt(article: Article, offset: number): number {
  return article.paragraphs.findIndex(({ start, end }) => offset >= start && offset < end) + 1;
}
