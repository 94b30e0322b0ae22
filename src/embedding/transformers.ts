import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { AutoModel, env, Tensor } from "@xenova/transformers";
import * as z from "zod";
import { foldForSearch } from "../analysis/fold.ts";
import { AppError, messageOf } from "../errors.ts";
import { type Embedder, MAX_TOKENS } from "./embedder.ts";
import { createUnigram, type Piece } from "./unigram.ts";

/** Read for the fingerprint, and checked to be there before the library is asked. */
const MODEL_FILES = [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "onnx/model_quantized.onnx",
] as const;
type ModelFiles = Readonly<Record<(typeof MODEL_FILES)[number], Buffer>>;

const RESTORE = 'Restore the models folder, for example with "git checkout models".';
/** Texts a batch: more only makes the padded tensors larger. */
const BATCH_SIZE = 32;
/** Threads that wait for the next few milliseconds of work cost more than they save: half of all processor time. */
const SESSION = { intraOpNumThreads: 1 };
/** Stands for a space in pieces. */
const SPACE = "\u2581";

/**
 * Loads an embedding model with the outputs `last_hidden_state` and `sentence_embedding` from `folder`, which is
 * never left: the network is not touched. Texts are folded (see `foldForSearch`) before they are tokenised.
 * Throws an AppError where files are missing or do not load.
 */
export async function loadEmbedder(folder: string): Promise<Embedder> {
  const files = await readModelFiles(folder);
  env.allowRemoteModels = false;
  // A whole path is read as it stands; `env.localModelPath` would be shared by models that load at the same time.
  const path = resolve(folder);
  const fail = (cause: unknown): never => {
    const reason = messageOf(cause).replace(/\.$/, "");
    throw new AppError(`The embedding model in ${folder} does not load: ${reason}. ${RESTORE}`, { cause });
  };
  const { cut, vocabulary, surprises } = await createTokenizer(files).catch(fail);
  const model = await AutoModel.from_pretrained(path, { dtype: "q8", session_options: SESSION }).catch(fail);

  const tokenize = (text: string) => cut(foldForSearch(text)).slice(0, MAX_TOKENS);

  async function run(rows: readonly (readonly number[])[], output: string): Promise<Float32Array> {
    const width = Math.max(1, ...rows.map((row) => row.length));
    const ids = new BigInt64Array(rows.length * width);
    const mask = new BigInt64Array(rows.length * width);
    rows.forEach((row, r) => {
      row.forEach((id, column) => {
        ids[r * width + column] = BigInt(id);
        mask[r * width + column] = 1n;
      });
    });
    const dims = [rows.length, width];
    const outputs: Record<string, Tensor> = await model({
      input_ids: new Tensor("int64", ids, dims),
      attention_mask: new Tensor("int64", mask, dims),
    });
    const data = outputs[output]?.data;
    if (!(data instanceof Float32Array)) throw new Error(`it has no output ${output}`);
    return data;
  }

  async function pool(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += BATCH_SIZE) {
      const rows = texts.slice(start, start + BATCH_SIZE).map(tokenize);
      const pooled = await run(rows, "sentence_embedding");
      for (let r = 0; r < rows.length; r++) vectors.push(pooled.slice(r * dimensions, (r + 1) * dimensions));
    }
    return vectors;
  }

  // The last piece, so that a table which is too short is noticed.
  const dimensions = (await run([[surprises.length - 1]], "sentence_embedding").catch(fail)).length;
  return {
    name: basename(path),
    fingerprint: hashFiles(files),
    dimensions,
    tokenDimensions: dimensions,
    tokenize,
    pieces: (ids) => ids.map((id) => vocabulary[id]!.replaceAll(SPACE, " ").replace(/^ /, "")),
    surprise: (id) => surprises[id] ?? 0,
    embed: pool,
    pool,
    tokenVectors: async (ids) => (ids.length === 0 ? new Float32Array(0) : run([ids], "last_hidden_state")),
  };
}

const configSchema = z.object({ vocab_size: z.int() });
const unigramSchema = z.object({
  model: z.object({ type: z.literal("Unigram"), unk_id: z.int().default(1), vocab: z.array(z.unknown()) }),
});
/** What a text goes through before it is cut, in the words of the `tokenizers` library. */
const stepsSchema = z.object({
  normalizer: z.object({
    type: z.literal("Sequence"),
    normalizers: z.array(
      z.discriminatedUnion("type", [
        z.object({ type: z.literal("NFKC") }),
        z.object({ type: z.literal("Lowercase") }),
        z.object({
          type: z.literal("Replace"),
          pattern: z.object({ Regex: z.string() }),
          content: z.string(),
        }),
      ]),
    ),
  }),
  pre_tokenizer: z.object({ type: z.literal("Metaspace"), replacement: z.literal(SPACE) }),
});

/**
 * What cuts a folded text into the ids of its pieces, the pieces, and of each its surprise: a unigram model keeps
 * logarithms of probabilities.
 */
async function createTokenizer(files: ModelFiles) {
  const config = configSchema.safeParse(parseFile(files, "config.json"));
  const description = parseFile(files, "tokenizer.json");
  const unigram = unigramSchema.safeParse(description);
  if (!unigram.success) throw new Error("tokenizer.json holds no unigram model");
  const { vocab, unk_id } = unigram.data.model;
  if (!vocab.every(isPiece)) throw new Error("tokenizer.json holds a piece without text or number");
  if (config.data?.vocab_size !== vocab.length)
    throw new Error("config.json and tokenizer.json differ in the number of pieces");
  const steps = stepsSchema.safeParse(description);
  if (!steps.success) throw new Error("tokenizer.json prepares texts in a way that is not known");
  const normalize = steps.data.normalizer.normalizers.map((step): ((text: string) => string) => {
    if (step.type === "NFKC") return (text) => text.normalize("NFKC");
    if (step.type === "Lowercase") return (text) => text.toLowerCase();
    const pattern = new RegExp(step.pattern.Regex, "gu");
    return (text) => text.replace(pattern, () => step.content);
  });
  const encode = createUnigram(vocab, unk_id);
  return {
    cut(text: string): number[] {
      const normal = normalize.reduce((before, step) => step(before), text.trim());
      return normal === "" ? [] : encode(SPACE + normal.replaceAll(" ", SPACE));
    },
    vocabulary: vocab.map(([text]) => text),
    surprises: Float32Array.from(vocab, ([, logProbability]) => -logProbability),
  };
}

/** By hand, because a schema takes a tenth of a second for all of them. */
function isPiece(value: unknown): value is Piece {
  return Array.isArray(value) && typeof value[0] === "string" && Number.isFinite(value[1]);
}

function parseFile(files: ModelFiles, name: keyof ModelFiles): unknown {
  try {
    return JSON.parse(files[name].toString());
  } catch {
    throw new Error(`${name} is no JSON`);
  }
}

async function readModelFiles(folder: string): Promise<ModelFiles> {
  const contents = MODEL_FILES.map(async (file) => {
    const content = await readFile(join(folder, file)).catch((cause: unknown) => {
      throw new AppError(
        `The embedding model in ${folder} is incomplete: ${file} cannot be read. ${RESTORE}`,
        { cause },
      );
    });
    return [file, content] as const;
  });
  return Object.fromEntries(await Promise.all(contents)) as ModelFiles;
}

function hashFiles(files: ModelFiles): string {
  const hash = createHash("sha256");
  for (const file of MODEL_FILES) hash.update(file).update(files[file]);
  return hash.digest("hex");
}
