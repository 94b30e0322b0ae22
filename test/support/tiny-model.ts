/** The files of a model of the hub, made for a test: every word has a vector that plain arithmetic knows. */
export interface TinyModel {
  /** By path, as the hub has them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The vector of one word. */
  readonly vectorOf: (word: string) => number[];
}

const SPECIAL = ["[PAD]", "[UNK]"];

/**
 * A model that looks up a vector for each word of `words` (or Han character: these stand alone), and nothing else;
 * other words share one vector.
 *
 * @param weights The path that its weights get.
 */
export function makeTinyModel(
  words: readonly string[],
  { dimensions = 8, weights = "onnx/model_quantized.onnx" } = {},
): TinyModel {
  const vocabulary = new Map([...SPECIAL, ...new Set(words)].map((word, id) => [word, id]));
  const rowOf = (id: number) =>
    Array.from({ length: dimensions }, (_, d) => Math.sin((id + 1) * (d + 1) * 0.7));
  const table = Float32Array.from([...vocabulary.values()].flatMap(rowOf));
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const tokenizer = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: false,
      lowercase: false,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: null,
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary),
    },
  };
  const files = new Map<string, Uint8Array>([
    ["config.json", json({ model_type: "bert", hidden_size: dimensions })],
    ["tokenizer.json", json(tokenizer)],
    [
      "tokenizer_config.json",
      json({
        tokenizer_class: "BertTokenizer",
        pad_token: "[PAD]",
        unk_token: "[UNK]",
        model_max_length: 512,
      }),
    ],
    [weights, lookupGraph(table, dimensions)],
  ]);
  return { files, vectorOf: (word) => rowOf(vocabulary.get(word) ?? 1).map(Math.fround) };
}

const FLOAT = 1;
const INT64 = 7;

/** An ONNX model of one node: last_hidden_state = Gather(table, input_ids). Fields by number as in onnx.proto. */
function lookupGraph(table: Float32Array, dimensions: number): Uint8Array {
  const tensor = (name: string, type: number, shape: readonly (string | number)[]) =>
    message(
      [1, name],
      [
        2,
        message([1, message([1, type], [2, message(...shape.map((dim) => [1, dimension(dim)] as const))])]),
      ],
    );
  const dimension = (dim: string | number) =>
    typeof dim === "string" ? message([2, dim]) : message([1, dim]);
  const node = message(
    [1, "table"],
    [1, "input_ids"],
    [2, "last_hidden_state"],
    [3, "lookup"],
    [4, "Gather"],
  );
  const raw = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
  const initializer = message(
    [1, table.length / dimensions],
    [1, dimensions],
    [2, FLOAT],
    [8, "table"],
    [9, raw],
  );
  const graph = message(
    [1, node],
    [2, "tiny"],
    [5, initializer],
    [11, tensor("input_ids", INT64, ["batch", "sequence"])],
    [11, tensor("attention_mask", INT64, ["batch", "sequence"])],
    [12, tensor("last_hidden_state", FLOAT, ["batch", "sequence", dimensions])],
  );
  return message([1, 8], [7, graph], [8, message([1, ""], [2, 13])]);
}

/** A protobuf message of whole numbers, texts and messages, each with the number of its field. */
function message(
  ...fields: readonly (readonly [field: number, value: number | string | Uint8Array])[]
): Uint8Array {
  return Buffer.concat(
    fields.map(([field, value]) => {
      if (typeof value === "number") return Buffer.concat([varint(field << 3), varint(value)]);
      const bytes = Buffer.from(value);
      return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
    }),
  );
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
