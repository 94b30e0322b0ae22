import type { Span } from "../types.ts";
import type { Word, WordKind } from "./item-words.ts";

export interface WeighedWord extends Word {
  /** How much it says of what is asked, 0 to 1. */
  readonly relevance: number;
}

/** Features that are not 0. */
export type Features<Weights> = { readonly [Name in keyof Weights]?: number };

/** Items are alike: in length, in how they begin and end, in what they hold; of the first and the last beside the others. */
export const LIKENESS = {
  spread: -7.12,
  firstKind: 0.89,
  firstText: 0.95,
  lastKind: 0.18,
  lastCharacter: 0.79,
  /** More words of a kind than any other item holds. */
  v: -0.64,
  p: -0.73,
  u: -0.55,
  d: 0.01,
  r: -1.05,
  c: -0.09,
  /** A single character beside longer ones. */
  single: -2.66,
  /** An ending such as no item has that is whole. */
  unfinished: -0.65,
  relevance: -1.44,
};

/** Features, weighed and added. */
export function sum<Weights extends object>(weights: Weights, features: Features<Weights>): number {
  let total = 0;
  for (const name in features) total += (weights[name as keyof Weights] as number) * features[name]!;
  return total;
}

const COUNTED_KINDS = ["v", "p", "u", "d", "r", "c"] as const;
const UNFINISHED: readonly WordKind[] = ["m", "a", "r", "c", "p"];

/** What is compared of an item. */
export interface Shape extends Span {
  readonly first: Word;
  readonly last: Word;
  readonly counts: readonly number[];
  readonly relevance: number;
}

export function shapeOf(words: readonly WeighedWord[]): Shape {
  const first = words[0]!;
  const last = words.at(-1)!;
  return {
    start: first.start,
    end: last.end,
    first,
    last,
    counts: COUNTED_KINDS.map((kind) => words.filter((word) => word.kind === kind).length),
    relevance: Math.max(...words.map((word) => word.relevance)),
  };
}

/** Mean deviation of the logarithms of the items' lengths. */
export function spreadOf(items: readonly Span[]): number {
  const logs = items.map(({ start, end }) => Math.log(end - start + 1));
  const mean = logs.reduce((total, log) => total + log, 0) / logs.length;
  return logs.reduce((total, log) => total + Math.abs(log - mean), 0) / logs.length;
}

export function likenessFeatures(shapes: readonly Shape[]): Features<typeof LIKENESS> {
  const features: Record<keyof typeof LIKENESS, number> = { ...NONE_ALIKE, spread: spreadOf(shapes) };
  for (const end of [shapes[0]!, shapes.at(-1)!]) {
    const others = shapes.filter((shape) => shape !== end);
    const share = (isLike: (other: Shape) => boolean) => others.filter(isLike).length / others.length;
    features.firstKind += share((other) => other.first.kind === end.first.kind);
    features.firstText += Math.floor(share((other) => other.first.text === end.first.text));
    features.lastKind += share((other) => other.last.kind === end.last.kind);
    features.lastCharacter += share((other) => other.last.text.at(-1) === end.last.text.at(-1));
    COUNTED_KINDS.forEach((kind, k) => {
      features[kind] += Math.max(0, end.counts[k]! - Math.max(...others.map(({ counts }) => counts[k]!)));
    });
    const isSingle = end.end - end.start === 1;
    if (isSingle && others.every((other) => other.end - other.start > 1)) features.single++;
    if (UNFINISHED.includes(end.last.kind) && others.every(({ last }) => last.kind !== end.last.kind))
      features.unfinished++;
  }
  features.relevance = standingOut(shapes.map(({ relevance }) => relevance));
  return features;
}

/** By how much the first and the last item say more of what is asked than any other. */
export function standingOut(relevances: readonly number[]): number {
  const beyond = (end: number) => {
    const most = Math.max(...relevances.filter((_, i) => i !== end));
    return Math.max(0, relevances[end]! - most - 0.1);
  };
  return beyond(0) + beyond(relevances.length - 1);
}

const NONE_ALIKE = Object.fromEntries(Object.keys(LIKENESS).map((name) => [name, 0])) as Record<
  keyof typeof LIKENESS,
  number
>;
