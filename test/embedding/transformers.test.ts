import { cp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Embedder, MAX_TOKENS } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { AppError } from "../../src/errors.ts";
import { makeFolder, projectPath } from "../index/sample.ts";
import trainedPieces from "./pieces.json" with { type: "json" };

const model = projectPath("models", "wenbao-multilingual-256");

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const lengthOf = (vector: Float32Array) => Math.sqrt(dot(vector, vector));

/** A copy of the model's folder that one test may damage. */
async function copyModel(): Promise<string> {
  const folder = await makeFolder();
  await cp(model, folder, { recursive: true });
  return folder;
}

async function failureOf(loading: Promise<unknown>): Promise<AppError> {
  const error = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

describe("the embedded model", () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await loadEmbedder(model);
  });

  test("has a name, 256 dimensions and a fingerprint that is the same at each load", async () => {
    expect(embedder.name).toBe("wenbao-multilingual-256");
    expect(embedder.dimensions).toBe(256);
    expect(embedder.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect((await loadEmbedder(`${model}/`)).fingerprint).toBe(embedder.fingerprint);
  });

  test("cuts texts into the pieces that it was trained with", () => {
    // As sentencepiece cuts them in models/training.
    for (const [text, pieces] of trainedPieces as [string, string[]][])
      expect(embedder.pieces(embedder.tokenize(text)).join("|"), text).toBe(
        pieces.map((piece) => piece.replace("▁", " ").trim()).join("|"),
      );
  });

  test("gives one vector of length 1 a text, whatever the batch around it", async () => {
    const texts = Array.from({ length: 70 }, (_, i) => `第${i}条：${"矿山安全".repeat((i % 7) + 1)}`);
    const vectors = await embedder.pool(texts);
    expect(vectors).toHaveLength(70);
    for (const vector of vectors) expect(lengthOf(vector)).toBeCloseTo(1, 5);
    for (const i of [0, 33, 69]) {
      const [alone] = await embedder.pool([texts[i]!]);
      expect(dot(alone!, vectors[i]!)).toBeCloseTo(1, 5);
    }
    expect(await embedder.pool([])).toEqual([]);
  });

  test("gives a zero vector for a text without known pieces", async () => {
    const nothing = await embedder.pool(["", " \n\u3000", "ᚠᚢᚦ", "ሰላም"]);
    for (const vector of nothing) expect(vector.every((value) => value === 0)).toBe(true);
    const unknown = await embedder.tokenVectors(embedder.tokenize("ᚠᚢᚦ"));
    expect(unknown.every((value) => value === 0)).toBe(true);
    expect(embedder.tokenize("")).toEqual([]);
    expect(await embedder.tokenVectors([])).toHaveLength(0);
  });

  test("tells Han characters apart that training hardly met: 䲟 is a fish, 麐 and 龘 stand in names", async () => {
    const vectors = await embedder.pool(["䲟", "麐", "龘", "矿"]);
    vectors.forEach((one, i) => {
      expect(lengthOf(one)).toBeCloseTo(1, 5);
      for (const other of vectors.slice(0, i)) expect(Math.abs(dot(one, other))).toBeLessThan(0.4);
    });
  });

  test("reads Traditional, full-width and capital letters as Simplified, narrow and small ones", async () => {
    const [simplified, traditional] = await embedder.pool([
      "头发的发展，abc 2024",
      "頭髮的發展，ＡＢＣ　2024",
    ]);
    expect(traditional).toEqual(simplified);
  });

  test("puts a question nearer to the sentence that answers it than to another, across languages", async () => {
    const [english, answer, other] = await embedder.pool([
      "How much natural gas can the reservoir store?",
      "储气库的天然气总库容为十亿立方米。",
      "艺术家在博物馆展出了他的绘画。",
    ]);
    expect(dot(english!, answer!)).toBeGreaterThan(dot(english!, other!) + 0.1);
  });

  test("gives the vectors of single pieces in order, row after row; a text lies in the direction of their sum", async () => {
    const ids = embedder.tokenize("矿山安全管理");
    expect(ids.length).toBeGreaterThan(1);
    const rows = await embedder.tokenVectors([...ids, ids[0]!]);
    expect(rows).toHaveLength((ids.length + 1) * 256);
    expect(rows.slice(0, 256)).toEqual(rows.slice(-256));
    const sum = new Float32Array(256);
    rows.subarray(0, ids.length * 256).forEach((value, i) => {
      sum[i % 256]! += value;
    });
    const [pooled] = await embedder.pool(["矿山安全管理"]);
    expect(dot(sum, pooled!) / lengthOf(sum)).toBeCloseTo(1, 3);
  });

  test("names its pieces, which together are the folded text", () => {
    expect(embedder.pieces(embedder.tokenize("煤礦安全")).join("").replaceAll("▁", "").trim()).toBe(
      "煤矿安全",
    );
  });

  test("looks at no more than its limit of pieces, and stands halves of characters and emoji", async () => {
    expect(embedder.tokenize("矿山 安全 ".repeat(3000))).toHaveLength(MAX_TOKENS);
    for (const vector of await embedder.pool(["\ud83d", "👷🏽", "\0", "矿".repeat(20_000)])) {
      expect(vector.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("loadEmbedder", () => {
  test("names the file that is missing and says what to do", async () => {
    const folder = await copyModel();
    await rm(join(folder, "tokenizer.json"));
    const { message } = await failureOf(loadEmbedder(folder));
    expect(message).toContain("tokenizer.json");
    expect(message).toContain("git checkout models");
    expect((await failureOf(loadEmbedder(join(folder, "absent")))).message).toContain("git checkout models");
  });

  test("says what to do when a file is there but does not load", async () => {
    const folder = await copyModel();
    await truncate(join(folder, "onnx", "model_quantized.onnx"), 1000);
    const { message } = await failureOf(loadEmbedder(folder));
    expect(message).toContain("does not load");
    expect(message).toContain("git checkout models");
  });

  test.each([
    ["tokenizer.json", "{", "tokenizer.json is no JSON"],
    ["config.json", "", "config.json is no JSON"],
    ["tokenizer.json", { model: { type: "WordPiece", vocab: {} } }, "no unigram model"],
    ["tokenizer.json", { model: { type: "Unigram", vocab: [["a", "b"]] } }, "without text or number"],
    ["tokenizer.json", { model: { type: "Unigram", vocab: [null] } }, "without text or number"],
    ["tokenizer.json", { model: { type: "Unigram", vocab: [["a", -1]] } }, "differ in the number of pieces"],
    ["config.json", null, "differ in the number of pieces"],
  ])("refuses %s with the content %j", async (file, content, reason) => {
    const folder = await copyModel();
    await writeFile(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
    const { message } = await failureOf(loadEmbedder(folder));
    expect(message).toContain(reason);
    expect(message).toContain("git checkout models");
  });

  test("refuses weights that lack the vector of a piece", async () => {
    const folder = await copyModel();
    const tokenizer = JSON.parse(await readFile(join(folder, "tokenizer.json"), "utf8"));
    tokenizer.model.vocab.push(["龯龯", -15]);
    await writeFile(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
    const config = { model_type: "bert", vocab_size: tokenizer.model.vocab.length };
    await writeFile(join(folder, "config.json"), JSON.stringify(config));
    expect((await failureOf(loadEmbedder(folder))).message).toContain("does not load");
  });

  test("gives another fingerprint to another model, and may load both at once", async () => {
    const folder = await copyModel();
    await writeFile(join(folder, "tokenizer_config.json"), `{"tokenizer_class":"PreTrainedTokenizer"}`);
    const [one, other] = await Promise.all([loadEmbedder(model), loadEmbedder(folder)]);
    expect(other.fingerprint).not.toBe(one.fingerprint);
  });
});
