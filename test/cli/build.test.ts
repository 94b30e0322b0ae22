import { describe, expect, it } from "vitest";
import { runIndex } from "../../src/cli/build.ts";
import type { ReportProgress } from "../../src/cli/progress.ts";
import { capture } from "./stand-ins.ts";

const buildIndex = async (report: ReportProgress) => {
  for (let done = 0; done <= 100; done++) report(done, 100);
  return { articles: 1, passages: 100, embeddedArticles: 1 };
};

describe("index", () => {
  it("says what the index holds, and its progress in few plain lines without a terminal", async () => {
    const [stdout, stderr] = [capture(), capture()];
    expect(await runIndex({ buildIndex, stdout, stderr })).toBe(0);
    expect(stdout.text()).toMatch(
      /^The index holds 1 article in 100 passages; 1 embedded anew \(0\.\d s\)\.\n$/,
    );
    expect(stderr.text().split("\n").slice(0, 2)).toEqual(["Indexing: 10 of 100", "Indexing: 20 of 100"]);
    expect(stderr.text().trimEnd().split("\n")).toHaveLength(10);
  });

  it("draws a bar on a terminal and removes it, also when the build fails", async () => {
    const stderr = capture({ isTTY: true });
    const failing = async (report: ReportProgress) => {
      await buildIndex(report);
      throw new Error("disk full");
    };
    await expect(runIndex({ buildIndex: failing, stdout: capture(), stderr })).rejects.toThrow("disk full");
    expect(stderr.text()).toContain("█".repeat(15) + "░".repeat(15));
    expect(stderr.text().endsWith("100/100\r\u001b[2K")).toBe(true);
  });
});
