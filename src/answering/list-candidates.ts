import { foldForSearch } from "../analysis/fold.ts";
import { rememberWith } from "../analysis/remember.ts";
import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Span } from "../types.ts";
import { type Cut, cutWords, type Relevance, settle } from "./borders.ts";
import { readDeclaration } from "./declared.ts";
import { asList, type Enumeration, findEnumerations, INTRODUCES } from "./enumerations.ts";
import type { Evidence } from "./evidence.ts";
import type { Findings } from "./investigate.ts";
import { findLists, type TextList } from "./lists.ts";
import { listedSubjectOf } from "./question.ts";

/** A list, and how well its reading holds. */
export interface ReadList {
  readonly list: TextList;
  /** Log-odds. */
  readonly reading: number;
  /** Whether markers, or marks alone, leave no doubt about its items. */
  readonly isMarked: boolean;
}

/** A list with markers. */
const SURE_READING = 5;
/** In one article. */
const MAX_LISTS = 100;
/** "They include: …" may follow, in a paragraph of its own, what the evidence announces. */
const MAX_GAP = 4;
/** Lists in evidence worse than this are none that is asked for. */
const MAX_LOSS_OF_LISTS = 6;
/** The same for questions that do not plainly ask for a list. */
const MAX_LOSS_UNASKED = 3;

/**
 * The lists near the evidence: all with markers, and all that may be meant, which have the number that is asked for and
 * say something that the question does not.
 */
export async function findCandidates(
  findings: Findings,
  parts: RetrievalParts,
): Promise<{ readonly marked: readonly TextList[]; readonly fitting: readonly ReadList[] }> {
  const good = goodEvidence(findings);
  const marked = articlesOf(good).flatMap((article) => nearest(findLists(article), good));
  const cuts = cutsNear(findings);
  const relevance = await relevanceOf(cuts, findings, parts);
  const unmarked = cuts.flatMap((cut) => readUnmarked(cut, relevance) ?? []);
  const all = [
    ...marked.map((list) => ({ list, reading: SURE_READING, isMarked: true })),
    ...unmarked.filter(({ list }) => !marked.some((other) => interrupts(other, list))),
  ];
  const distinct = all.filter(
    ({ list }, i) => !all.slice(0, i).some(({ list: other }) => sameItems(other, list)),
  );
  const asked = bigramsOf(foldForSearch(findings.retrieval.query.text));
  const telling = distinct.filter(({ list }) => tellsMoreThan(asked, list));
  const { count } = findings.aspects;
  if (count === undefined) return { marked, fitting: telling };
  const exact = telling.filter(({ list: { declared, items } }) => (declared ?? items.length) === count);
  // "Of its eight productions, three are named: …" is what there is of the eight.
  const announced = telling
    .filter(({ list, isMarked }) => announces(list, count, isMarked))
    .map(({ list, ...rest }) => ({ list: { ...list, declared: count }, ...rest }));
  return { marked, fitting: exact.length > 0 ? exact : announced };
}

function goodEvidence({ aspects, evidence }: Findings): Evidence[] {
  const maxLoss = aspects.list ? MAX_LOSS_OF_LISTS : MAX_LOSS_UNASKED;
  return evidence.filter(({ score }) => evidence[0]!.score - score <= maxLoss);
}

/** A text of more lists than anybody asks about: those next to the best evidence. */
function nearest(lists: readonly TextList[], evidence: readonly Evidence[]): readonly TextList[] {
  if (lists.length <= MAX_LISTS) return lists;
  const { span } = evidence.find(({ article }) => article === lists[0]!.article)!;
  const distance = (list: TextList) => Math.abs(list.span.start - span.start);
  return [...lists].sort((a, b) => distance(a) - distance(b)).slice(0, MAX_LISTS);
}

function articlesOf(evidence: readonly Evidence[]) {
  return [...new Set(evidence.map(({ article }) => article))];
}

/** The enumerations without markers that meet the good evidence. */
export function cutsNear(findings: Findings): Cut[] {
  const good = goodEvidence(findings);
  return articlesOf(good)
    .flatMap(findEnumerations)
    .filter(({ article, sentence, clause }) =>
      good.some(
        (one) =>
          one.article === article && one.span.end + MAX_GAP > sentence.start && one.span.start < clause.end,
      ),
    )
    .map(cutWords);
}

function readUnmarked(cut: Cut, relevance: Relevance): ReadList | undefined {
  const best = settle(cut, relevance);
  const read = best && readItems(best.items, cut.enumeration, best.isClosed);
  return read ? { ...read, reading: best.score } : undefined;
}

/** As a list; nothing that asks is one, unless marks make it so. */
const readItems = rememberWith((items: readonly Span[], enumeration: Enumeration, isClosed: boolean) => {
  const list = asList(enumeration, items);
  const text = ({ start, end }: Span) => list.article.text.slice(start, end);
  const isQuestion = items.some((item) => /哪|什么|[?？]$/u.test(text(item)));
  if (isQuestion && !isClosed) return null;
  const isMarked = isClosed && list.items.length > 2 && enumeration.kind !== "commas";
  return { list, isMarked };
});

/** Whether markers of a list stand within what was read without them. */
function interrupts(marked: TextList, list: TextList): boolean {
  if (marked.article !== list.article) return false;
  const { start } = list.items[0]!;
  const { end } = list.items.at(-1)!;
  return marked.items.some((item) => item.start > start && item.start <= end);
}

function sameItems(one: TextList, other: TextList): boolean {
  return (
    one.article === other.article &&
    one.items.length === other.items.length &&
    one.items.every(({ start, end }, i) => other.items[i]!.start === start && other.items[i]!.end === end)
  );
}

/** Items of which this share stands in the question are what it asks about. */
const MAX_ASKED = 0.6;

function tellsMoreThan(asked: ReadonlySet<string>, list: TextList): boolean {
  return bigramsOfItems(list).some(
    (own) => own.filter((bigram) => asked.has(bigram)).length < MAX_ASKED * own.length || own.length === 0,
  );
}

const bigramsOfItems = rememberWith(({ article, items }: TextList) =>
  items.map(({ start, end }) => [...bigramsOf(foldForSearch(article.text.slice(start, end)))]),
);

function bigramsOf(text: string): Set<string> {
  const letters = text.replace(/[^\p{L}\p{N}]/gu, "");
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
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

/** How much a word says of what is asked. */
export async function relevanceOf(
  cuts: readonly Cut[],
  { retrieval: { query } }: Findings,
  { embedder, table }: RetrievalParts,
): Promise<Relevance> {
  const texts = new Set(
    cuts.flatMap(({ words }) => [...words.values()].flatMap((all) => all.map(({ text }) => text))),
  );
  const tokens = await table.read([...texts]);
  const idsOf = new Map([...texts].map((text, i) => [text, tokens[i]!]));
  const subject = new Set(embedder.tokenize(listedSubjectOf(query.text)));
  const places = query.tokens.flatMap((id, t) => (subject.has(id) ? [t] : []));
  const known = new Map<string, number>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const matches = query.matcher.bestMatches(idsOf.get(text) ?? []);
    const best = places.reduce((most, t) => Math.max(most, matches[t]!), 0);
    known.set(text, best);
    return best;
  };
}
