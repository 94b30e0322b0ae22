/** What a text is embedded for: some models are trained to read questions and passages differently. */
export type TextRole = "query" | "passage";

/**
 * Where texts lie: what the index, the rerank and the evidence need of a model. The candidates' vectors (`embed`) may
 * be those of a model of the hub; everything else is the embedded model's, which every weight was fitted with.
 */
export interface Embedder {
  /** What an operator knows the model by; for a model of the hub, with the embedded one beside it. */
  readonly name: string;
  /** SHA-256 over the files: changes whenever a vector may. */
  readonly fingerprint: string;
  /** Numbers in a vector of `embed`. */
  readonly dimensions: number;
  /** Numbers in a vector of `pool` and of `tokenVectors`; a multiple of 4. */
  readonly tokenDimensions: number;
  /** Piece ids of a text, in order; at most `MAX_TOKENS`. */
  tokenize(text: string): number[];
  /** The pieces themselves, for explanations. */
  pieces(ids: readonly number[]): string[];
  /** -ln of the share of a piece in the texts of its script that the tokenizer was made from: rare pieces say more. */
  surprise(id: number): number;
  /** One vector of length 1 a text, by which candidates are found; all zero for a text without known pieces. */
  embed(texts: readonly string[], role: TextRole): Promise<Float32Array[]>;
  /** The mean of its pieces' vectors at length 1 for each text; all zero for a text without known pieces. Not to be changed. */
  pool(texts: readonly string[]): Promise<Float32Array[]>;
  /** One vector a piece id, as trained (not normalised), row after row. */
  tokenVectors(ids: readonly number[]): Promise<Float32Array>;
}

/** Pieces of a text beyond this are not looked at. */
export const MAX_TOKENS = 2048;
