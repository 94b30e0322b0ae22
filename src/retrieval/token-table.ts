import { rememberRecent } from "../analysis/remember.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { createQuantizedRows, quantize } from "../embedding/quantized.ts";

/**
 * Vectors of the model's pieces, fetched once each and kept with 8 bits a number, so that all of the vocabulary would
 * fit: 64 MB instead of 257.
 */
export interface TokenTable {
  /** Fetches what is missing of the ids of some texts. */
  load(...texts: readonly Iterable<number>[]): Promise<void>;
  /** Cuts texts into the ids of their pieces, and loads these. Sentences met lately are not cut again. */
  read(texts: readonly string[]): Promise<Uint32Array[]>;
  /** How many vectors it holds. */
  rows(): number;
  /** Number of the row that holds the vector of an id, from 0. The id was loaded. */
  rowOf(id: number): number;
  /** Length of a vector as trained, where telling pieces are long and function words short. The id was loaded. */
  norm(id: number): number;
  /** Cosine of the vectors of two ids that were loaded, -1 to 1; 0 where one has no direction. */
  cosine(one: number, other: number): number;
}

/** Characters of texts whose pieces are remembered, and what a text costs beside its own. */
const REMEMBERED_CHARS = 400_000;
const CHARS_A_TEXT = 50;

export function createTokenTable(embedder: Embedder): TokenTable {
  const { tokenDimensions: dimensions } = embedder;
  const rows = createQuantizedRows(dimensions);
  let count = 0;
  /** By id: one more than the number of its row, 0 where it has none. */
  let rowOf = new Uint32Array(1024);
  /** By row. */
  let norms = new Float32Array(1024);
  let scales = new Float32Array(1024);
  const cut = rememberRecent(
    (text: string) => ({ ids: Uint32Array.from(embedder.tokenize(text)), loaded: false }),
    {
      max: REMEMBERED_CHARS,
      sizeOf: ({ length }) => length + CHARS_A_TEXT,
    },
  );

  async function load(...texts: readonly Iterable<number>[]): Promise<void> {
    const missing = new Set<number>();
    for (const text of texts) {
      const ids = text instanceof Uint32Array ? text : Uint32Array.from(text);
      for (let i = 0; i < ids.length; i++) if (!rowOf[ids[i]!]) missing.add(ids[i]!);
    }
    if (missing.size === 0) return;
    const vectors = await embedder.tokenVectors([...missing]);
    // Another question may have fetched the same pieces meanwhile.
    [...missing].forEach((id, i) => {
      if (!rowOf[id]) add(id, vectors.subarray(i * dimensions, (i + 1) * dimensions));
    });
  }

  async function read(texts: readonly string[]): Promise<Uint32Array[]> {
    const cuts = texts.map(cut);
    const fresh = cuts.filter(({ loaded }) => !loaded);
    await load(...fresh.map(({ ids }) => ids));
    for (const text of fresh) text.loaded = true;
    return cuts.map(({ ids }) => ids);
  }

  function add(id: number, vector: Float32Array): void {
    const row = count++;
    rows.reserve(count);
    if (id >= rowOf.length) rowOf = widen(rowOf, new Uint32Array(id * 2));
    if (count > norms.length) {
      norms = widen(norms, new Float32Array(count * 2));
      scales = widen(scales, new Float32Array(count * 2));
    }
    rowOf[id] = row + 1;
    norms[row] = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    scales[row] = quantize(vector, rows.row(row));
  }

  function loadedRow(id: number): number {
    const row = rowOf[id];
    if (!row) throw new Error(`piece ${id} was not loaded into the token table`);
    return row - 1;
  }

  return {
    load,
    read,
    rows: () => count,
    rowOf: loadedRow,
    norm: (id) => norms[loadedRow(id)]!,
    cosine(one, other) {
      const [a, b] = [loadedRow(one), loadedRow(other)];
      return rows.dot(a * rows.stride, b * rows.stride) * scales[a]! * scales[b]!;
    },
  };
}

/** `to` with the numbers of `from` at its beginning. */
export function widen<Numbers extends Uint32Array | Float32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
