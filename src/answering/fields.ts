import { foldForSearch } from "../analysis/fold.ts";
import type { Article, QuoteField } from "../types.ts";

/** A verbatim part of one field of an article. */
export interface FieldQuote {
  readonly article: Article;
  readonly field: QuoteField;
  readonly start: number;
  readonly end: number;
}

/** The text that a quote of this field is a slice of. */
export function fieldText(article: Article, field: QuoteField): string {
  switch (field) {
    case "text":
      return article.text;
    case "title":
      return article.title;
    case "authors":
      return article.authors.join("、");
  }
}

/** The whole of a field, or undefined where the article leaves it empty. */
export function quoteField(article: Article, field: "title" | "authors"): FieldQuote | undefined {
  const end = fieldText(article, field).length;
  return end === 0 ? undefined : { article, field, start: 0, end };
}

const WRITINGS = /\b(?:articles?|writes?|wrote|written|authors?|reports? by|stor(?:y|ies) by)\b/u;
/** What stands beside a name in `asksForWritingsOf`. */
const WRITINGS_IN_CHINESE = /写|撰|报道|署名|的文章|的稿|作者/u;

/** Articles by somebody whom the question names and asks for the writings of. */
export function articlesByNamedAuthor(question: string, articles: Iterable<Article>): Article[] {
  const folded = foldForSearch(question);
  // Most questions ask for none, and there may be many articles.
  if (!WRITINGS.test(folded) && !WRITINGS_IN_CHINESE.test(folded)) return [];
  return [...articles].filter(({ authors }) =>
    authors.some((author) => author.length > 1 && asksForWritingsOf(foldForSearch(author), folded)),
  );
}

/** A name may also be a common word (高峰) or part of one ("Ann" in "annual"): what stands beside it decides. */
function asksForWritingsOf(author: string, question: string): boolean {
  const name = author.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&").replace(/\s+/gu, "\\s*");
  const isNamed = new RegExp(`(?<!\\p{Script=Latin})${name}(?!\\p{Script=Latin})`, "u").test(question);
  if (!isNamed) return false;
  if (WRITINGS.test(question)) return true;
  return new RegExp(
    `${name}[^，。？?]{0,6}(?:写|撰|报道|署名|的文章|的稿)|(?:作者|署名|撰稿人?)[是为]?${name}`,
    "u",
  ).test(question);
}
