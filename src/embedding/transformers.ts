import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import * as z from "zod";
import { foldForSearch } from "../analysis/fold.ts";
import { rememberRecent } from "../analysis/remember.ts";
import { AppError, messageOf } from "../errors.ts";
import { type Embedder, MAX_TOKENS } from "./embedder.ts";
import { createUnigram, type Piece } from "./unigram.ts";
import { readWeights } from "./weights.ts";

/** All are part of the fingerprint. */
const MODEL_FILES = [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "onnx/model_quantized.onnx",
] as const;
type ModelFiles = Readonly<Record<(typeof MODEL_FILES)[number], Buffer>>;

const RESTORE = 'Restore the models folder, for example with "git checkout models".';
const RECENT_TEXTS = 256;
/** 2 MB, or 4. */
const RECENT_VECTORS = 2000;
/** Stands for a space in pieces. */
const SPACE = "\u2581";

/**
 * Loads the embedding model in `folder`: a table of token vectors, of which a text's vector is the mean. Texts are
 * folded (see `foldForSearch`) before they are cut. Throws an AppError where files are missing or do not load.
 */
export async function loadEmbedder(folder: string): Promise<Embedder> {
  const files = await readModelFiles(folder);
  const { cut, vocabulary, surprises, weights } = await parseModel(files).catch((cause: unknown) => {
    const reason = messageOf(cause).replace(/\.$/, "");
    throw new AppError(`The embedding model in ${folder} does not load: ${reason}. ${RESTORE}`, { cause });
  });
  const { dimensions } = weights;
  /** Sentences that may be quoted are cut for their pieces and again for their vector. */
  const recent = new Map<string, number[]>();

  function tokenize(text: string): number[] {
    const known = recent.get(text);
    if (known) return [...known];
    const ids = cut(foldForSearch(text)).slice(0, MAX_TOKENS);
    if (recent.size === RECENT_TEXTS) recent.clear();
    recent.set(text, ids);
    return [...ids];
  }

  function poolOne(text: string): Float32Array {
    const sum = new Float32Array(dimensions);
    for (const id of tokenize(text)) weights.addRow(id, sum);
    const length = Math.sqrt(sum.reduce((square, value) => square + value * value, 0)) || 1;
    return sum.map((value) => value / length);
  }
  /** Of the sentences that every question is compared with. */
  const poolText = rememberRecent(poolOne, { max: RECENT_VECTORS, sizeOf: () => 1 });

  async function pool(texts: readonly string[]): Promise<Float32Array[]> {
    return texts.map(poolText);
  }

  return {
    name: basename(resolve(folder)),
    fingerprint: hashFiles(files),
    dimensions,
    tokenDimensions: dimensions,
    tokenize,
    pieces: (ids) => ids.map((id) => vocabulary[id]!.replaceAll(SPACE, " ").replace(/^ /, "")),
    surprise: (id) => surprises[id] ?? 0,
    embed: pool,
    pool,
    async tokenVectors(ids) {
      const rows = new Float32Array(ids.length * dimensions);
      ids.forEach((id, i) => {
        weights.addRow(id, rows.subarray(i * dimensions, (i + 1) * dimensions));
      });
      return rows;
    },
  };
}

async function parseModel(files: ModelFiles) {
  const tokenizer = createTokenizer(files);
  const weights = readWeights(files["onnx/model_quantized.onnx"]);
  if (weights.rows !== tokenizer.vocabulary.length)
    throw new Error("weights and tokenizer.json differ in the number of pieces");
  return { ...tokenizer, weights };
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
function createTokenizer(files: ModelFiles) {
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
