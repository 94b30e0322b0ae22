import type { Embedder } from "../embedding/embedder.ts";
import type { TokenTable } from "../retrieval/token-table.ts";
import { FUNCTION_HAN } from "./names.ts";

export interface SupportParts {
  readonly embedder: Embedder;
  readonly table: TokenTable;
}

/** What each piece counts for, as in `analyzeQuery`, but for the passages: a quote stands alone. */
export function weigh(ids: readonly number[], { embedder, table }: SupportParts): number[] {
  return ids.map((id) => table.norm(id) * Math.max(0.5, embedder.surprise(id) - 5));
}

/** The pieces of a folded text; of one that function characters have joined, what is left without them. */
export function contentPieces(text: string, embedder: Embedder): number[] {
  const ids = embedder.tokenize(text);
  return embedder.pieces(ids).flatMap((piece, i) => {
    const rest = piece.replace(FUNCTION_HAN, "");
    if (rest === piece) return [ids[i]!];
    return rest.trim() === "" ? [] : embedder.tokenize(rest);
  });
}

/** Every one to three characters of Chinese: other words than the tokenizer cuts. */
export function shortRuns(text: string): string[] {
  return [...text.matchAll(/\p{Script=Han}+/gu)].flatMap(([run]) => {
    const characters = [...run];
    return characters.flatMap((_, i) => [1, 2, 3].map((length) => characters.slice(i, i + length).join("")));
  });
}
