import { foldForSearch } from "../analysis/fold.ts";
import { shareMainScript } from "../analysis/script.ts";
import { splitSentences } from "../analysis/sentences.ts";
import { dotRow } from "../index/vectors.ts";
import { weightedMean } from "../retrieval/rerank.ts";
import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Span } from "../types.ts";
import { type Cut, cutWords, type Relevance, settle } from "./borders.ts";
import { readDeclaration } from "./declared.ts";
import { asList, findEnumerations, INTRODUCES } from "./enumerations.ts";
import type { Findings } from "./investigate.ts";
import { findLists, type TextList } from "./lists.ts";
import { listedSubjectOf } from "./question.ts";
import { weigh } from "./weigh.ts";

/** What speaks for a list as the one that is asked for; about 0 to 1 each, but for the first two. */
export interface ListFeatures {
  /** Score of the best evidence in what introduces the list, below that of the best of all; -6 to 0. */
  readonly leadEvidence: number;
  /** The same of its items. */
  readonly itemEvidence: number;
  /** How well the article's title, with what stands beside the items, meets the question. */
  readonly titled: number;
  /** How well what stands beside the items meets what the title does not. */
  readonly fresh: number;
  /** The same of what stands right beside them. */
  readonly near: number;
  readonly cosine: number;
  /** How well what it is said to list so many of meets the question. */
  readonly name: number;
  /** 1 where it has the number that is asked for, and says so; half where it only has it. */
  readonly count: number;
  /** How well its reading holds together. */
  readonly reading: number;
  /** 1 where markers, or semicolons after a colon, leave no doubt about its items. */
  readonly marked: number;
  /** 1 for two items only. */
  readonly pair: number;
  /** 1 where an item holds a list with markers of its own: sections, rather. */
  readonly sections: number;
}

export interface ListCandidate {
  readonly list: TextList;
  readonly features: ListFeatures;
  readonly score: number;
}

type FeatureWeights = Readonly<Record<keyof ListFeatures, number>>;

/**
 * Conditional logits over the lists that may be meant, fitted on the development half of test/datasets/lists and
 * rounded; `count` is set to 1 where 0.1 and 0.8 fit, `titled` to 0.5 where 0 fits in the same language.
 */
const SAME_LANGUAGE: FeatureWeights = {
  leadEvidence: 0.8,
  itemEvidence: 0.1,
  titled: 0.5,
  fresh: 1.4,
  near: 2,
  cosine: 0,
  name: 0.8,
  count: 1,
  reading: 1.6,
  marked: 2.2,
  pair: -0.5,
  sections: -3,
};
const CROSS_LANGUAGE: FeatureWeights = {
  leadEvidence: 0.7,
  itemEvidence: 0.3,
  titled: 5.3,
  fresh: 1.4,
  near: 0.3,
  cosine: 2.2,
  name: 1,
  count: 1,
  reading: 1.9,
  marked: 0.9,
  pair: -1.6,
  sections: -3,
};

/** Lists that may be meant, best first. */
export async function rankLists(findings: Findings, parts: RetrievalParts): Promise<ListCandidate[]> {
  const { aspects, evidence } = findings;
  const { count } = aspects;
  const maxLoss = aspects.list ? MAX_LOSS_OF_LISTS : MAX_LOSS_UNASKED;
  const good = evidence.filter(({ score }) => evidence[0]!.score - score <= maxLoss);
  const articles = [...new Set(good.map(({ article }) => article))];
  const marked = articles.flatMap(findLists);
  const cuts = articles
    .flatMap(findEnumerations)
    .filter(({ article, sentence, clause }) =>
      good.some(
        (one) =>
          one.article === article && one.span.end + MAX_GAP > sentence.start && one.span.start < clause.end,
      ),
    )
    .map(cutWords);
  const relevance = await relevanceOf(cuts, findings, parts);
  const unmarked = cuts.flatMap((cut) => {
    const settled = settle(cut, relevance);
    if (settled === undefined) return [];
    const list = asList(cut.enumeration, settled.items);
    const isQuestion = settled.items.some(({ start, end }) =>
      /哪|什么|[?？]$/u.test(list.article.text.slice(start, end)),
    );
    return (isQuestion && !settled.isClosed) || marked.some((other) => interrupts(other, list))
      ? []
      : [
          {
            list,
            reading: settled.score,
            isMarked: settled.isClosed && list.items.length > 2 && cut.enumeration.kind !== "commas",
          },
        ];
  });
  const all = [...marked.map((list) => ({ list, reading: 5, isMarked: true })), ...unmarked];
  const distinct = all.filter(
    ({ list }, i) => !all.slice(0, i).some(({ list: other }) => sameItems(other, list)),
  );
  const asked = bigramsOf(foldForSearch(findings.retrieval.query.text));
  const telling = distinct.filter(({ list: { article, items } }) =>
    items.some(({ start, end }) => {
      const own = [...bigramsOf(foldForSearch(article.text.slice(start, end)))];
      return own.filter((bigram) => asked.has(bigram)).length < MAX_ASKED * own.length || own.length === 0;
    }),
  );
  const exact = telling.filter(
    ({ list: { declared, items } }) => count === undefined || (declared ?? items.length) === count,
  );
  // "Of its eight productions, three are named: …" is what there is of the eight.
  const fitting =
    exact.length > 0 || count === undefined
      ? exact
      : telling.flatMap(({ list, ...rest }) =>
          announces(list, count, rest.isMarked) ? [{ list: { ...list, declared: count }, ...rest }] : [],
        );
  if (fitting.length === 0) return [];
  const slice = ({ article }: TextList, { start, end }: Span) => article.text.slice(start, end);
  const beside = (list: TextList) => `${slice(list, list.lead)}\n${slice(list, list.tail)}`;
  const score = (textOf: (list: TextList) => string, isFresh = false) =>
    scoreSubject(
      fitting.map(({ list }) => textOf(list)),
      findings,
      parts,
      isFresh ? fitting.map(({ list }) => list.article.title) : undefined,
    );
  const pooled = await parts.embedder.pool(
    fitting.map(
      ({ list }) =>
        `${beside(list)}\n${slice(list, { start: list.items[0]!.start, end: list.items.at(-1)!.end })}`,
    ),
  );
  const [titled, fresh, near, name] = await Promise.all([
    score((list) => `${list.article.title}\n${beside(list)}`),
    score(beside, true),
    score(
      (list) =>
        `${LAST_CLAUSE.exec(slice(list, list.lead))![0]}\n${FIRST_CLAUSE.exec(slice(list, list.tail))![0]}`,
      true,
    ),
    score(({ name }) => name),
  ]);
  const candidates = fitting.map(({ list, reading, isMarked }, i): ListCandidate => {
    const first = list.items[0]!;
    const last = list.items.at(-1)!;
    const features: ListFeatures = {
      leadEvidence: evidenceIn(list, lastSentence(list), findings),
      itemEvidence: evidenceIn(list, { start: first.start, end: last.end }, findings),
      titled: titled[i]!,
      fresh: fresh[i]!,
      near: near[i]!,
      cosine: dotRow(pooled[i]!, 0, findings.retrieval.query.pooled),
      name: list.name === "" ? 0 : name[i]!,
      count: count === undefined ? 0 : list.declared === count ? 1 : 0.5,
      reading: Math.min(MAX_READING, Math.max(-MAX_READING, reading)) / MAX_READING,
      marked: isMarked ? 1 : 0,
      sections: marked.some((other) => other !== list && isWithin(other, list)) ? 1 : 0,
      pair: list.items.length === 2 && !isCutOff(list) ? 1 : 0,
    };
    const weights = sharesLanguage(list, findings) ? SAME_LANGUAGE : CROSS_LANGUAGE;
    return { list, features, score: weigh(features, weights) };
  });
  return candidates.sort((a, b) => b.score - a.score);
}

function isCutOff({ items, declared, elided }: TextList): boolean {
  return elided || (declared ?? 0) > items.length;
}

/** Log-odds of a reading beyond which it is as good as sure. */
const MAX_READING = 5;
const LAST_CLAUSE = /[^，,。；;：]*[：:]?\s*$/u;
const FIRST_CLAUSE = /^[^，,。；;]*/u;
const MAX_LOSS = 6;
/** "They include: …" may follow, in a paragraph of its own, what the evidence announces. */
const MAX_GAP = 4;
/** Lists in evidence worse than this are none that is asked for. */
const MAX_LOSS_OF_LISTS = 6;
/** The same for questions that do not plainly ask for a list. */
const MAX_LOSS_UNASKED = 3;

function lastSentence({ article, lead }: TextList): Span {
  return splitSentences(article.text, lead).at(-1) ?? lead;
}

/** The best score of evidence that meets a span, below that of the best of all. */
function evidenceIn({ article }: TextList, { start, end }: Span, { evidence }: Findings): number {
  const met = evidence.find((one) => one.article === article && one.span.end > start && one.span.start < end);
  return Math.max(-MAX_LOSS, (met?.score ?? -Infinity) - evidence[0]!.score);
}

export function sharesLanguage({ article }: TextList, { retrieval: { query } }: Findings): boolean {
  return query.sharesLanguage && shareMainScript(query.text, article.text.slice(0, 200));
}

/** Items of which this share stands in the question are what it asks about. */
const MAX_ASKED = 0.6;

function bigramsOf(text: string): Set<string> {
  const letters = text.replace(/[^\p{L}\p{N}]/gu, "");
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
}

/** Whether markers of a list stand within what was read without them. */
function interrupts(marked: TextList, list: TextList): boolean {
  if (marked.article !== list.article) return false;
  const { start } = list.items[0]!;
  const { end } = list.items.at(-1)!;
  return marked.items.some((item) => item.start > start && item.start <= end);
}

/** Whether the text before a list that is introduced, numbered or cut off speaks of a greater number. */
function announces(
  { article: { text, paragraphs }, items, lead, elided }: TextList,
  count: number,
  isMarked: boolean,
): boolean {
  const { end } = lead;
  const here = paragraphs.findLastIndex(({ start }) => start < end);
  const own = paragraphs[here]?.start ?? lead.start;
  // "活动包括：" goes on with what the paragraph before announced.
  const from = end - own < SHORT_LEAD ? (paragraphs[here - 1]?.start ?? own) : own;
  const before = text.slice(Math.max(from, end - MAX_ANNOUNCED_CHARS), end);
  if (count <= items.length || !(isMarked || elided || INTRODUCES.test(before))) return false;
  return readDeclaration(before, count, false)?.count === count;
}

const SHORT_LEAD = 20;

const MAX_ANNOUNCED_CHARS = 160;

function isWithin(list: TextList, outer: TextList): boolean {
  const { start } = list.items[0]!;
  const { end } = list.items.at(-1)!;
  return list.article === outer.article && outer.items.some((item) => item.start <= start && end <= item.end);
}

function sameItems(one: TextList, other: TextList): boolean {
  return (
    one.article === other.article &&
    one.items.length === other.items.length &&
    one.items.every(({ start, end }, i) => other.items[i]!.start === start && other.items[i]!.end === end)
  );
}

/** How much a word says of what is asked. */
async function relevanceOf(
  cuts: readonly Cut[],
  { retrieval: { query } }: Findings,
  { embedder, table }: RetrievalParts,
): Promise<Relevance> {
  const texts = new Set(
    cuts.flatMap(({ words }) => [...words.values()].flatMap((all) => all.map(({ text }) => text))),
  );
  const tokens = new Map([...texts].map((text) => [text, embedder.tokenize(text)]));
  await table.load([...tokens.values()].flat());
  const subject = new Set(embedder.tokenize(listedSubjectOf(query.text)));
  const known = new Map(
    [...tokens].map(([text, ids]) => {
      const matches = query.matcher.bestMatches(ids);
      return [text, Math.max(0, ...matches.filter((_, t) => subject.has(query.tokens[t]!)))];
    }),
  );
  return (text) => known.get(text) ?? 0;
}

/** How well each text meets what the items of a list are asked for of, 0 to 1; 1 where only a number is asked for. */
export async function scoreSubject(
  texts: readonly string[],
  { retrieval: { query } }: Findings,
  { embedder, table }: RetrievalParts,
  said?: readonly string[],
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
  const saidTokens = (said ?? []).map((text) => embedder.tokenize(text));
  await table.load([...tokens.flat(), ...saidTokens.flat()]);
  return tokens.map((ids, i) => {
    const known = saidTokens[i] === undefined ? undefined : query.matcher.bestMatches(saidTokens[i]);
    return weightedMean(
      query.matcher.bestMatches(ids),
      known === undefined ? weights : weights.map((weight, t) => weight * (1 - known[t]!)),
    );
  });
}
