import type { Latency, Quality } from "./measure.ts";
import type { PeerFigures } from "./processes.ts";

/** One system at one size. */
export interface Row extends PeerFigures {
  readonly peer: string;
  /** What was wanted; `passages` is what whole articles came to. */
  readonly size: number;
  readonly passages: number;
}

export interface Results {
  readonly name: string;
  readonly date: string;
  readonly commit: string;
  readonly model: string;
  readonly node: string;
  readonly machine: string;
  /** Where the other articles are from; null where sentences of the shipped ones make them up. */
  readonly mass: string | null;
  /** How many by set and language. */
  readonly questions: Readonly<Record<string, number>>;
  /** Package and version of each peer. */
  readonly peers: Readonly<Record<string, string>>;
  readonly rows: Row[];
}

/** A line of a table or chart: Wenbao has two, one of what its peers do and one of what it is for. */
export interface Line extends Row {
  readonly title: string;
  readonly latency?: Latency;
  readonly quality?: Quality;
}

export const TITLES: Readonly<Record<string, string>> = {
  exact: "exact scan",
  langchain: "LangChain.js",
  llamaindex: "LlamaIndexTS",
  orama: "Orama",
  minisearch: "MiniSearch",
  vectra: "vectra",
};

/** Of the measured packages, what is used and how. */
export const USES: Readonly<Record<string, string>> = {
  exact: "every vector of a Float32Array is compared in plain JavaScript.",
  langchain: "MemoryVectorStore. It has no form on disk, so to open it is to embed and build anew.",
  llamaindex: "VectorStoreIndex over its simple stores, saved once at the end.",
  orama:
    "hybrid search with its own weights, words as the tokenizer, and a least similarity of 0.2 in place of 0.8, which is made for other models; saved by its persistence plugin.",
  minisearch: "BM25+ over words, with its own settings; it takes no vectors.",
  vectra: "LocalIndex in its binary form.",
};

export function linesOf(rows: readonly Row[]): Line[] {
  return rows.flatMap((row): Line[] => {
    const { peer, ask } = row;
    const ranking = ask && { latency: ask.search, quality: ask.quality };
    if (peer !== "wenbao") return [{ ...row, title: TITLES[peer] ?? peer, ...ranking }];
    const answer = ask?.answer && { latency: ask.answer };
    return [
      { ...row, title: "Wenbao, search", ...ranking },
      { ...row, title: "Wenbao, whole answer", ...answer },
    ];
  });
}

/** The rows of each size, smallest first. */
export function bySize(rows: readonly Row[]): [size: number, rows: Row[]][] {
  return [...new Set(rows.map(({ size }) => size))].map((size) => [
    size,
    rows.filter((row) => row.size === size),
  ]);
}

export function count(size: number): string {
  return size.toLocaleString("en");
}
