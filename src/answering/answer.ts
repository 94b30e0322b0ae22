import { foldForSearch } from "../analysis/fold.ts";
import { detectLanguage } from "../analysis/language.ts";
import { shareMainScript } from "../analysis/script.ts";
import type { Retrieval, RetrievalParts } from "../retrieval/retrieve.ts";
import type { Answer, ArticleReference, ListReport } from "../types.ts";
import { confidenceFeatures, type Judgement, judge } from "./confidence.ts";
import type { Evidence } from "./evidence.ts";
import { articlesByNamedAuthor, type FieldQuote, quoteField } from "./fields.ts";
import { investigate } from "./investigate.ts";
import { chooseList, evidenceBesideLists } from "./list-choice.ts";
import type { TextList } from "./lists.ts";
import { tellsOfAnother } from "./numbers.ts";
import { MAX_QUOTES, toQuotes, withinLimits } from "./quotes.ts";
import { type Subquestion, splitQuestion } from "./subquestions.ts";

/** Evidence whose odds are worse than the best one's by this many logits is left out. */
const MAX_SCORE_LOSS = 6;
const MAX_NEAREST = 3;

/** The answer to a question: verbatim quotes, or that the articles do not say. Never throws for lack of an answer. */
export async function answer(question: string, parts: RetrievalParts): Promise<Answer> {
  const [language, findings] = await Promise.all([detectLanguage(question), investigate(question, parts)]);
  const { aspects, retrieval, evidence } = findings;
  const best = evidence[0];
  const { confidence, tellsOfSubject, isEnough } =
    best === undefined
      ? { confidence: 0, tellsOfSubject: false, isEnough: false }
      : await judgeEvidence(retrieval, evidence, parts);
  const base = { question, language };

  const byNamed = articlesByNamedAuthor(question, parts.index.articles.values());
  const titles = byNamed.flatMap((article) => quoteField(article, "title") ?? []);
  if (titles.length > 0) {
    return { kind: "answered", ...base, confidence: 1, quotes: toQuotes(withinLimits(titles)) };
  }
  const notFound = (confidence: number): Answer => ({
    kind: "not-found",
    ...base,
    confidence,
    nearest: nearestArticles(retrieval, parts),
  });
  // Signs, emoji and sums alone ask nothing, yet have vectors.
  const asksNothing = !findings.hasSubject || !/\p{L}/u.test(question) || retrieval.query.terms.length === 0;
  if (best === undefined || asksNothing) return notFound(0);

  const asksOne = aspects.count !== undefined || aspects.field !== undefined;
  const places = asksOne ? [] : await placesOfEach(splitQuestion(question), parts);
  if (places.length > 0) {
    const all = [...places, ...(isEnough ? goodEvidence(evidence).filter(tellsSomething) : [])];
    const surest = Math.max(...places.map((place) => place.confidence));
    const quotes = toQuotes(withinLimits(all.map(toFieldQuote)));
    return { kind: "answered", ...base, confidence: isEnough ? confidence : surest, quotes };
  }

  if (lacksAnswer(question, evidence)) return notFound(0);
  if (!(aspects.field === undefined ? isEnough : tellsOfSubject)) return notFound(confidence);
  const field = aspects.field === undefined ? undefined : quoteField(best.article, aspects.field);
  if (field !== undefined)
    return { kind: "answered", ...base, confidence, quotes: toQuotes(withinLimits([field])) };

  const choice = await chooseList(findings, parts);
  if (choice !== undefined) {
    const { list, probability } = choice;
    // A question that does not plainly ask for a list may mean a sentence beside it.
    const beside =
      aspects.list && (aspects.several || aspects.count !== undefined)
        ? []
        : goodEvidence(evidence).filter((one) => tellsSomething(one) && !isWithin(one, list));
    const listed: FieldQuote = { article: list.article, field: "text", ...list.span };
    const quotes = toQuotes([listed, ...withinLimits(beside.map(toFieldQuote)).slice(0, MAX_QUOTES - 1)]);
    const surely = Math.min(confidence, probability);
    return { kind: "answered", ...base, confidence: surely, quotes, list: reportList(list) };
  }
  // The best that is no heading must be left, and no question.
  const told = (await evidenceBesideLists(findings, parts)).filter(tellsSomething);
  if (told[0] === undefined || told[0] !== evidence.find(({ features }) => features.heading === 0))
    return notFound(0);
  const quotes = toQuotes(withinLimits(goodEvidence(told).map(toFieldQuote)));
  return { kind: "answered", ...base, confidence, quotes };
}

/** Evidence with the probability that it, or what is better, answers. */
interface Place extends Evidence {
  readonly confidence: number;
}

/** The best evidence of each thing that is asked for at once, then the second best; none where one place tells all. */
async function placesOfEach(asked: readonly Subquestion[], parts: RetrievalParts): Promise<Place[]> {
  const first: Place[] = [];
  const second: Place[] = [];
  for (const { text, own } of asked) {
    const { retrieval, ...found } = await investigate(text, parts);
    const evidence = found.evidence.filter(tellsSomething);
    const chosen = evidence.find((one) => speaksOf(one, own)) ?? evidence[0];
    if (chosen === undefined) continue;
    const ordered = [chosen, ...evidence.filter((one) => one !== chosen)];
    const { confidence, isEnough } = await judgeEvidence(retrieval, ordered, parts);
    if (!isEnough || lacksAnswer(text, ordered)) continue;
    first.push({ ...chosen, confidence });
    second.push(
      ...goodEvidence(ordered)
        .slice(1, 2)
        .map((one) => ({ ...one, confidence })),
    );
  }
  const isOnePlace =
    first.length === asked.length &&
    first.every(({ article, span }) => article === first[0]!.article && span.start === first[0]!.span.start);
  return isOnePlace ? [] : [...first, ...second];
}

function isWithin({ article, span }: Evidence, list: TextList): boolean {
  return article === list.article && span.start < list.span.end && list.span.start < span.end;
}

function speaksOf({ article, span }: Evidence, name: string): boolean {
  return foldForSearch(article.text.slice(span.start, span.end)).includes(foldForSearch(name));
}

/** Of the best of some evidence. Articles may be written in several languages, so that its own passage is asked. */
async function judgeEvidence(
  retrieval: Retrieval,
  evidence: readonly Evidence[],
  parts: RetrievalParts,
): Promise<Judgement> {
  const { query } = retrieval;
  const isInLanguage = query.sharesLanguage && shareMainScript(query.text, evidence[0]!.hit.passage.text);
  return judge(await confidenceFeatures(retrieval, evidence, parts), isInLanguage);
}

/**
 * Whether the best evidence only tells of the subject: a number or a time was asked for that it does not give, a
 * quantity that nothing in its article gives, or it tells of another year, month, edition or rank.
 */
function lacksAnswer(question: string, evidence: readonly Evidence[]): boolean {
  const best = evidence[0]!;
  const { article, span } = best;
  const sentence = article.text.slice(span.start, span.end);
  if (tellsOfAnother(question, sentence, `${article.title}\n${article.text}`)) return true;
  if (best.features.number < 0 || best.features.time < 0) return true;
  const sameArticle = evidence.filter((one) => one.article === article);
  return best.features.quantity < 0 && sameArticle.every(({ features }) => features.quantity < 0);
}

/** Neither a question nor a heading, which may stand above what answers. */
function tellsSomething({ features }: Evidence): boolean {
  return features.question === 0 && features.heading === 0;
}

/** The best evidence, then what else is nearly as good. */
function goodEvidence(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter(({ score }) => evidence[0]!.score - score <= MAX_SCORE_LOSS);
}

function toFieldQuote({ article, span }: Evidence): FieldQuote {
  return { article, field: "text", ...span };
}

function reportList({ article, items, declared, elided }: TextList): ListReport {
  return {
    declared,
    found: items.length,
    complete: !elided && (declared === null || declared <= items.length),
    ...(elided ? { elided } : {}),
    items: items.map(({ start, end }) => article.text.slice(start, end)),
  };
}

function nearestArticles({ hits }: Retrieval, { index }: RetrievalParts): ArticleReference[] {
  const ids = [...new Set(hits.map(({ passage }) => passage.articleId))].slice(0, MAX_NEAREST);
  return ids.map((articleId) => ({ articleId, title: index.articles.get(articleId)!.title }));
}
