import { joinLists } from "./lists.ts";

/** Robertson and Walker's k1 and b, at the values Lucene and Anserini use for newspaper text. */
const K1 = 1.2;
const B = 0.75;

/** An inverted index over passages, as flat arrays that are written to disk as they are. */
export interface LexicalData {
  /** Term `t` has the postings `offsets[t]` to `offsets[t + 1]`. */
  readonly terms: readonly string[];
  readonly offsets: Uint32Array;
  /** Passage numbers, ascending within a term. */
  readonly passages: Uint32Array;
  /** How often the term stands in that passage. */
  readonly counts: Uint32Array;
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
export function buildLexicalData(termsOfPassages: readonly (readonly string[])[]): LexicalData {
  const postings = new Map<string, { readonly passages: number[]; readonly counts: number[] }>();
  for (const [passage, terms] of termsOfPassages.entries()) {
    for (const term of terms) {
      const { passages, counts } = postings.get(term) ?? { passages: [], counts: [] };
      if (passages.length === 0) postings.set(term, { passages, counts });
      if (passages.at(-1) === passage) counts[counts.length - 1]!++;
      else {
        passages.push(passage);
        counts.push(1);
      }
    }
  }
  const terms = [...postings.keys()].sort();
  const { offsets, values: passages } = joinLists(terms.map((term) => postings.get(term)!.passages));
  const { values: counts } = joinLists(terms.map((term) => postings.get(term)!.counts));
  const lengths = Uint32Array.from(termsOfPassages, (list) => list.length);
  return { terms, offsets, passages, counts, lengths };
}

/** Okapi BM25 with the idf of Lucene, ln(1 + (N - df + 0.5) / (df + 0.5)), which is never negative. */
export function openLexicalIndex(data: LexicalData): LexicalIndex {
  const { offsets, passages, counts, lengths } = data;
  const numberOf = new Map(data.terms.map((term, t) => [term, t]));
  const total = lengths.length;
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, total) || 1;
  const saturation = Float32Array.from(lengths, (length) => K1 * (1 - B + (B * length) / mean));

  function inverseFrequency(term: string): number {
    const t = numberOf.get(term);
    const frequency = t === undefined ? 0 : offsets[t + 1]! - offsets[t]!;
    return Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));
  }

  function scoreAll(terms: readonly string[]): Float32Array {
    const scores = new Float32Array(total);
    for (const term of new Set(terms)) {
      const t = numberOf.get(term);
      if (t === undefined) continue;
      const idf = inverseFrequency(term) * (K1 + 1);
      for (let at = offsets[t]!; at < offsets[t + 1]!; at++) {
        const passage = passages[at]!;
        scores[passage]! += (idf * counts[at]!) / (counts[at]! + saturation[passage]!);
      }
    }
    return scores;
  }

  return { scoreAll, inverseFrequency };
}
