import type { ModelCard } from "./model-cards.ts";

/** Vectors of the tokens of several texts. */
export interface TokenVectors {
  readonly texts: number;
  /** `texts × width × dimensions`, row after row. */
  readonly values: Float32Array;
  /** `texts × width`; 0 where a shorter text was filled up. */
  readonly mask: ArrayLike<number | bigint>;
  readonly width: number;
  readonly dimensions: number;
}

/** One vector of length 1 a text, end to end; all zero for a text without tokens. */
export function poolTokens(tokens: TokenVectors, pooling: ModelCard["pooling"]): Float32Array {
  const { texts, values, mask, width, dimensions } = tokens;
  const pooled = new Float32Array(texts * dimensions);
  for (let text = 0; text < texts; text++) {
    const sum = pooled.subarray(text * dimensions, (text + 1) * dimensions);
    for (let token = text * width; token < (text + 1) * width; token++) {
      if (Number(mask[token]) === 0) continue;
      for (let d = 0; d < dimensions; d++) sum[d]! += values[token * dimensions + d]!;
      if (pooling === "cls") break;
    }
    // The mean and the sum point the same way.
    const norm = Math.hypot(...sum) || 1;
    for (let d = 0; d < dimensions; d++) sum[d]! /= norm;
  }
  return pooled;
}
