import { foldForSearch } from "../analysis/fold.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { TokenTable } from "../retrieval/token-table.ts";
import { askedKinds } from "./asked-kind.ts";

/** A question as it is compared with others. */
export interface Traits {
  /** Distinct pieces, the first of them. */
  readonly tokens: readonly number[];
  /** The mean of its pieces' vectors, of length 1. */
  readonly vector: Float32Array;
  /** The numbers it names in digits, in order: what differs in them is another question. */
  readonly numbers: string;
  readonly kinds: number;
}

export interface LikenessFeatures {
  /** Of the vectors. */
  readonly cosine: number;
  /** The longest piece of either question that the other one has nothing like, by its length and how unlike. */
  readonly unmet: number;
  /** 1 where they ask for different kinds of thing. */
  readonly otherKind: number;
  /**
   * Cosine of what is left of both without the pieces they share: near 0 where one name stands in place of another,
   * higher where the same is said in other words.
   */
  readonly rest: number;
}

/** Pieces beyond these are not compared: a question is short. */
const MAX_TOKENS = 32;
/** Shorter rests are particles and endings, which say nothing for or against. */
const MIN_REST = 1.5;
const UNKNOWN_REST = 0.5;

/** Reads questions and loads their pieces into `table`. */
export async function readTraits(
  questions: readonly string[],
  { embedder, table }: { embedder: Embedder; table: TokenTable },
): Promise<Traits[]> {
  const tokens = questions.map((text) => [...new Set(embedder.tokenize(text))].slice(0, MAX_TOKENS));
  const vectors = await embedder.pool(questions);
  await table.load(...tokens);
  return questions.map((question, i) => ({
    tokens: tokens[i]!,
    vector: vectors[i]!,
    numbers: [...new Set(foldForSearch(question).match(/[0-9]+/gu) ?? [])].sort().join(" "),
    kinds: askedKinds(question),
  }));
}

/** How two questions are alike; both were read into `table`. */
export function compareTraits(one: Traits, other: Traits, table: TokenTable): LikenessFeatures {
  let cosine = 0;
  for (let d = 0; d < one.vector.length; d++) cosine += one.vector[d]! * other.vector[d]!;
  const isOther = one.kinds !== 0 && other.kinds !== 0 && (one.kinds & other.kinds) === 0;
  return {
    cosine,
    unmet: Math.max(unmetOf(one, other, table), unmetOf(other, one, table)),
    otherKind: isOther ? 1 : 0,
    rest: cosineOfRests(one.tokens, other.tokens, table),
  };
}

function unmetOf({ tokens }: Traits, other: Traits, table: TokenTable): number {
  let most = 0;
  for (const token of tokens) {
    let best = 0;
    for (const met of other.tokens) best = Math.max(best, table.cosine(token, met));
    most = Math.max(most, table.norm(token) * (1 - best));
  }
  return most;
}

function cosineOfRests(one: readonly number[], other: readonly number[], table: TokenTable): number {
  const [ours, theirs] = [one.filter((id) => !other.includes(id)), other.filter((id) => !one.includes(id))];
  const lengths = Math.sqrt(product(ours, ours, table)) * Math.sqrt(product(theirs, theirs, table));
  const isShort = lengths === 0 || lengths < MIN_REST * MIN_REST;
  return isShort ? UNKNOWN_REST : product(ours, theirs, table) / lengths;
}

/** Product of two sums of vectors. */
function product(ours: readonly number[], theirs: readonly number[], table: TokenTable): number {
  let sum = 0;
  for (const a of ours) for (const b of theirs) sum += table.norm(a) * table.norm(b) * table.cosine(a, b);
  return Math.max(0, sum);
}
