import type { Embedder } from "../src/embedding/embedder.ts";
import type { Article } from "../src/types.ts";

/** A passage as every system gets it: Wenbao's own cut, and its article's title before the text. */
export interface SearchText {
  readonly id: string;
  readonly articleId: string;
  readonly text: string;
}

/** What every system is built from. */
export interface Material {
  readonly articles: readonly Article[];
  readonly passages: readonly SearchText[];
}

/** What a system is given to work with, the same for all. */
export interface Tools {
  readonly embedder: Embedder;
  /** Pooled vectors of the embedded model, as the plain arrays that most packages ask for. */
  embed(texts: readonly string[]): Promise<number[][]>;
  /** Chinese words and those of other scripts, folded as Wenbao folds. */
  words(text: string): string[];
}

/** One system beside others: how it is built, kept and asked. */
export interface Peer {
  readonly kind: "vector" | "hybrid" | "lexical";
  build(material: Material, tools: Tools): Promise<Store>;
  /** Opens what `save` wrote. Absent where the system lives in memory only, and is built again instead. */
  open?(folder: string, tools: Tools): Promise<Store>;
}

export interface Store {
  /** Article ids of the `limit` best passages, best first, with repetitions. */
  search(question: string, limit: number): Promise<readonly string[]>;
  save?(folder: string): Promise<void>;
  /** Wenbao alone: the whole answer. */
  answer?(question: string): Promise<unknown>;
  /** Exact search alone: the search without the embedding of the question. */
  scan?(vector: Float32Array, limit: number): readonly number[];
}
