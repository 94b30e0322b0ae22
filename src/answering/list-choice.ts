import { weightedMean } from "../retrieval/rerank.ts";
import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Evidence } from "./evidence.ts";
import type { Findings } from "./investigate.ts";
import { findLists, type TextList } from "./lists.ts";
import { listedSubjectOf } from "./question.ts";

/** Evidence that may point to a list: the first few sentences. */
const POINTING_EVIDENCE = 4;

/** Share of what is asked for that the name of what a list lists must meet, for the list to be meant by it. */
const SAME_NAME = 0.4;

/**
 * A number alone is no link: the eight planets are not the eight measures. Share of what is asked for that something
 * of that number must meet: 0.29 to 1 where it is meant, below 0.25 where not.
 */
const MIN_SUBJECT = 0.25;

/** Two of something are too common: the number alone shows the list from this one on. */
const TELLING_COUNT = 3;

/**
 * The list that a question asks for, or undefined. Where the question says how many there are, a list that declares
 * (or, undeclared, has) another number is never it, nor one whose title and introduction meet nothing else of the
 * question. Otherwise the question must ask for what the list says it lists ("硬措施有哪些" for 八条硬措施), or the best
 * evidence must lie in the list or in what introduces it. Among several, the one whose introduction meets it best.
 */
export async function chooseList(findings: Findings, parts: RetrievalParts): Promise<TextList | undefined> {
  const { aspects, evidence } = findings;
  const { count } = aspects;
  const fitting = [...new Set(evidence.slice(0, POINTING_EVIDENCE).map(({ article }) => article))]
    .flatMap(findLists)
    .filter(({ declared, items }) => count === undefined || (declared ?? items.length) === count);
  const leads = await scoreSubject(
    fitting.map(({ article, lead }) => `${article.title}\n${article.text.slice(lead.start, lead.end)}`),
    findings,
    parts,
  );
  const names = await scoreSubject(
    fitting.map(({ name }) => name),
    findings,
    parts,
  );
  const candidates = fitting
    .map((list, i) => ({ list, lead: leads[i]!, name: names[i]! }))
    .filter(({ lead, name }) => !countTells(findings) || Math.max(lead, name) >= MIN_SUBJECT)
    .sort((one, other) => other.lead - one.lead);
  const pointing = evidence.slice(0, countTells(findings) ? POINTING_EVIDENCE : 1);
  const chosen =
    candidates.find(({ name }) => count === undefined && name >= SAME_NAME) ??
    candidates.find(({ list }) => pointing.some((one) => holds(list, one))) ??
    (countTells(findings) ? candidates[0] : undefined);
  return chosen?.list;
}

/**
 * The evidence that may answer a question for a list that was not found: without what only shares the number with
 * it, and without the items of lists that say they have another number (the mine's six measures tell nothing of which
 * the eight are).
 */
export async function evidenceBesideLists(
  findings: Findings,
  parts: RetrievalParts,
): Promise<readonly Evidence[]> {
  const { aspects, evidence } = findings;
  if (!aspects.list || aspects.count === undefined) return evidence;
  const others = [...new Set(evidence.map(({ article }) => article))]
    .flatMap(findLists)
    .filter(({ declared }) => declared !== null && declared !== aspects.count);
  const texts = evidence.map(({ article, span }) => article.text.slice(span.start, span.end));
  const scores = await scoreSubject(texts, findings, parts);
  return evidence.filter(
    ({ article, span }, i) =>
      (!countTells(findings) || scores[i]! >= MIN_SUBJECT) &&
      !others.some(
        (list) => list.article === article && span.start >= list.span.start && span.start < list.span.end,
      ),
  );
}

function countTells({ aspects: { count } }: Findings): boolean {
  return count !== undefined && count >= TELLING_COUNT;
}

/** How well each text meets what the items of a list are asked for of, 0 to 1; 1 where only a number is asked for. */
async function scoreSubject(
  texts: readonly string[],
  { retrieval: { query } }: Findings,
  { embedder, table }: RetrievalParts,
): Promise<number[]> {
  const subject = embedder.tokenize(listedSubjectOf(query.text));
  if (subject.length === 0) return texts.map(() => 1);
  // Without its number, 六大洲 leaves 洲, which is a part of the question's piece 大洲.
  const hanParts = embedder.pieces(subject).filter((piece) => /\p{Script=Han}/u.test(piece));
  const pieces = embedder.pieces(query.tokens);
  const weights = query.weights.map((weight, t) =>
    subject.includes(query.tokens[t]!) || hanParts.some((part) => pieces[t]!.includes(part)) ? weight : 0,
  );
  const tokens = texts.map((text) => embedder.tokenize(text));
  await table.load(tokens.flat());
  return tokens.map((ids) => weightedMean(query.matcher.bestMatches(ids), weights));
}

function holds({ article, lead, span }: TextList, evidence: Evidence): boolean {
  return (
    evidence.article.id === article.id && evidence.span.start >= lead.start && evidence.span.end <= span.end
  );
}
