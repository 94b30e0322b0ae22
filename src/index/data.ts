import type { LexicalData } from "./lexical.ts";
import type { Lists } from "./lists.ts";
import type { Vectors } from "./vectors.ts";

/** What a build keeps of its passages, which are numbered from 0; the graph over their vectors lies beside it. */
export interface IndexData {
  /** Where each passage lies: the number of its article in the manifest, start and end of its span, one after another. */
  readonly spans: Uint32Array;
  readonly lexical: LexicalData;
  /** Distinct piece ids of each passage's search text. */
  readonly tokens: Lists;
  /** One a passage. */
  readonly vectors: Vectors;
  /** The passage of each label of the graph, `NO_ROW` where there is none. */
  readonly labels: Uint32Array;
}

/**
 * The files of a build by name. Numbers are little-endian, as every machine that Node runs on keeps them. JSON of
 * 100,000 passages took longer to read than all else.
 */
export function encodeData({ spans, lexical, tokens, vectors, labels }: IndexData): Map<string, Uint8Array> {
  const { terms, borders, offsets, postings, lengths } = lexical;
  return new Map([
    ["passages.bin", joinBytes([spans, lengths])],
    ["terms.bin", Buffer.from(terms, "utf16le")],
    ["postings.bin", joinBytes([Uint32Array.of(borders.length), borders, offsets, postings])],
    ["tokens.bin", joinBytes([tokens.offsets, tokens.values])],
    ["vectors.bin", joinBytes([vectors.scales, vectors.numbers])],
    ["labels.bin", joinBytes([labels])],
  ]);
}

/** What `encodeData` was given. The arrays are views of the files, which must be whole. */
export function decodeData(files: ReadonlyMap<string, Uint8Array>): IndexData {
  const passages = readNumbers(files.get("passages.bin")!);
  const total = passages.length / 4;
  const takePassages = inTurn(passages);
  const takePostings = inTurn(readNumbers(files.get("postings.bin")!));
  const takeTokens = inTurn(readNumbers(files.get("tokens.bin")!));
  const [terms] = takePostings(1);
  const vectors = aligned(files.get("vectors.bin")!);
  return {
    spans: takePassages(total * 3),
    lexical: {
      terms: Buffer.from(files.get("terms.bin")!).toString("utf16le"),
      borders: takePostings(terms),
      offsets: takePostings(terms),
      postings: takePostings(),
      lengths: takePassages(),
    },
    tokens: { offsets: takeTokens(total + 1), values: takeTokens() },
    vectors: {
      scales: new Float32Array(vectors.buffer, vectors.byteOffset, total),
      numbers: new Int8Array(vectors.buffer, vectors.byteOffset + total * 4, vectors.length - total * 4),
    },
    labels: readNumbers(files.get("labels.bin")!),
  };
}

function joinBytes(arrays: readonly (Uint32Array | Float32Array | Int8Array)[]): Uint8Array {
  return Buffer.concat(
    arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
  );
}

function readNumbers(bytes: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = aligned(bytes);
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

/** A view of four-byte numbers needs an aligned start, which a small file in Node's shared pool may lack. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
}

/** Gives the next so many of the numbers at each call, by default all that are left. */
function inTurn(numbers: Uint32Array): (length?: number) => Uint32Array {
  let start = 0;
  return (length = numbers.length - start) => {
    start += length;
    return numbers.subarray(start - length, start);
  };
}
