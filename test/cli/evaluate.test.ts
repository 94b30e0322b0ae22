import { describe, expect, it } from "vitest";
import type { Rooms } from "../../src/cli/session.ts";
import type { EvaluationReport } from "../../src/evaluation/evaluate.ts";
import { run } from "./stand-ins.ts";

const REPORT: EvaluationReport = {
  dataset: "news",
  queries: 2,
  passages: 30,
  model: "static",
  commit: "abc1234",
  retrieval: { "recall@1": 0.5, "recall@5": 0.75, "recall@10": 1, "mrr@10": 0.75, "ndcg@10": 0.8 },
  byLanguage: { en: { "recall@1": 1, "recall@5": 1, "recall@10": 1, "mrr@10": 1, "ndcg@10": 1 } },
  answersByLanguage: {},
  answers: { first: 0.5, hit: 1, meanFirstChars: 31, meanChars: 80.25 },
  refusal: { falseRefusal: 0, correctRefusal: null },
  lists: null,
  listsByLanguage: {},
  calibration: { ece: 0.031 },
  latencyMs: { p50: 4.25, p95: 9, p99: 20 },
  failed: 0,
};

async function evaluate(args: readonly string[], report = REPORT) {
  const room: Rooms["evaluate"] = async (_, { onProgress }) => {
    onProgress(30, 30); // passages indexed
    onProgress(1, 2);
    return report;
  };
  const { code, out, err } = await run(["evaluate", "news", ...args], { rooms: { evaluate: room } });
  expect(code).toBe(0);
  return { data: out, progress: err };
}

describe("evaluate", () => {
  it("prints the figures as one JSON object, its progress apart from them", async () => {
    const { data, progress } = await evaluate(["--json"]);
    expect(JSON.parse(data)).toEqual(REPORT);
    expect(progress).toBe("Evaluating: 30 of 30\nEvaluating: 1 of 2\n");
  });

  it("prints tables for people: shares as percentages, lengths and times as they are", async () => {
    expect((await evaluate([])).data).toBe(
      [
        "news: 2 queries, 30 passages, model static, commit abc1234",
        "retrieval    recall@1 50.0 %   recall@5 75.0 %   recall@10 100.0 %   mrr@10 75.0 %   ndcg@10 80.0 %",
        "  en         recall@1 100.0 %   recall@5 100.0 %   recall@10 100.0 %   mrr@10 100.0 %   ndcg@10 100.0 %",
        "answers      first 50.0 %   hit 100.0 %   meanFirstChars 31.0   meanChars 80.3",
        "refusal      falseRefusal 0.0 %   correctRefusal –",
        "calibration  ece 3.1 %",
        "latency, ms  p50 4.3   p95 9.0   p99 20.0",
        "",
      ].join("\n"),
    );
  });

  it("says how many questions could not be asked, and why", async () => {
    const { data } = await evaluate([], { ...REPORT, failed: 2, firstFailure: "torn\nindex" });
    expect(data).toMatch(/\nfailed {7}2 {3}the first: torn index\n$/);
  });
});
