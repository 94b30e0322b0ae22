import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openAssistant } from "../../src/assistant.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { withHubModel } from "../../src/embedding/with-hub-model.ts";
import { AppError } from "../../src/errors.ts";
import { buildIndex } from "../../src/index/build.ts";
import { makeArticle, makeFolder, projectPath } from "../index/sample.ts";
import { startFakeHub } from "../support/fake-hub.ts";
import { makeTinyModel } from "../support/tiny-model.ts";

const tiny = makeTinyModel(["red", "green", "apple", "query", "passage", ":", "矿", "山"]);
let embedded: Embedder;
let cacheDir: string;
let endpoint: string;
beforeAll(async () => {
  embedded = await loadEmbedder(projectPath("models", "wenbao-multilingual-256"));
});
beforeEach(async () => {
  cacheDir = await makeFolder();
  const names = ["you/tiny", "you/e5-tiny", "you/bge-tiny-m3"];
  const hub = await startFakeHub(Object.fromEntries(names.map((name) => [name, tiny.files])));
  onTestFinished(hub.close);
  endpoint = hub.endpoint;
});

async function open(name = "you/tiny") {
  const embedder = await withHubModel(embedded, { name, cacheDir, endpoint });
  onTestFinished(async () => void (await embedder.close()));
  return embedder;
}

/** The mean of the words' vectors at length 1, in plain arithmetic. */
function meanOf(...words: string[]): number[] {
  const vectors = words.map(tiny.vectorOf);
  const sum = vectors[0]!.map((_, d) => vectors.reduce((total, vector) => total + vector[d]!, 0));
  const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  return sum.map((value) => value / length);
}

function expectVectors(found: readonly Float32Array[], wanted: readonly (readonly number[])[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [i, vector] of found.entries())
    expect([...vector]).toEqual(wanted[i]!.map((value) => expect.closeTo(value, 5)));
}

describe("withHubModel", () => {
  test("gives each text the mean of its words, whatever the batch around it", async () => {
    const { embed, dimensions } = await open();
    expect(dimensions).toBe(8);
    const texts = ["red apple", "矿山", "green green apple", "red"];
    const means = [["red", "apple"], ["矿", "山"], ["green", "green", "apple"], ["red"]].map((words) =>
      meanOf(...words),
    );
    expectVectors(await embed(texts, "query"), means);
    const many = Array.from({ length: 50 }, (_, i) => i % 4);
    expectVectors(
      await embed(
        many.map((i) => texts[i]!),
        "passage",
      ),
      many.map((i) => means[i]!),
    );
    expect(await embed([], "query")).toEqual([]);
  });

  test("puts the model's prefixes before questions and passages", async () => {
    const { embed } = await open("you/e5-tiny");
    expectVectors(await embed(["red apple"], "query"), [meanOf("query", ":", "red", "apple")]);
    expectVectors(await embed(["red apple"], "passage"), [meanOf("passage", ":", "red", "apple")]);
  });

  test("takes the first vector where the model wants it", async () => {
    const { embed } = await open("you/bge-tiny-m3");
    expectVectors(await embed(["red apple", "apple"], "passage"), [meanOf("red"), meanOf("apple")]);
  });

  test("gives zeros for a text without tokens, and finite numbers for any other", async () => {
    const { embed } = await open();
    expectVectors(await embed(["", "red"], "query"), [new Array(8).fill(0), meanOf("red")]);
    expectVectors(await embed([" "], "query"), [new Array(8).fill(0)]);
    for (const vector of await embed(["\ud83d", "👷🏽", "\0", "red ".repeat(20_000)], "passage"))
      expect(vector.every(Number.isFinite)).toBe(true);
  });

  test("leaves pieces, their vectors and pooled ones to the embedded model", async () => {
    const dense = await open();
    const ids = dense.tokenize("矿山安全");
    expect(ids).toEqual(embedded.tokenize("矿山安全"));
    expect(await dense.tokenVectors(ids)).toHaveLength(ids.length * dense.tokenDimensions);
    expect(await dense.pool(["矿山"])).toEqual(await embedded.pool(["矿山"]));
  });

  // Each of the five loads a thread of its own.
  test("has both models' names, and a fingerprint over both, the files and their use", {
    timeout: 90_000,
  }, async () => {
    const [one, other] = [await open("you/tiny"), await open("you/e5-tiny")];
    expect(one.name).toBe("you/tiny with wenbao-multilingual-256");
    expect((await open("you/tiny")).fingerprint).toBe(one.fingerprint);
    expect(other.fingerprint).not.toBe(one.fingerprint);
    const model = { name: "you/tiny", cacheDir, endpoint };
    const changed = await withHubModel({ ...embedded, fingerprint: "0".repeat(64) }, model);
    expect(changed.fingerprint).not.toBe(one.fingerprint);
    await writeFile(join(cacheDir, "you/tiny/config.json"), `{"model_type":"bert","hidden_size":9}`);
    expect((await open("you/tiny")).fingerprint).not.toBe(one.fingerprint);
  });

  test("builds an index that only it opens, and answers from it", async () => {
    const articles = [
      makeArticle("mine", "矿山", "矿山的安全由安全员负责，每天检查三次。"),
      makeArticle("road", "道路", "汉源大道全长八公里，于去年通车。"),
    ];
    const dense = await open();
    const [own, plain] = [await makeFolder(), await makeFolder()];
    await buildIndex({ articles, indexDir: own, embedder: dense });
    await buildIndex({ articles, indexDir: plain, embedder: embedded });
    const assistant = await openAssistant({ articles, indexDir: own, embedder: dense });
    expect(assistant.model).toBe(dense.name);
    const answer = await assistant.ask("汉源大道全长多少公里？");
    expect(answer).toMatchObject({ kind: "answered", quotes: [{ articleId: "road" }] });
    // How sure it is, is judged by the embedded model: other models' cosines have another scale.
    const alone = await openAssistant({ articles, indexDir: plain, embedder: embedded });
    expect(answer.confidence).toBeCloseTo((await alone.ask(answer.question)).confidence, 5);
    await expect(openAssistant({ articles, indexDir: own, embedder: embedded })).rejects.toThrow(
      /another model \(you\/tiny with wenbao-multilingual-256\) than the one in use \(wenbao-multilingual-256\)\. Run "npm run index"/,
    );
    await expect(openAssistant({ articles, indexDir: plain, embedder: dense })).rejects.toThrow(
      /another model \(wenbao-multilingual-256\) than the one in use \(you\/tiny/,
    );
    const { embeddedArticles } = await buildIndex({ articles, indexDir: own, embedder: embedded });
    expect(embeddedArticles).toBe(2);
  });

  test("computes in a thread of its own: everything else goes on", async () => {
    const { embed } = await open();
    const texts = Array.from({ length: 3000 }, (_, i) => "red green apple ".repeat(20 + (i % 20)));
    let longestMs = 0;
    let lastMs = performance.now();
    const startMs = lastMs;
    const watch = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    }, 5);
    await embed(texts, "passage");
    clearInterval(watch);
    const tookMs = performance.now() - startMs;
    expect(tookMs).toBeGreaterThan(200);
    expect(longestMs).toBeLessThan(tookMs / 2);
  });

  test("answers questions side by side, each with its own vector", async () => {
    const { embed } = await open();
    const words = ["red", "green", "apple", "矿"];
    const found = await Promise.all(words.map((word) => embed([word], "query")));
    expectVectors(
      found.flat(),
      words.map((word) => meanOf(word)),
    );
  });

  test("says what failed when its thread ends, and starts another one for what comes after", async () => {
    const { embed, close } = await open();
    const underWay = embed(new Array(2000).fill("red green"), "passage");
    const [failure] = await Promise.all([underWay.catch((error: unknown) => error), close()]);
    expect(failure).toBeInstanceOf(AppError);
    expect((failure as AppError).message).toMatch(
      /^The embedding model in .*you\/tiny fails: its thread ended/,
    );
    expectVectors(await embed(["red"], "query"), [meanOf("red")]);
  });

  test("says what to do when a file does not load", async () => {
    await open();
    await truncate(join(cacheDir, "you/tiny/onnx/model_quantized.onnx"), 100);
    const failure = await open().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect((failure as AppError).message).toMatch(/you\/tiny fails: .+ remove that folder/);
    expect((failure as AppError).message).not.toMatch(/\n|\.\./);
  });
});
