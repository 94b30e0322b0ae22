import { countScripts, shareOfScript } from "../analysis/script.ts";
import { extractTerms } from "../analysis/terms.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { SearchIndex } from "../index/open.ts";
import { createTokenMatcher, type TokenMatcher } from "./rerank.ts";
import type { TokenTable } from "./token-table.ts";

/** A question as the index sees it. */
export interface Query {
  readonly text: string;
  readonly terms: readonly string[];
  /** Distinct piece ids. */
  readonly tokens: readonly number[];
  /** What each of `tokens` counts for in the rerank, above or equal 0. */
  readonly weights: Float32Array;
  readonly matcher: TokenMatcher;
  /** Of length 1, to be compared with those of the index. */
  readonly vector: Float32Array;
  /** Of length 1, to be compared with those of `Embedder.pool`; `vector` itself where the index holds such. */
  readonly pooled: Float32Array;
  /** Whether the question is mainly written in a script that the corpus is written in, too. */
  readonly sharesScript: boolean;
}

/** Below this share of the corpus, words of the question's script are names and strays, no basis for BM25. */
const MIN_SCRIPT_SHARE = 0.15;

/**
 * Surprise of the most common pieces. A piece weighs by what it says beyond them: in a small corpus idf alone takes
 * every word that happens not to occur, "how" like "harvest", for a rare one.
 */
const COMMON_SURPRISE = 5;
const MIN_INFORMATION = 0.5;

/** Analyses a question and loads its pieces into `table`. */
export async function analyzeQuery(
  text: string,
  { index, embedder, table }: { index: SearchIndex; embedder: Embedder; table: TokenTable },
): Promise<Query> {
  const tokens = [...new Set(embedder.tokenize(text))];
  const pooling = embedder.pool([text]);
  const [vectors, pooled] = await Promise.all([
    // The embedded model finds candidates by the same vectors.
    embedder.embed === embedder.pool ? pooling : embedder.embed([text], "query"),
    pooling,
    table.load(tokens),
  ]);
  const total = index.passages.length;
  const weights = Float32Array.from(tokens, (id) => {
    const idf = Math.log(1 + total / (1 + index.tokenFrequency(id)));
    const information = Math.max(MIN_INFORMATION, embedder.surprise(id) - COMMON_SURPRISE);
    return idf * information * table.norms[table.rowOf(id)]!;
  });
  return {
    text,
    terms: extractTerms(text),
    tokens,
    weights,
    matcher: createTokenMatcher(tokens, table),
    vector: vectors[0]!,
    pooled: pooled[0]!,
    sharesScript: shareOfScript(countScripts(text), index.scripts) >= MIN_SCRIPT_SHARE,
  };
}
