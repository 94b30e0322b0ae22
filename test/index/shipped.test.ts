import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { buildIndex } from "../../src/index/build.ts";
import { openIndex, type SearchIndex } from "../../src/index/open.ts";
import { retrieve } from "../../src/retrieval/retrieve.ts";
import { createTokenTable } from "../../src/retrieval/token-table.ts";
import type { Article } from "../../src/types.ts";
import { makeFolder, passagesOf, projectPath, shippedArticles } from "./sample.ts";

describe("the index that is shipped with the corpus", () => {
  let articles: readonly Article[];
  let embedder: Embedder;
  let shipped: SearchIndex;
  beforeAll(async () => {
    articles = await shippedArticles();
    embedder = await loadEmbedder(projectPath("models", "wenbao-multilingual-256"));
    shipped = await openIndex({ articles, indexDir: projectPath("index"), embedder });
  });

  test("is what a fresh build of the shipped corpus gives: passages, vectors, and answers to twenty questions", async () => {
    const indexDir = await makeFolder();
    await buildIndex({ articles, indexDir, embedder });
    const fresh = await openIndex({ articles, indexDir, embedder });
    expect(shipped.fingerprint).toBe(fresh.fingerprint);
    expect(passagesOf(shipped)).toEqual(passagesOf(fresh));

    // Unit vectors along each axis read the vectors out, coordinate by coordinate.
    for (let d = 0; d < embedder.dimensions; d++) {
      const axis = new Float32Array(embedder.dimensions);
      axis[d] = 1;
      for (const number of passagesOf(fresh).keys()) {
        expect(Math.abs(shipped.cosine(number, axis) - fresh.cosine(number, axis))).toBeLessThan(1e-4);
      }
    }
    for (const number of passagesOf(fresh).keys())
      expect(shipped.tokensOf(number)).toEqual(fresh.tokensOf(number));

    const table = createTokenTable(embedder);
    const firstTen = async (question: string, index: SearchIndex) =>
      (await retrieve(question, { index, embedder, table })).hits
        .slice(0, 10)
        .map(({ passage }) => passage.id);
    const lines = (await readFile(projectPath("test/datasets/articles/questions.jsonl"), "utf8"))
      .trim()
      .split("\n");
    const questions = lines.map(
      (line) => z.object({ question: z.string() }).parse(JSON.parse(line)).question,
    );
    const step = Math.floor(questions.length / 20);
    for (let i = 0; i < 20; i++) {
      const question = questions[i * step]!;
      expect(await firstTen(question, shipped), question).toEqual(await firstTen(question, fresh));
    }
  });

  test("was built where HNSW is available, so that no machine that has it must build it again", () => {
    const graph = projectPath("index", shipped.fingerprint, "hnsw.bin");
    expect(existsSync(graph)).toBe(true);
  });
});
