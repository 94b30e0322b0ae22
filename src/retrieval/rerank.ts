import type { TokenTable } from "./token-table.ts";

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
  const matrix = packRows(tokens, table);
  const known = new Map<number, Float32Array>();

  function bestMatches(text: Iterable<number>): Float32Array {
    const best = new Float32Array(width);
    for (const id of text) {
      let cosines = known.get(id);
      if (cosines === undefined) {
        cosines = multiply(matrix, width, table, table.rowOf(id));
        known.set(id, cosines);
      }
      for (let t = 0; t < width; t++) if (cosines[t]! > best[t]!) best[t] = cosines[t]!;
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

/** Query tokens whose products are computed together. */
const BLOCK = 4;

/** The tokens' vectors, row after row, with rows of zeros up to a multiple of `BLOCK`. */
function packRows(tokens: readonly number[], table: TokenTable): Float32Array {
  const { unit, dimensions } = table;
  const matrix = new Float32Array(Math.ceil(tokens.length / BLOCK) * BLOCK * dimensions);
  tokens.forEach((id, t) => {
    const row = table.rowOf(id);
    matrix.set(unit.subarray(row * dimensions, (row + 1) * dimensions), t * dimensions);
  });
  return matrix;
}

/** The hot loop: products of the matrix's rows with one row of the table, each number of which is read once a block. */
function multiply(
  matrix: Float32Array,
  width: number,
  { unit, dimensions }: TokenTable,
  row: number,
): Float32Array {
  const products = new Float32Array(Math.ceil(width / BLOCK) * BLOCK);
  const offset = row * dimensions;
  for (let t = 0; t < products.length; t += BLOCK) {
    const first = t * dimensions;
    const second = first + dimensions;
    const third = second + dimensions;
    const fourth = third + dimensions;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < dimensions; i++) {
      const value = unit[offset + i]!;
      a += matrix[first + i]! * value;
      b += matrix[second + i]! * value;
      c += matrix[third + i]! * value;
      d += matrix[fourth + i]! * value;
    }
    products[t] = a;
    products[t + 1] = b;
    products[t + 2] = c;
    products[t + 3] = d;
  }
  return products;
}
