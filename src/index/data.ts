import * as z from "zod";
import type { LexicalData } from "./lexical.ts";
import type { Lists } from "./lists.ts";

/** What a build keeps of its passages, which are numbered from 0; the graph over their vectors lies beside it. */
export interface IndexData {
  /** Where each passage lies: the number of its article in the manifest, start and end of its span. */
  readonly spans: readonly (readonly [article: number, start: number, end: number])[];
  readonly lexical: LexicalData;
  /** Distinct piece ids of each passage's search text. */
  readonly tokens: Lists;
  /** One of length 1 a passage, row after row. */
  readonly vectors: Float32Array;
}

const spansSchema = z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.int().nonnegative()]));
const termsSchema = z.array(z.string());

/** The files of a build by name. Numbers are little-endian, as every machine that Node runs on keeps them. */
export function encodeData({ spans, lexical, tokens, vectors }: IndexData): Map<string, Uint8Array> {
  const { terms, offsets, passages, counts, lengths } = lexical;
  return new Map([
    ["passages.json", Buffer.from(JSON.stringify(spans))],
    ["terms.json", Buffer.from(JSON.stringify(terms))],
    ["postings.bin", joinBytes([offsets, passages, counts, lengths])],
    ["tokens.bin", joinBytes([tokens.offsets, tokens.values])],
    ["vectors.bin", joinBytes([vectors])],
  ]);
}

/** What `encodeData` was given. The arrays are views of the files, which must be whole. */
export function decodeData(files: ReadonlyMap<string, Uint8Array>): IndexData {
  const spans = spansSchema.parse(readJson(files.get("passages.json")!));
  const terms = termsSchema.parse(readJson(files.get("terms.json")!));
  const postings = readNumbers(files.get("postings.bin")!);
  const size = (postings.length - (terms.length + 1) - spans.length) / 2;
  const takePostings = inTurn(postings);
  const takeTokens = inTurn(readNumbers(files.get("tokens.bin")!));
  const vectors = readNumbers(files.get("vectors.bin")!);
  return {
    spans,
    lexical: {
      terms,
      offsets: takePostings(terms.length + 1),
      passages: takePostings(size),
      counts: takePostings(size),
      lengths: takePostings(spans.length),
    },
    tokens: { offsets: takeTokens(spans.length + 1), values: takeTokens() },
    vectors: new Float32Array(vectors.buffer, vectors.byteOffset, vectors.length),
  };
}

function joinBytes(arrays: readonly (Uint32Array | Float32Array)[]): Uint8Array {
  return Buffer.concat(
    arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
  );
}

function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString());
}

/** A view of four-byte numbers needs an aligned start, which a small file in Node's shared pool may lack. */
function readNumbers(bytes: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

/** Gives the next so many of the numbers at each call, by default all that are left. */
function inTurn(numbers: Uint32Array): (length?: number) => Uint32Array {
  let start = 0;
  return (length = numbers.length - start) => {
    start += length;
    return numbers.subarray(start - length, start);
  };
}
