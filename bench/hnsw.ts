import { percentile } from "../src/evaluation/metrics.ts";
import { readBuildInForce } from "../src/index/build-folder.ts";
import { decodeData } from "../src/index/data.ts";
import { loadHnswlib, openHnsw } from "../src/index/hnsw.ts";
import { openExact } from "../src/index/vectors.ts";

/** What the graph gains and loses. */
export interface HnswFigures {
  /** Median time of a search, as a share of exact search's. */
  readonly time: number;
  /** Share of the ten nearest that it finds. */
  readonly "recall@10": number;
}

/** Compares the graph of an index with exact search on the questions' vectors; undefined where it has none. */
export async function compareHnsw(
  indexDir: string,
  questions: readonly Float32Array[],
): Promise<HnswFigures | undefined> {
  const lib = loadHnswlib();
  const build = await readBuildInForce(indexDir);
  const dimensions = questions[0]!.length;
  if (lib === undefined || build?.graph === undefined) return undefined;
  const { vectors, labels } = decodeData(build.files);
  const exact = openExact(vectors, dimensions);
  const hnsw = openHnsw(lib, dimensions, build.graph, labels, vectors.scales.length);
  const times = { exact: [] as number[], hnsw: [] as number[] };
  let found = 0;
  for (const vector of questions) {
    let start = performance.now();
    const wanted = exact.search(vector, 40).slice(0, 10);
    times.exact.push(performance.now() - start);
    start = performance.now();
    const got = new Set(
      hnsw
        .search(vector, 40)
        .slice(0, 10)
        .map(({ passage }) => passage),
    );
    times.hnsw.push(performance.now() - start);
    found += wanted.filter(({ passage }) => got.has(passage)).length / wanted.length;
  }
  return {
    time: percentile(times.hnsw, 0.5)! / percentile(times.exact, 0.5)!,
    "recall@10": found / questions.length,
  };
}
