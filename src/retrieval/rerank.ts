import type { TokenTable } from "./token-table.ts";

export interface QueryTokens {
  /** Distinct piece ids. */
  readonly tokens: readonly number[];
  readonly weights: Float32Array;
}

/**
 * Late interaction (Khattab and Zaharia, SIGIR 2020), weighted: for each text the weighted mean over the query's
 * tokens of their best cosine among the text's tokens, negative ones counted as 0. Between 0 and 1; 0 for a text or
 * query without tokens. Every id must have been loaded into `table`.
 */
export function lateInteraction(
  query: QueryTokens,
  texts: readonly Iterable<number>[],
  table: TokenTable,
): Float32Array {
  const best = bestMatches(query, texts, table);
  const total = query.weights.reduce((sum, weight) => sum + weight, 0);
  return Float32Array.from(best, (matches) => {
    let sum = 0;
    matches.forEach((cosine, t) => {
      sum += query.weights[t]! * cosine;
    });
    return total === 0 ? 0 : sum / total;
  });
}

/** For each text the best cosine of each query token among the text's tokens, at least 0. */
export function bestMatches(
  { tokens }: Pick<QueryTokens, "tokens">,
  texts: readonly Iterable<number>[],
  table: TokenTable,
): Float32Array[] {
  const cosines = cosinesByRow(tokens, new Set(texts.flatMap((text) => [...text])), table);
  return texts.map((text) => {
    const best = new Float32Array(tokens.length);
    for (const id of text) {
      const row = cosines.get(id)!;
      for (let t = 0; t < best.length; t++) if (row[t]! > best[t]!) best[t] = row[t]!;
    }
    return best;
  });
}

/**
 * Cosines of all query tokens with each distinct token of the texts, computed once however often it occurs: the hot
 * loop. Four products at a time let the processor overlap them.
 */
function cosinesByRow(
  tokens: readonly number[],
  ids: ReadonlySet<number>,
  table: TokenTable,
): Map<number, Float32Array> {
  const { unit, dimensions } = table;
  const queryRows = tokens.map((id) => table.rowOf(id) * dimensions);
  const cosines = new Map<number, Float32Array>();
  for (const id of ids) {
    const offset = table.rowOf(id) * dimensions;
    const row = new Float32Array(tokens.length);
    for (let t = 0; t < row.length; t++) {
      const start = queryRows[t]!;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = 0; i < dimensions; i += 4) {
        a += unit[start + i]! * unit[offset + i]!;
        b += unit[start + i + 1]! * unit[offset + i + 1]!;
        c += unit[start + i + 2]! * unit[offset + i + 2]!;
        d += unit[start + i + 3]! * unit[offset + i + 3]!;
      }
      row[t] = a + b + c + d;
    }
    cosines.set(id, row);
  }
  return cosines;
}
