/**
 * What is kept of a text to tell how much of another it repeats: the smallest hash of its shingles in each of `BINS`
 * bins, EMPTY where no shingle fell. (Broder, "On the resemblance and containment of documents", 1997; one hash over
 * bins: Li, Owen and Zhang, "One permutation hashing", 2012.)
 */
export type Sketch = Uint32Array;

/** Characters of a shingle. */
const SHINGLE = 4;
/** The estimate's standard deviation is at most √(0.25 ÷ 256), three points. */
const BINS = 256;
const EMPTY = 0xffffffff;
/** A pair that has fewer of these in common is not looked at further: 20,000 articles are 200 million pairs. */
const FIRST_BINS = 32;
const LEAST_FIRST_SHARE = 0.25;
/** What more texts have says little: 5,000 copies of one text took two minutes. */
const MOST_HOLDERS = 300;
const MOST_COMPARED = 50;

/** The text as it is compared: width, case, punctuation and white space say nothing. */
export function foldForSketch(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** `folded` as `foldForSketch` gives it. */
export function sketchOf(folded: string): Sketch {
  const sketch = new Uint32Array(BINS).fill(EMPTY);
  for (let start = 0; start + SHINGLE <= folded.length; start++) {
    const hash = hashShingle(folded, start);
    const bin = hash % BINS;
    if (hash < sketch[bin]!) sketch[bin] = hash;
  }
  return sketch;
}

/** The estimated share of the shingles of two texts that both have, 0 to 1. */
export function resemblance(one: Sketch, other: Sketch): number {
  let filled = 0;
  let equal = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const [left, right] = [one[bin]!, other[bin]!];
    if (left !== EMPTY || right !== EMPTY) filled++;
    if (left !== EMPTY && left === right) equal++;
  }
  return filled === 0 ? 0 : equal / filled;
}

export interface Resembling<Key> {
  readonly key: Key;
  readonly resemblance: number;
}

/** Sketches among which those that resemble another are found without looking at each. */
export interface SketchIndex<Key> {
  readonly add: (key: Key, sketch: Sketch) => void;
  /** Those with at least this resemblance, 0.5 or more, the most alike first; of hundreds, some. */
  readonly find: (sketch: Sketch, least: number) => readonly Resembling<Key>[];
}

export function createSketchIndex<Key>(): SketchIndex<Key> {
  const entries: { readonly key: Key; readonly sketch: Sketch }[] = [];
  /** From a hash in one of the first bins that are not empty to the entries that have it; a hash names its bin. */
  const holders = new Map<number, number[]>();
  const firstOf = (sketch: Sketch) => sketch.filter((hash) => hash !== EMPTY).subarray(0, FIRST_BINS);
  return {
    add(key, sketch) {
      for (const hash of firstOf(sketch)) {
        const list = holders.get(hash) ?? [];
        if (list.length === 0) holders.set(hash, list);
        if (list.length < MOST_HOLDERS) list.push(entries.length);
      }
      entries.push({ key, sketch });
    },
    find(sketch, least) {
      const first = firstOf(sketch);
      const shared = new Map<number, number>();
      for (const hash of first)
        for (const entry of holders.get(hash) ?? []) shared.set(entry, (shared.get(entry) ?? 0) + 1);
      return [...shared]
        .filter(([, equal]) => equal >= first.length * LEAST_FIRST_SHARE)
        .sort(([, a], [, b]) => b - a)
        .slice(0, MOST_COMPARED)
        .map(([entry]) => entries[entry]!)
        .map(({ key, sketch: other }) => ({ key, resemblance: resemblance(sketch, other) }))
        .filter((each) => each.resemblance >= least)
        .sort((a, b) => b.resemblance - a.resemblance);
    },
  };
}

/** Four UTF-16 units, mixed as MurmurHash3 (Appleby) does at its end. */
function hashShingle(text: string, start: number): number {
  const first = text.charCodeAt(start) | (text.charCodeAt(start + 1) << 16);
  const second = text.charCodeAt(start + 2) | (text.charCodeAt(start + 3) << 16);
  let hash = Math.imul(first, 0xcc9e2d51) ^ Math.imul((second << 15) | (second >>> 17), 0x1b873593);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
