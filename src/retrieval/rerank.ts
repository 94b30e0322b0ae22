import { type TokenTable, widen } from "./token-table.ts";

/** How a query's tokens meet the tokens of texts. */
export interface TokenMatcher {
  /** For each query token, in order, its best cosine among the tokens of a text; at least 0. */
  bestMatches(text: Iterable<number>): Float32Array;
}

/**
 * A matcher for distinct query tokens; every id, theirs and those of the texts, must have been loaded into `table`.
 * Cosines are computed once a text token, however many texts it stands in: reranking, choosing the evidence and
 * judging it see the same tokens again and again.
 */
export function createTokenMatcher(tokens: readonly number[], table: TokenTable): TokenMatcher {
  const width = tokens.length;
  /** By the row of a text token: one more than its number in `cosines`, 0 where it was not met. */
  let numbers = new Uint32Array(table.rows());
  let met = 0;
  /** By the number of a text token, one a query token. */
  let cosines = new Float32Array(2048 * width);

  /** Where the cosines of a text token begin. */
  function placeOf(id: number): number {
    const row = table.rowOf(id);
    if (row >= numbers.length) numbers = widen(numbers, new Uint32Array(Math.max(table.rows(), row + 1)));
    if (numbers[row]! > 0) return (numbers[row]! - 1) * width;
    const place = met++ * width;
    numbers[row] = met;
    if (place === cosines.length) cosines = widen(cosines, new Float32Array(cosines.length * 2));
    for (let t = 0; t < width; t++) cosines[place + t] = table.cosine(tokens[t]!, id);
    return place;
  }

  function bestMatches(text: Iterable<number>): Float32Array {
    const best = new Float32Array(width);
    // A loop over numbers of one kind is twice as fast.
    const ids = text instanceof Uint32Array ? text : Uint32Array.from(text);
    for (let i = 0; i < ids.length; i++) {
      const place = placeOf(ids[i]!);
      const known = cosines;
      for (let t = 0; t < width; t++) if (known[place + t]! > best[t]!) best[t] = known[place + t]!;
    }
    return best;
  }

  return { bestMatches };
}

/**
 * The mean of `values` by `weights`; 0 where all weights are 0. Of the best cosines of a query's tokens in a text it is
 * late interaction (Khattab and Zaharia, SIGIR 2020) with weights, between 0 and 1.
 */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]! * weights[i]!;
    total += weights[i]!;
  }
  return total === 0 ? 0 : sum / total;
}
