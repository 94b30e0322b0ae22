import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { it, linesOf, programDir } from "../support/program.ts";

const jsonLines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** Two articles, a question to each and one that neither answers. */
async function writeDataset(folder: string): Promise<void> {
  await mkdir(join(folder, "qrels"), { recursive: true });
  const articles = [
    { _id: "snow", title: "雪山观测站", text: "雪山观测站位于海拔4321米处，站长是阿布。" },
    { _id: "rice", title: "水稻", text: "今年全县水稻产量为57万吨，比去年增长3%。" },
  ];
  const queries = [
    { _id: "q1", text: "雪山观测站位于海拔多少米处？", lang: "zh", answers: ["4321米"] },
    { _id: "q2", text: "今年全县水稻产量是多少？", lang: "zh", answers: ["57万吨"] },
    { _id: "q3", text: "Who won the chess championship?", lang: "en", answerable: false },
  ];
  await writeFile(join(folder, "corpus.jsonl"), jsonLines(articles));
  await writeFile(join(folder, "queries.jsonl"), jsonLines(queries));
  await writeFile(join(folder, "qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\tsnow\t1\nq2\trice\t1\n");
}

const figure = expect.toSatisfy((value) => value === null || typeof value === "number");
const retrieval = {
  "recall@1": figure,
  "recall@5": figure,
  "recall@10": figure,
  "mrr@10": figure,
  "ndcg@10": figure,
};

/** Every field of the contract. */
const REPORT = {
  dataset: expect.any(String),
  queries: expect.any(Number),
  passages: expect.any(Number),
  model: expect.any(String),
  commit: expect.toSatisfy((value) => value === null || /^[0-9a-f]{7,}$/.test(value)),
  modelFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
  retrieval,
  byLanguage: expect.objectContaining({ zh: retrieval }),
  answers: { first: figure, hit: figure, meanFirstChars: figure, meanChars: figure },
  refusal: { falseRefusal: figure, correctRefusal: figure },
  calibration: { ece: figure },
  latencyMs: { p50: figure, p95: figure, p99: figure },
};

describe("evaluate", () => {
  it("measures a dataset beside another's articles and leaves no index behind", async ({ program }) => {
    await writeDataset(join(program.folder, "set"));
    await writeDataset(join(program.folder, "others"));
    const { code, stdout } = await program.run(["evaluate", "set", "--json"]);
    expect(code).toBe(0);
    expect(linesOf(stdout)).toHaveLength(1);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject(REPORT);
    expect(report).toMatchObject({ queries: 3, passages: 2, corpus: "set", articles: 2 });
    // Each question shares its words with one article and none with the other.
    expect(report.retrieval["recall@1"]).toBe(1);

    const env = { TMPDIR: join(program.folder, "tmp") };
    await mkdir(env.TMPDIR);
    const crowded = await program.run(["evaluate", "set", "--distractors", "others"], { env });
    expect(crowded.code).toBe(0);
    expect(crowded.stdout).toMatch(/: 3 queries, [34] passages, model /);
    expect(crowded.stdout).toMatch(/recall@1 \d/);
    expect(await readdir(env.TMPDIR)).toEqual([]);
  });

  it("asks the shipped corpus the shipped questions", async ({ program }) => {
    const questions = join(programDir, "test/datasets/articles");
    const { code, stdout } = await program.run(["evaluate", questions, "--json"]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject(REPORT);
    expect(report).toMatchObject({ corpus: "corpus", articles: 8 });
    expect(report.answers.hit).toBeGreaterThan(0.5);
    const [low, high] = report.intervals["answers.hit"];
    expect(low < report.answers.hit && report.answers.hit < high).toBe(true);
  });

  it("fails in one line on what is no dataset", async ({ program }) => {
    await mkdir(join(program.folder, "torn"));
    await writeFile(join(program.folder, "torn/questions.jsonl"), '{"question": \n');
    for (const folder of ["nowhere", ".", "torn"]) {
      const failed = await program.run(["evaluate", folder]);
      expect(failed).toMatchObject({ code: 1, stdout: "" });
      expect(linesOf(failed.stderr)).toHaveLength(1);
    }
  });
});
