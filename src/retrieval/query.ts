import { detectLanguage } from "../analysis/language.ts";
import { countScripts, mainScript, shareOfScript } from "../analysis/script.ts";
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
  /** What each of `tokens` counts for when evidence is chosen and judged, above or equal 0. */
  readonly weights: Float32Array;
  /** And when passages are ranked; see `COMMON_SURPRISE`. */
  readonly rankingWeights: Float32Array;
  readonly matcher: TokenMatcher;
  /** Of length 1, to be compared with those of the index. */
  readonly vector: Float32Array;
  /** Of length 1, to be compared with those of `Embedder.pool`; `vector` itself where the index holds such. */
  readonly pooled: Float32Array;
  /** Share of the corpus that is written in the question's main script, 0 to 1. */
  readonly scriptShare: number;
  /** Whether the question is mainly written in a script that the corpus is written in, too. */
  readonly sharesScript: boolean;
  /** Whether it may be expected to share words with the articles. */
  readonly sharesLanguage: boolean;
}

/** Below this share of the corpus, words of the question's script are names and strays, no basis for BM25. */
const MIN_SCRIPT_SHARE = 0.15;

/**
 * Surprise of the most common pieces. A piece weighs by what it says beyond them: idf takes every word that does not
 * occur, "how" like "harvest", for a rare one. Passages in the question's own language are ranked better without.
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
  const [language, vectors, pooled] = await Promise.all([
    detectLanguage(text),
    // The embedded model finds candidates by the same vectors.
    embedder.embed === embedder.pool ? pooling : embedder.embed([text], "query"),
    pooling,
    table.load(tokens),
  ]);
  const scriptShare = shareOfScript(countScripts(text), index.scripts);
  const sharesScript = scriptShare >= MIN_SCRIPT_SHARE;
  const sharesLanguage = isInLanguageOf(index, { text, language, sharesScript });
  const total = index.size;
  const rarities = Float32Array.from(
    tokens,
    (id) => Math.log(1 + total / (1 + index.tokenFrequency(id))) * table.norm(id),
  );
  const weights = rarities.map(
    (rarity, t) => rarity * Math.max(MIN_INFORMATION, embedder.surprise(tokens[t]!) - COMMON_SURPRISE),
  );
  return {
    text,
    terms: extractTerms(text),
    tokens,
    weights,
    rankingWeights: sharesLanguage ? rarities : weights,
    matcher: createTokenMatcher(tokens, table),
    vector: vectors[0]!,
    pooled: pooled[0]!,
    scriptShare,
    sharesScript,
    sharesLanguage,
  };
}

/**
 * Whether a question may be expected to share words with the articles: not one in German asked of articles in English.
 * Where articles are written in several scripts, that of the question is one of theirs.
 */
export function isInLanguageOf(
  index: Pick<SearchIndex, "scripts" | "language">,
  { text, language, sharesScript }: { text: string; language: string; sharesScript: boolean },
): boolean {
  const primary = (tag: string) => tag.split("-")[0];
  const inMainScript = mainScript(countScripts(text)) === mainScript(index.scripts);
  return sharesScript && (!inMainScript || primary(language) === primary(index.language));
}
