import { describe, expect, it } from "vitest";
import { drawChart } from "../../bench/chart.ts";
import type { AskFigures } from "../../bench/measure.ts";
import { writeReport } from "../../bench/report.ts";
import type { Results, Row } from "../../bench/rows.ts";

function asked(p50: number, ndcg: number): AskFigures {
  const quality = { "recall@1": 0.9, "recall@5": 0.95, "ndcg@10": ndcg };
  const search = { p50, p95: 2 * p50, p99: 3 * p50 };
  return {
    openMs: 100,
    rebuilt: false,
    modelMs: 500,
    baseMb: 90,
    residentMb: 300,
    search,
    quality,
    byGroup: {},
  };
}

const build = { ms: 1000, peakMb: 400 };
const rows: Row[] = [
  {
    peer: "wenbao",
    size: 1000,
    passages: 1004,
    build,
    diskMb: 4,
    ask: { ...asked(5, 0.97), answer: asked(9, 0).search },
  },
  {
    peer: "exact",
    size: 1000,
    passages: 1004,
    build,
    diskMb: 4,
    ask: { ...asked(2, 0.9), scan: asked(1.5, 0).search },
  },
  { peer: "orama", size: 1000, passages: 1004, build, diskMb: 4, ask: asked(8, 0.98) },
  { peer: "vectra", size: 1000, passages: 1004, failure: "build: not finished in 15 minutes" },
];
const results: Results = {
  name: "news",
  date: "2026-01-31",
  commit: "abc1234",
  model: "model",
  node: "v20",
  machine: "one",
  mass: null,
  questions: { "news zh": 10 },
  peers: { orama: "@orama/orama 3", vectra: "vectra 0.15" },
  rows,
};

describe("the report of a comparison", () => {
  const report = writeReport(results);

  it("names whoever ranks better or answers faster than Wenbao", () => {
    expect(report).toContain("| nDCG@10 | Orama |");
    expect(report).toContain("| median time of search | exact scan |");
  });

  it("calls nobody ahead who is as good", () => {
    expect(report).toContain("| recall@1 | none |");
  });

  it("keeps a row for a system that did not finish, and says why", () => {
    expect(report).toMatch(/\| vectra \|( – \|)+/);
    expect(report).toContain("vectra did not finish: build: not finished in 15 minutes.");
  });

  it("gives the whole answer's time as a multiple of a scan of the vectors alone", () => {
    expect(report).toContain("| 1,000 | 1.5 | 4.5 | 6.00 | 18 |");
  });
});

describe("the chart of a comparison", () => {
  it("has a row for every system and a dot for every figure there is", () => {
    const chart = drawChart(results);
    for (const title of ["Wenbao, search", "Wenbao, whole answer", "exact scan", "Orama", "vectra"]) {
      expect(chart).toContain(`>${title}</text>`);
    }
    // Three rankings, four medians, and the legend's dot.
    expect(chart.match(/<circle /g)).toHaveLength(3 + 4 + 1);
    expect(chart).not.toContain("NaN");
  });
});
