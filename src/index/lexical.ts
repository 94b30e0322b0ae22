import { joinLists } from "./lists.ts";

/** Robertson and Walker's k1 and b, at the values Lucene and Anserini use for newspaper text. */
const K1 = 1.2;
const B = 0.75;

/** A posting is the number of a passage and, in its lowest 8 bits, how often the term stands there. */
export const COUNT_BITS = 8;
/** More often counts as often: BM25 has long been saturated. */
export const MAX_COUNT = 2 ** COUNT_BITS - 1;

/** An inverted index over passages, as flat arrays that are written to disk as they are. */
export interface LexicalData {
  /** All terms end to end, in order; term `t` lies from `borders[t]` to `borders[t + 1]`. */
  readonly terms: string;
  readonly borders: Uint32Array;
  /** Term `t` has the postings `offsets[t]` to `offsets[t + 1]`, ascending by passage. */
  readonly offsets: Uint32Array;
  readonly postings: Uint32Array;
  /** Terms of each passage, with repetitions. */
  readonly lengths: Uint32Array;
}

export interface LexicalIndex {
  /** BM25 of every passage for the distinct ones of `terms`; 0 where none occurs. */
  scoreAll(terms: readonly string[]): Float32Array;
  /** Inverse document frequency, above 0; largest for a term that no passage holds. */
  inverseFrequency(term: string): number;
}

/** Inverts the terms of all passages; `termsOfPassages[p]` are those of passage `p`. */
export function buildLexicalData(termsOfPassages: Iterable<readonly string[]>): LexicalData {
  const postingsOf = new Map<string, number[]>();
  const lengths: number[] = [];
  for (const terms of termsOfPassages) {
    const first = lengths.length * 2 ** COUNT_BITS + 1;
    for (const term of terms) {
      const postings = postingsOf.get(term);
      const last = postings?.at(-1) ?? 0;
      if (postings === undefined) postingsOf.set(term, [first]);
      else if (last < first) postings.push(first);
      else if (last < first + MAX_COUNT - 1) postings[postings.length - 1] = last + 1;
    }
    lengths.push(terms.length);
  }
  const terms = [...postingsOf.keys()].sort();
  const borders = new Uint32Array(terms.length + 1);
  for (const [t, term] of terms.entries()) borders[t + 1] = borders[t]! + term.length;
  const { offsets, values: postings } = joinLists(terms.map((term) => postingsOf.get(term)!));
  return { terms: terms.join(""), borders, offsets, postings, lengths: Uint32Array.from(lengths) };
}

/** Okapi BM25 with the idf of Lucene, ln(1 + (N - df + 0.5) / (df + 0.5)), which is never negative. */
export function openLexicalIndex(data: LexicalData): LexicalIndex {
  const { borders, offsets, postings, lengths } = data;
  const total = lengths.length;
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, total) || 1;
  const saturation = Float32Array.from(lengths, (length) => K1 * (1 - B + (B * length) / mean));

  /** Where the term's postings begin and end. A map of a million terms would take 150 MB and a second to fill. */
  function rangeOf(term: string): { start: number; end: number } {
    let low = 0;
    let high = borders.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const found = data.terms.slice(borders[middle], borders[middle + 1]);
      if (found === term) return { start: offsets[middle]!, end: offsets[middle + 1]! };
      if (found < term) low = middle + 1;
      else high = middle;
    }
    return { start: 0, end: 0 };
  }

  function inverseFrequency(term: string): number {
    const { start, end } = rangeOf(term);
    const frequency = end - start;
    return Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));
  }

  function scoreAll(terms: readonly string[]): Float32Array {
    const scores = new Float32Array(total);
    for (const term of new Set(terms)) {
      const { start, end } = rangeOf(term);
      const idf = inverseFrequency(term) * (K1 + 1);
      for (let at = start; at < end; at++) {
        const passage = postings[at]! >>> COUNT_BITS;
        const count = postings[at]! & MAX_COUNT;
        scores[passage]! += (idf * count) / (count + saturation[passage]!);
      }
    }
    return scores;
  }

  return { scoreAll, inverseFrequency };
}
