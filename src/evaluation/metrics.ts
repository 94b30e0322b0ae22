/** 1 where one of the first `k` is relevant, else 0. */
export function recallAt<Id>(ranked: readonly Id[], relevant: ReadonlySet<Id>, k: number): number {
  return ranked.slice(0, k).some((id) => relevant.has(id)) ? 1 : 0;
}

/** 1 ÷ the rank of the first relevant one, 0 where none is among the first `k`. */
export function reciprocalRankAt<Id>(ranked: readonly Id[], relevant: ReadonlySet<Id>, k: number): number {
  const position = ranked.slice(0, k).findIndex((id) => relevant.has(id));
  return position < 0 ? 0 : 1 / (position + 1);
}

/** Normalised discounted cumulative gain with gains of 0 and 1; `ranked` holds nothing twice. 0 without relevant ones. */
export function ndcgAt<Id>(ranked: readonly Id[], relevant: ReadonlySet<Id>, k: number): number {
  const discount = (position: number) => 1 / Math.log2(position + 2);
  const gain = ranked.slice(0, k).reduce((sum, id, i) => sum + (relevant.has(id) ? discount(i) : 0), 0);
  let ideal = 0;
  for (let i = 0; i < Math.min(k, relevant.size); i++) ideal += discount(i);
  return ideal === 0 ? 0 : gain / ideal;
}

/** A probability that was given, and what came of it. */
export interface Prediction {
  readonly confidence: number;
  readonly right: boolean;
}

const CALIBRATION_BINS = 10;

/**
 * Expected calibration error (Guo et al., ICML 2017) over ten bins of equal width: how far confidence and the share
 * of right ones lie apart, on average over the predictions. Null without any.
 */
export function expectedCalibrationError(predictions: readonly Prediction[]): number | null {
  return calibrationErrorOf(calibrationSums(predictions));
}

/** What the error is computed from, which adds up over predictions: Σ right − Σ confidence of each bin, then their number. */
export function calibrationSums(predictions: readonly Prediction[]): Float64Array {
  const sums = new Float64Array(CALIBRATION_BINS + 1);
  for (const { confidence, right } of predictions) {
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS));
    sums[bin]! += (right ? 1 : 0) - confidence;
  }
  sums[CALIBRATION_BINS] = predictions.length;
  return sums;
}

/** The error that these sums give; null where they are of nothing. */
export function calibrationErrorOf(sums: Float64Array): number | null {
  // |Σ right − Σ confidence| of a bin is its gap times its size.
  const total = sums.subarray(0, CALIBRATION_BINS).reduce((sum, gap) => sum + Math.abs(gap), 0);
  const count = sums[CALIBRATION_BINS]!;
  return count === 0 ? null : total / count;
}

/** By nearest rank: the smallest value which at least `share` (above 0, up to 1) of all do not exceed. Null without any. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}

/** Null without any value. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The share for which `holds`; null of nothing. */
export function shareOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): number | null {
  return mean(items.map((item) => (holds(item) ? 1 : 0)));
}
