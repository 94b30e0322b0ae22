import { figuresOf, type Outcome, predictionOf } from "./figures.ts";
import { calibrationErrorOf, calibrationSums, percentile } from "./metrics.ts";

/** 95 of 100 such intervals hold the figure that a set of any size would give. */
export type Interval = readonly [low: number, high: number];

export const RESAMPLES = 1000;
/** Further clusters join earlier ones: so many tell the spread to 2 %, eight thousand take seconds. A prime, against rhythms. */
const MAX_CLUSTERS = 997;
const TAIL = 0.025;
const ECE = "calibration.ece";

/** A figure as a function of sums over the questions. */
interface Statistic {
  /** Of each cluster of questions that has a say, its number and its sums. */
  readonly clusters: Map<number, Float64Array>;
  readonly finish: (sums: Float64Array) => number | null;
}

/**
 * The figures in the groups of `figures`, by name: "answers.first", "byLanguage.zh.recall@1". Without those that are
 * null, and without what is in no group.
 */
export function namedFigures(figures: object, group = ""): readonly (readonly [string, number])[] {
  return Object.entries(figures).flatMap(([key, value]): readonly (readonly [string, number])[] => {
    if (typeof value === "number") return group === "" ? [] : [[group + key, value]];
    return value === null || typeof value !== "object" || Array.isArray(value)
      ? []
      : namedFigures(value, `${group}${key}.`);
  });
}

/**
 * 95 % intervals of all figures but times, by the name of the figure: percentile bootstrap (Efron and Tibshirani, An
 * Introduction to the Bootstrap, 1993) over clusters of questions (Field and Welsh, JRSS B 2007). Questions with the
 * same evidence, else with the same relevant articles, are one cluster: asked in ten languages they are no ten
 * witnesses. The same outcomes give the same intervals. None for a figure on which one cluster alone has a say.
 */
export function intervalsOf(outcomes: readonly Outcome[]): Readonly<Record<string, Interval>> {
  const clusters = clustersOf(outcomes);
  const statistics = [...statisticsOf(outcomes, clusters)].filter(
    ([, statistic]) => statistic.clusters.size > 1,
  );
  const samples = resample(
    statistics.map(([, statistic]) => statistic),
    new Set(clusters).size,
  );
  return Object.fromEntries(
    statistics.map(([name, statistic], i) => [name, intervalOf(name, statistic, samples[i]!)]),
  );
}

/** The number of each outcome's cluster. */
function clustersOf(outcomes: readonly Outcome[]): number[] {
  const numbers = new Map<unknown, number>();
  return outcomes.map(({ query }) => {
    const { evidence, relevant } = query;
    const key = evidence ?? (relevant?.size ? JSON.stringify([...relevant].sort()) : query);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number % MAX_CLUSTERS;
  });
}

/** Every figure but the calibration error is the mean of the questions' own, where these have one. */
function statisticsOf(outcomes: readonly Outcome[], clusters: readonly number[]): Map<string, Statistic> {
  const statistics = new Map<string, Statistic>();
  const add = (name: string, cluster: number, sums: ArrayLike<number>, finish: Statistic["finish"]) => {
    const statistic = statistics.get(name) ?? { clusters: new Map<number, Float64Array>(), finish };
    statistics.set(name, statistic);
    const total = statistic.clusters.get(cluster) ?? new Float64Array(sums.length);
    for (let i = 0; i < total.length; i++) total[i]! += sums[i]!;
    statistic.clusters.set(cluster, total);
  };
  for (const [i, outcome] of outcomes.entries()) {
    for (const [name, value] of namedFigures(figuresOf([outcome]))) {
      if (name === ECE) add(name, clusters[i]!, calibrationSums(predictionOf(outcome)), calibrationErrorOf);
      else if (!name.startsWith("latencyMs.")) add(name, clusters[i]!, [value, 1], meanOf);
    }
  }
  return statistics;
}

function meanOf(sums: Float64Array): number | null {
  return sums[1] === 0 ? null : sums[0]! / sums[1]!;
}

/** For each statistic its values on as many clusters as there are, drawn with replacement, again and again. */
function resample(statistics: readonly Statistic[], clusters: number): readonly number[][] {
  const random = xorshift();
  // In columns, which the loop below walks a thousand times.
  const packed = statistics.map((statistic) => {
    const rows = [...statistic.clusters.values()];
    const ids = Uint32Array.from(statistic.clusters.keys());
    const columns = [...rows[0]!].map((_, j) => Float64Array.from(rows, (sums) => sums[j]!));
    return { ids, columns, finish: statistic.finish, values: [] as number[] };
  });
  const drawn = new Float64Array(clusters);
  for (let round = 0; round < RESAMPLES; round++) {
    drawn.fill(0);
    for (let i = 0; i < clusters; i++) drawn[Math.floor(random() * clusters)]!++;
    for (const { ids, columns, finish, values } of packed) {
      const value = finish(Float64Array.from(columns, (column) => weightedSum(column, ids, drawn)));
      if (value !== null) values.push(value);
    }
  }
  return packed.map(({ values }) => values);
}

function weightedSum(column: Float64Array, ids: Uint32Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < ids.length; i++) sum += weights[ids[i]!]! * column[i]!;
  return sum;
}

function intervalOf(name: string, { clusters, finish }: Statistic, values: readonly number[]): Interval {
  const low = percentile(values, TAIL)!;
  const high = percentile(values, 1 - TAIL)!;
  // Where all say the same, resampling knows no spread; n clusters that do leave room for 1 − TAIL^(1/n) that do not
  // (Clopper and Pearson, Biometrika 1934).
  const room = 1 - TAIL ** (1 / clusters.size);
  if (low === high) return low === 1 ? [1 - room, 1] : low === 0 ? [0, room] : [low, high];
  if (name !== ECE) return [low, high];
  // Resampling adds noise to every bin, which only ever raises the error: the interval is moved back by as much.
  const sums = new Float64Array([...clusters.values()][0]!.length);
  for (const part of clusters.values()) for (let j = 0; j < sums.length; j++) sums[j]! += part[j]!;
  const bias = values.reduce((sum, value) => sum + value, 0) / values.length - finish(sums)!;
  return [Math.max(0, low - bias), high - bias];
}

/** Marsaglia, Xorshift RNGs (Journal of Statistical Software 2003), with shifts of 13, 17 and 5: 0 to 1, without 1. */
function xorshift(): () => number {
  let state = 2463534242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
