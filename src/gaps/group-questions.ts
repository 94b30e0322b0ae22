import { setImmediate as letOthersRun } from "node:timers/promises";
import { foldForComparison } from "../analysis/fold.ts";
import { weigh } from "../answering/weigh.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { createQuantizedRows, quantize } from "../embedding/quantized.ts";
import { createTokenTable, type TokenTable } from "../retrieval/token-table.ts";
import { compareTraits, type LikenessFeatures, readTraits, type Traits } from "./likeness.ts";

/** Groups questions that ask the same, in whatever language: each group the places of its questions, in their order. */
export type GroupQuestions = (questions: readonly string[]) => Promise<readonly (readonly number[])[]>;

/** Log-odds that two questions ask the same: `bench/fit-gaps.ts` fits them, `test/gaps` says how well they do. */
export const WEIGHTS = { cosine: 4.32, unmet: -0.91, otherKind: -4.47, rest: 8.7 } as const;
const BIAS = -2.76;
/** A wrong merge gives somebody the answer to another question; two groups for one question cost a second look. */
export const BAR = 0.6;

/** Questions whose vectors lie further apart were never labelled the same and met the bar. */
const MIN_COSINE = 0.4;
/** With more than these of its nearest a question is not compared, so that thousands that are nearly alike take no minutes. */
const MAX_NEIGHBOURS = 24;
/** Groups are compared by so many of their questions. */
const SAMPLE = 6;
/** Questions, or groups, until others may run. */
const ROWS_A_TURN = 50;

interface Pair {
  readonly one: number;
  readonly other: number;
  readonly score: number;
}

/**
 * A grouper that knows the pieces it has seen. Groups are merged, the likest first, while the mean log-odds of their
 * questions (of the first six of each) meets the bar; numbers that differ keep questions apart whatever they say
 * else.
 */
export function createGrouper(embedder: Embedder, bar = BAR): GroupQuestions {
  const table = createTokenTable(embedder);
  return async (questions) => {
    const spellings = new Map<string, number[]>();
    questions.forEach((question, place) => {
      const spelling = foldForComparison(question).replace(/[^\p{L}\p{N}]/gu, "") || question;
      const known = spellings.get(spelling);
      if (known) known.push(place);
      else spellings.set(spelling, [place]);
    });
    const places = [...spellings.values()];
    const traits: Traits[] = [];
    for (let from = 0; from < places.length; from += ROWS_A_TURN) {
      await letOthersRun();
      const turn = places.slice(from, from + ROWS_A_TURN).map(([first]) => questions[first!]!);
      traits.push(...(await readTraits(turn, { embedder, table })));
    }
    const likeness = (one: number, other: number) => likenessOf(traits[one]!, traits[other]!, table);
    const pairs = await alikePairs(traits, likeness, bar);
    const groups = await merge(traits.length, pairs, likeness, bar);
    return groups
      .map((members) => members.flatMap((member) => places[member]!).sort((a, b) => a - b))
      .sort(([a], [b]) => a! - b!);
  };
}

function likenessOf(one: Traits, other: Traits, table: TokenTable): number {
  if (one.numbers !== other.numbers) return Number.NEGATIVE_INFINITY;
  return weigh<keyof LikenessFeatures>(compareTraits(one, other, table), WEIGHTS, BIAS);
}

/** The pairs that meet the bar, the likest first. */
async function alikePairs(
  traits: readonly Traits[],
  likeness: (one: number, other: number) => number,
  bar: number,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  const near = neighboursOf(traits);
  for (let one = 0; one < traits.length; one++) {
    if (one % ROWS_A_TURN === 0) await letOthersRun();
    for (const other of near(one)) {
      const score = likeness(one, other);
      if (score >= bar) pairs.push({ one, other, score });
    }
  }
  return pairs.sort((a, b) => b.score - a.score);
}

/** For each of them the nearest ones before it. */
function neighboursOf(traits: readonly Traits[]): (one: number) => number[] {
  if (traits.length === 0) return () => [];
  const rows = createQuantizedRows(traits[0]!.vector.length);
  rows.reserve(traits.length);
  const scales = traits.map(({ vector }, i) => quantize(vector, rows.row(i)));
  return (one) => {
    const found: { other: number; cosine: number }[] = [];
    for (let other = 0; other < one; other++) {
      const cosine = rows.dot(one * rows.stride, other * rows.stride) * scales[one]! * scales[other]!;
      if (cosine >= MIN_COSINE) found.push({ other, cosine });
    }
    if (found.length > MAX_NEIGHBOURS) found.sort((a, b) => b.cosine - a.cosine);
    return found.slice(0, MAX_NEIGHBOURS).map(({ other }) => other);
  };
}

/** Merges along the pairs while the groups as a whole are alike. */
async function merge(
  size: number,
  pairs: readonly Pair[],
  likeness: (one: number, other: number) => number,
  bar: number,
): Promise<readonly number[][]> {
  const groupOf = Array.from({ length: size }, (_, i) => [i]);
  for (const [turn, { one, other }] of pairs.entries()) {
    if (turn % ROWS_A_TURN === 0) await letOthersRun();
    const [ours, theirs] = [groupOf[one]!, groupOf[other]!];
    if (ours === theirs || meanLikeness(ours, theirs, likeness) < bar) continue;
    const [into, from] = ours.length >= theirs.length ? [ours, theirs] : [theirs, ours];
    for (const member of from) {
      into.push(member);
      groupOf[member] = into;
    }
  }
  return [...new Set(groupOf)];
}

function meanLikeness(
  ours: readonly number[],
  theirs: readonly number[],
  likeness: (one: number, other: number) => number,
): number {
  let sum = 0;
  const [some, others] = [ours.slice(0, SAMPLE), theirs.slice(0, SAMPLE)];
  for (const one of some) for (const other of others) sum += likeness(one, other);
  return sum / (some.length * others.length);
}
