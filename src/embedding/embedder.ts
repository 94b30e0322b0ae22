/** Where texts lie: what the index and the rerank need of a model. */
export interface Embedder {
  /** Folder name of the model. */
  readonly name: string;
  /** SHA-256 over the model's files: changes whenever its vectors may. */
  readonly fingerprint: string;
  readonly dimensions: number;
  /** Piece ids of a text, in order; at most `MAX_TOKENS`. */
  tokenize(text: string): number[];
  /** The pieces themselves, for explanations. */
  pieces(ids: readonly number[]): string[];
  /** -ln of the share of a piece in the tokenizer's training text: rare pieces say more. */
  surprise(id: number): number;
  /** One pooled vector of length 1 a text; all zero for a text without known pieces. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** One vector a piece id, as trained (not normalised), row after row. */
  tokenVectors(ids: readonly number[]): Promise<Float32Array>;
}

/** Pieces of a text beyond this are not looked at. */
export const MAX_TOKENS = 2048;
