import { detectLanguage } from "../analysis/language.ts";
import type { Retrieval, RetrievalParts } from "../retrieval/retrieve.ts";
import type { Answer, Article, ArticleReference, ListReport, Quote } from "../types.ts";
import { confidenceFeatures, judge } from "./confidence.ts";
import type { Evidence } from "./evidence.ts";
import { articlesByNamedAuthor, type FieldQuote, fieldText, quoteField } from "./fields.ts";
import { investigate } from "./investigate.ts";
import { chooseList } from "./list-choice.ts";
import type { TextList } from "./lists.ts";

/** At most this many quotes, and together at most this many characters; a list's items are exempt. */
const MAX_QUOTES = 3;
const MAX_QUOTED_CHARS = 300;
/** Evidence whose odds are worse than the best one's by this many logits is left out. */
const MAX_SCORE_LOSS = 3;
const MAX_NEAREST = 3;

/** The answer to a question: verbatim quotes, or that the articles do not say. Never throws for lack of an answer. */
export async function answer(question: string, parts: RetrievalParts): Promise<Answer> {
  const [language, findings] = await Promise.all([detectLanguage(question), investigate(question, parts)]);
  const { aspects, retrieval, evidence } = findings;
  const best = evidence[0];
  const { confidence, isEnough } =
    best === undefined
      ? { confidence: 0, isEnough: false }
      : judge(await confidenceFeatures(retrieval, best, parts), retrieval.query.sharesScript);
  const base = { question, language };

  const byNamed = articlesByNamedAuthor(question, parts.index.articles.values());
  if (byNamed.length > 0) {
    const quotes = byNamed.flatMap((article) => quoteField(article, "title") ?? []);
    return { kind: "answered", ...base, confidence: 1, quotes: toQuotes(quotes) };
  }
  if (best === undefined || !isEnough) {
    return { kind: "not-found", ...base, confidence, nearest: nearestArticles(retrieval, parts) };
  }
  const field = aspects.field === undefined ? undefined : quoteField(best.article, aspects.field);
  if (field !== undefined) return { kind: "answered", ...base, confidence, quotes: toQuotes([field]) };

  const list = aspects.list ? await chooseList(findings, parts) : undefined;
  if (list !== undefined) {
    const quotes = toQuotes([{ article: list.article, field: "text", ...list.span }]);
    return { kind: "answered", ...base, confidence, quotes, list: reportList(list) };
  }
  return { kind: "answered", ...base, confidence, quotes: toQuotes(withinLimits(evidence)) };
}

/** The best evidence, then what else is nearly as good and still fits. */
function withinLimits(evidence: readonly Evidence[]): FieldQuote[] {
  const chosen: FieldQuote[] = [];
  let left = MAX_QUOTED_CHARS;
  for (const { article, span, score } of evidence) {
    if (chosen.length === MAX_QUOTES || evidence[0]!.score - score > MAX_SCORE_LOSS) break;
    const length = span.end - span.start;
    if (length > left) continue;
    chosen.push({ article, field: "text", ...span });
    left -= length;
  }
  return chosen;
}

function toQuotes(chosen: readonly FieldQuote[]): Quote[] {
  return chosen.slice(0, MAX_QUOTES).map(({ article, field, start, end }, i) => ({
    text: fieldText(article, field).slice(start, end),
    field,
    articleId: article.id,
    title: article.title,
    authors: article.authors,
    ...(field === "text" ? { paragraph: paragraphAt(article, start) } : {}),
    start,
    end,
    citation: i + 1,
  }));
}

function paragraphAt(article: Article, offset: number): number {
  return article.paragraphs.findIndex(({ start, end }) => offset >= start && offset < end) + 1;
}

function reportList({ article, items, declared, elided }: TextList): ListReport {
  return {
    declared,
    found: items.length,
    complete: !elided && (declared === null || declared <= items.length),
    items: items.map(({ start, end }) => article.text.slice(start, end)),
  };
}

function nearestArticles({ hits }: Retrieval, { index }: RetrievalParts): ArticleReference[] {
  const ids = [...new Set(hits.map(({ passage }) => passage.articleId))].slice(0, MAX_NEAREST);
  return ids.map((articleId) => ({ articleId, title: index.articles.get(articleId)!.title }));
}
