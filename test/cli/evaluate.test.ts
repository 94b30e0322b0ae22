import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Rooms } from "../../src/cli/session.ts";
import { AppError } from "../../src/errors.ts";
import type { EvaluationReport } from "../../src/evaluation/evaluate.ts";
import { readResults } from "../../src/evaluation/results.ts";
import { makeFolder } from "../index/sample.ts";
import { run } from "./stand-ins.ts";

const REPORT: EvaluationReport = {
  corpus: "news",
  corpusFingerprint: "c0ffee",
  articles: 10,
  dataset: "news",
  queries: 2,
  passages: 30,
  model: "static",
  modelFingerprint: "f00d",
  commit: "abc1234",
  modified: false,
  retrieval: { "recall@1": 0.5, "recall@5": 0.75, "recall@10": 1, "mrr@10": 0.75, "ndcg@10": 0.8 },
  byLanguage: { en: { "recall@1": 1, "recall@5": 1, "recall@10": 1, "mrr@10": 1, "ndcg@10": 1 } },
  answersByLanguage: {},
  answersByKind: {},
  answersBySplit: {},
  answers: { first: 0.5, hit: 1, meanFirstChars: 31, meanChars: 80.25 },
  refusal: { falseRefusal: 0, correctRefusal: null },
  lists: null,
  listsByLanguage: {},
  calibration: { ece: 0.031 },
  latencyMs: { p50: 4.25, p95: 9, p99: 20 },
  intervals: { "answers.hit": [0.92, 1], "answers.meanChars": [70.1, 92] },
  failed: 0,
};

async function evaluate(args: readonly string[], report: Partial<EvaluationReport> = {}) {
  const measured: string[] = [];
  const room: Rooms["evaluate"] = async (_, { dataset, onProgress }) => {
    measured.push(dataset);
    onProgress(30, 30); // passages indexed
    onProgress(1, 2);
    return { ...REPORT, dataset: basename(dataset), ...report };
  };
  const { code, out, err } = await run(["evaluate", ...args], { rooms: { evaluate: room } });
  return { code, data: out, progress: err, measured };
}

const linesOf = (output: string) => output.split("\n").slice(0, -1);

describe("evaluate", () => {
  it("prints the figures as one JSON object, its progress apart from them", async () => {
    const { code, data, progress } = await evaluate(["news", "--json"]);
    expect(code).toBe(0);
    expect(data.endsWith("\n") && JSON.parse(data)).toEqual(REPORT);
    expect(progress).toBe("Evaluating news: 30 of 30\nEvaluating news: 1 of 2\n");
  });

  it("prints tables for people: shares as percentages, lengths and times as they are, intervals behind", async () => {
    expect((await evaluate(["news"])).data).toBe(
      [
        "news: 2 queries, 30 passages, model static, commit abc1234",
        "retrieval    recall@1 50.0 %   recall@5 75.0 %   recall@10 100.0 %   mrr@10 75.0 %   ndcg@10 80.0 %",
        "  en         recall@1 100.0 %   recall@5 100.0 %   recall@10 100.0 %   mrr@10 100.0 %   ndcg@10 100.0 %",
        "answers      first 50.0 %   hit 100.0 % (92.0–100.0)   meanFirstChars 31.0   meanChars 80.3 (70.1–92.0)",
        "refusal      falseRefusal 0.0 %",
        "calibration  ece 3.1 %",
        "latencyMs    p50 4.3   p95 9.0   p99 20.0",
        "",
      ].join("\n"),
    );
  });

  it("shows figures in groups that it has never heard of", async () => {
    const more = {
      lists: { exact: 0.9, missing: null },
      intervals: { "lists.exact": [0.85, 0.95] },
    } as object;
    expect((await evaluate(["news"], more)).data).toMatch(/\nlists {8}exact 90\.0 % \(85\.0–95\.0\)\n/);
  });

  it("says how many questions could not be asked, and why, and that the program is not its commit", async () => {
    const { data } = await evaluate(["news"], { failed: 2, firstFailure: "torn\nindex", modified: true });
    expect(data).toMatch(/\nfailed {7}2 {3}the first: torn index\n$/);
    expect(data).toMatch(/commit abc1234, modified\n/);
  });

  it("a folder of datasets stands for all of them, and what holds no questions is passed over", async () => {
    const sets = await makeFolder({
      "b/questions.jsonl": "",
      "a/corpus.jsonl": "",
      "a/queries.jsonl": "",
      "news/corpus.jsonl": "",
      "notes/readme.md": "",
    });
    const { data, progress, measured } = await evaluate([sets, "/other/c", "--json"]);
    expect(measured).toEqual([join(sets, "a"), join(sets, "b"), "/other/c"]);
    expect(linesOf(data).map((line) => JSON.parse(line).dataset)).toEqual(["a", "b", "c"]);
    expect(linesOf(progress)[0]).toBe(`Skipped ${join(sets, "news")}: it holds articles, but no questions.`);
  });

  it("each line is out before the next dataset is begun", async () => {
    const stop: Rooms["evaluate"] = async (_, { dataset }) => {
      if (dataset === "/b") throw new AppError("b is malformed");
      return REPORT;
    };
    const { code, out, err } = await run(["evaluate", "/a", "/b", "--json"], { rooms: { evaluate: stop } });
    expect(linesOf(out)).toHaveLength(1);
    expect({ code, err }).toEqual({ code: 1, err: "wenbao: b is malformed\n" });
  });

  it("without a dataset it measures those of the program, where they came with it", async () => {
    const sets = await makeFolder({ "test/datasets/ours/questions.jsonl": "" });
    const { called } = await run(["evaluate"], { host: { programDir: sets } });
    expect(called).toMatchObject([{ dataset: join(sets, "test/datasets/ours") }]);
    const { code, progress } = await evaluate([]);
    expect(code).toBe(1);
    expect(progress).toMatch(/No dataset came with this installation in .*: name a DATASET\.\n$/);
  });

  it("two datasets of one name are refused: nobody could tell their figures apart", async () => {
    expect((await evaluate(["/a/news", "/b/news"])).progress).toMatch(/Two datasets are named news/);
  });
});

describe("a file of results", () => {
  it("holds figures with their intervals, one a line, and what they were measured on", async () => {
    const out = join(await makeFolder(), "new/results.json");
    expect((await evaluate(["/sets/news", "--out", out])).code).toBe(0);
    const text = await readFile(out, "utf8");
    expect(text).toContain(`\n      "answers.first": [0.5],\n      "answers.hit": [1, 0.92, 1],\n`);
    expect(JSON.parse(text)).toMatchObject({
      news: { corpusFingerprint: "c0ffee", modelFingerprint: "f00d", commit: "abc1234", modified: false },
    });
    expect(JSON.parse(text)).toMatchObject({ news: { node: "20.19.0", date: "1970-01-01", queries: 2 } });
  });

  it("keeps the results of other datasets, and replaces those that are measured again", async () => {
    const out = join(await makeFolder(), "results.json");
    await evaluate(["/sets/old", "/sets/news", "--out", out]);
    await evaluate(["/sets/news", "--distractors", "/sets/crowd", "--out", out], { distractors: "crowd" });
    await evaluate(["/sets/news", "--out", out], { queries: 7 });
    const results = await readResults(out);
    expect(Object.entries(results).map(([name, { queries }]) => [name, queries])).toEqual([
      ["news", 7],
      ["news + crowd", 2],
      ["old", 2],
    ]);
  });

  it("that is something else is refused before anything is measured, and left as it is", async () => {
    const folder = await makeFolder({ "notes.json": '{"my":"notes"}\n' });
    const { code, measured, progress } = await evaluate(["/sets/news", "--out", join(folder, "notes.json")]);
    expect({ code, measured }).toEqual({ code: 1, measured: [] });
    expect(progress).toMatch(/notes\.json cannot be read: it does not hold what evaluate wrote/);
    expect(await readFile(join(folder, "notes.json"), "utf8")).toBe('{"my":"notes"}\n');
  });
});
