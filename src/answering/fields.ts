import { foldForComparison } from "../analysis/fold.ts";
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

/** Articles by somebody whom the question names and asks for the writings of. */
export function articlesByNamedAuthor(question: string, articles: Iterable<Article>): Article[] {
  const folded = foldForComparison(question);
  if (!/写|文章|报道|稿|article|wrote|written|report|story/u.test(folded)) return [];
  return [...articles].filter(({ authors }) =>
    authors.some((author) => author.length > 1 && folded.includes(foldForComparison(author))),
  );
}
