import type { Embedder } from "../embedding/embedder.ts";

/**
 * Vectors of the model's pieces, fetched once each and kept: `unit` holds them at length 1, row after row.
 * Rows stay valid; `unit` and `norms` are replaced when the table grows, so read them anew after `load`.
 */
export interface TokenTable {
  /** Numbers a vector; a multiple of 4. */
  readonly dimensions: number;
  readonly unit: Float32Array;
  /** Lengths before normalisation: training makes telling pieces long and function words short. */
  readonly norms: Float32Array;
  /** Fetches what is missing and gives the row of each id. */
  load(ids: Iterable<number>): Promise<void>;
  /** Row of an id that was loaded. */
  rowOf(id: number): number;
}

export function createTokenTable(embedder: Embedder): TokenTable {
  const dimensions = embedder.tokenDimensions;
  const rows = new Map<number, number>();
  let unit = new Float32Array(1024 * dimensions);
  let norms = new Float32Array(1024);

  function grow(size: number): void {
    if (size <= norms.length) return;
    const capacity = Math.max(size, norms.length * 2);
    const wider = new Float32Array(capacity * dimensions);
    wider.set(unit);
    unit = wider;
    const longer = new Float32Array(capacity);
    longer.set(norms);
    norms = longer;
  }

  async function load(ids: Iterable<number>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !rows.has(id));
    if (missing.length === 0) return;
    const vectors = await embedder.tokenVectors(missing);
    // Another question may have fetched the same pieces meanwhile.
    missing.forEach((id, i) => {
      if (rows.has(id)) return;
      const row = rows.size;
      rows.set(id, row);
      grow(rows.size);
      const vector = vectors.subarray(i * dimensions, (i + 1) * dimensions);
      const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
      norms[row] = norm;
      for (let d = 0; d < dimensions; d++) unit[row * dimensions + d] = vector[d]! / (norm || 1);
    });
  }

  function rowOf(id: number): number {
    const row = rows.get(id);
    if (row === undefined) throw new Error(`piece ${id} was not loaded into the token table`);
    return row;
  }

  return {
    dimensions,
    get unit() {
      return unit;
    },
    get norms() {
      return norms;
    },
    load,
    rowOf,
  };
}
