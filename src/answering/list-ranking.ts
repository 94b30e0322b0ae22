import { rememberWith } from "../analysis/remember.ts";
import { shareMainScript } from "../analysis/script.ts";
import { splitSentences } from "../analysis/sentences.ts";
import { dotRow } from "../index/vectors.ts";
import { weightedMean } from "../retrieval/rerank.ts";
import type { RetrievalParts } from "../retrieval/retrieve.ts";
import type { Span } from "../types.ts";
import type { Findings } from "./investigate.ts";
import { findCandidates } from "./list-candidates.ts";
import type { TextList } from "./lists.ts";
import { listedSubjectOf } from "./question.ts";
import { weigh } from "./weigh.ts";

/** What speaks for a list as the one that is asked for; about 0 to 1 each, where nothing else is said. */
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
  /** How well its reading holds, -1 to 1. */
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
 * Conditional logits over the lists that may be meant, fitted on the tune half of test/datasets/lists and
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
  const { marked, fitting } = await findCandidates(findings, parts);
  const { count } = findings.aspects;
  if (fitting.length === 0) return [];
  const texts = fitting.map(({ list }) => textsOf(list));
  const titles = fitting.map(({ list }) => list.article.title);
  const score = scoreSubject(findings, parts);
  const pooled = await parts.embedder.pool(texts.map(({ whole }) => whole));
  const [titled, fresh, near, name] = await Promise.all([
    score(texts.map((text) => text.titled)),
    score(
      texts.map(({ beside }) => beside),
      titles,
    ),
    score(
      texts.map((text) => text.near),
      titles,
    ),
    score(fitting.map(({ list }) => list.name)),
  ]);
  const candidates = fitting.map(({ list, reading, isMarked }, i): ListCandidate => {
    const first = list.items[0]!;
    const last = list.items.at(-1)!;
    const features: ListFeatures = {
      leadEvidence: evidenceIn(list, texts[i]!.lastSentence, findings),
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

/** What a list is compared by, the same for every question. */
const textsOf = rememberWith((list: TextList) => {
  const { article, items, lead } = list;
  const slice = ({ start, end }: Span) => article.text.slice(start, end);
  const [before, after] = [slice(lead), slice(list.tail)];
  const beside = `${before}\n${after}`;
  return {
    beside,
    titled: `${article.title}\n${beside}`,
    near: `${LAST_CLAUSE.exec(before)![0]}\n${FIRST_CLAUSE.exec(after)![0]}`,
    whole: `${beside}\n${slice({ start: items[0]!.start, end: items.at(-1)!.end })}`,
    lastSentence: splitSentences(article.text, lead).at(-1) ?? lead,
  };
});

/** The best score of evidence that meets a span, below that of the best of all. */
function evidenceIn({ article }: TextList, { start, end }: Span, { evidence }: Findings): number {
  const met = evidence.find((one) => one.article === article && one.span.end > start && one.span.start < end);
  return Math.max(-MAX_LOSS, (met?.score ?? -Infinity) - evidence[0]!.score);
}

export function sharesLanguage({ article }: TextList, { retrieval: { query } }: Findings): boolean {
  return query.sharesLanguage && shareMainScript(query.text, article.text.slice(0, 200));
}

function isWithin(list: TextList, outer: TextList): boolean {
  const { start } = list.items[0]!;
  const { end } = list.items.at(-1)!;
  return list.article === outer.article && outer.items.some((item) => item.start <= start && end <= item.end);
}

/**
 * What tells how well texts meet what the items of a list are asked for of, 0 to 1, where given without what `said`
 * says; 1 where only a number is asked for.
 */
export function scoreSubject(
  { retrieval: { query } }: Findings,
  { embedder, table }: RetrievalParts,
): (texts: readonly string[], said?: readonly string[]) => Promise<number[]> {
  const subject = embedder.tokenize(listedSubjectOf(query.text));
  if (subject.length === 0) return async (texts) => texts.map(() => 1);
  // Without its number, 六大洲 leaves 洲, which is a part of the question's piece 大洲.
  const hanParts = embedder.pieces(subject).filter((piece) => /\p{Script=Han}/u.test(piece));
  const pieces = embedder.pieces(query.tokens);
  const weights = query.weights.map((weight, t) =>
    subject.includes(query.tokens[t]!) || hanParts.some((part) => pieces[t]!.includes(part)) ? weight : 0,
  );
  return async (texts, said = []) => {
    const distinct = [...new Set(said)];
    const tokens = await table.read(texts);
    const saidTokens = await table.read(distinct);
    const unsaid = new Map(
      distinct.map((text, i) => {
        const known = query.matcher.bestMatches(saidTokens[i]!);
        return [text, weights.map((weight, t) => weight * (1 - known[t]!))];
      }),
    );
    return tokens.map((ids, i) =>
      weightedMean(query.matcher.bestMatches(ids), said.length === 0 ? weights : unsaid.get(said[i]!)!),
    );
  };
}
