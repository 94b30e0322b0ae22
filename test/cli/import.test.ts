import { describe, expect, it } from "vitest";
import { type ImportOptions, runImport } from "../../src/cli/import.ts";
import type { ImportReport } from "../../src/corpus/import.ts";
import { AppError } from "../../src/errors.ts";
import { capture } from "./stand-ins.ts";

const STEEL = {
  id: "steel-1",
  title: "炼钢\n术",
  authors: ["李明", "王"],
  paragraphs: ["一", "二"],
  repairs: 3,
};
const KNOWN = { id: "coal-9", repairs: 0, title: "煤", authors: [], paragraphs: ["三"], sameAs: "coal-3" };
const BAD = { path: "/home/you/scans/bad.bin", reason: "is no text" };

function setUp(report: ImportReport) {
  const done: string[] = [];
  const planned: (readonly string[])[] = [];
  const partners = {
    stdout: capture(),
    stderr: capture(),
    planImport: async (paths: readonly string[]) => {
      planned.push(paths);
      return "plan";
    },
    reportImport: () => report,
    writeImport: async (plan: string) => void done.push(`write ${plan}`),
    buildIndex: async () => {
      done.push("index");
      return { articles: 9, passages: 40, embeddedArticles: 1 };
    },
  };
  const run = (options: Partial<ImportOptions> = {}) =>
    runImport(
      {
        paths: ["scans/", "../other.txt"],
        calledFrom: "/home/you",
        corpusDir: "/corpus",
        dryRun: false,
        json: false,
        index: true,
        ...options,
      },
      partners,
    );
  return { ...partners, done, planned, run };
}

describe("import", () => {
  it("writes the new articles, names what it skipped as the operator named it, and refreshes the index", async () => {
    const { run, done, planned, stdout, stderr } = setUp({ articles: [STEEL, KNOWN], skipped: [BAD] });
    expect(await run()).toBe(0);
    expect(planned).toEqual([["/home/you/scans", "/home/other.txt"]]);
    expect(done).toEqual(["write plan", "index"]);
    expect(stderr.text()).toBe("Skipped scans/bad.bin: is no text\n");
    expect(stdout.text()).toMatch(
      /^Imported 1 article:\n {2}《炼钢 术》, by 李明、王, 2 paragraphs\nThe index holds 9 articles in 40 passages; 1 embedded anew \(\d+\.\d s\)\.\n$/,
    );
  });

  it("prints with --dry-run --json what it would do, and does nothing", async () => {
    const { run, done, stdout } = setUp({ articles: [STEEL], skipped: [BAD] });
    expect(await run({ dryRun: true, json: true })).toBe(0);
    expect(JSON.parse(stdout.text())).toEqual({
      articles: [STEEL],
      skipped: [{ path: "scans/bad.bin", reason: "is no text" }],
    });
    expect(done).toEqual([]);
  });

  it("says in words what it would do with --dry-run", async () => {
    const { run, done, stdout } = setUp({ articles: [STEEL], skipped: [] });
    expect(await run({ dryRun: true })).toBe(0);
    expect(stdout.text()).toMatch(/^Would import 1 article:\n/);
    expect(done).toEqual([]);
  });

  it("leaves the index alone with --no-index and says what to run", async () => {
    const { run, done, stdout, stderr } = setUp({ articles: [STEEL], skipped: [] });
    expect(await run({ index: false, json: true })).toBe(0);
    expect(done).toEqual(["write plan"]);
    expect(JSON.parse(stdout.text()).articles).toHaveLength(1);
    expect(stderr.text()).toContain('Run "npm run index"');
  });

  it("writes nothing for articles that the corpus has, which is no failure", async () => {
    const { run, done, stdout } = setUp({ articles: [KNOWN], skipped: [] });
    expect(await run()).toBe(0);
    expect(done).toEqual(["index"]);
    expect(stdout.text()).toMatch(/^Imported 0 articles\.\n/);
  });

  it.each([true, false])("fails when no path gave an article (dry run: %s)", async (dryRun) => {
    const { run, done, stderr } = setUp({ articles: [], skipped: [BAD] });
    await expect(run({ dryRun })).rejects.toThrow(
      new AppError("No article was found in scans/, ../other.txt."),
    );
    expect(stderr.text()).toContain("is no text");
    expect(done).toEqual([]);
  });
});
