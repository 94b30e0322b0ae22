import { describe, expect, it } from "vitest";
import type { Rooms } from "../../src/cli/session.ts";
import type { ImportReport } from "../../src/corpus/import.ts";
import { run } from "./stand-ins.ts";

const STEEL = {
  id: "steel-1",
  title: "炼钢\n术",
  authors: ["李明", "王"],
  paragraphs: ["一", "二"],
  repairs: 3,
};
const KNOWN = { id: "coal-9", repairs: 0, title: "煤", authors: [], paragraphs: ["三"], sameAs: "coal-3" };
const BAD = { path: "/home/you/scans/bad.bin", reason: "is no text" };

async function runImport(report: ImportReport, ...options: string[]) {
  const done: string[] = [];
  const rooms: Partial<Rooms> = {
    planImport: async (paths) => {
      done.push(...paths);
      return { report, write: async () => void done.push("write") };
    },
    buildIndex: async () => {
      done.push("index");
      return { articles: 9, passages: 40, embeddedArticles: 1, problems: [] };
    },
  };
  const host = { cwd: "/home/you" };
  const { code, out, err } = await run(["import", "scans/", "../other.txt", ...options], { host, rooms });
  expect(done.splice(0, 2)).toEqual(["/home/you/scans", "/home/other.txt"]);
  return { code, out, err, done };
}

describe("import", () => {
  it("writes the new articles, names what it skipped as the operator named it, and refreshes the index", async () => {
    const { code, done, out, err } = await runImport({ articles: [STEEL, KNOWN], skipped: [BAD] });
    expect({ code, done }).toEqual({ code: 0, done: ["write", "index"] });
    expect(err).toBe("Skipped scans/bad.bin: is no text\n");
    expect(out).toMatch(
      /^Imported 1 article:\n {2}《炼钢 术》, by 李明、王, 2 paragraphs\nThe index holds 9 articles in 40 passages; 1 embedded anew \(\d+\.\d s\)\.\n$/,
    );
  });

  it("prints with --dry-run --json what it would do, and does nothing", async () => {
    const found = { articles: [STEEL], skipped: [BAD] };
    const { code, done, out } = await runImport(found, "--dry-run", "--json");
    expect({ code, done }).toEqual({ code: 0, done: [] });
    expect(JSON.parse(out)).toEqual({
      articles: [STEEL],
      skipped: [{ path: "scans/bad.bin", reason: "is no text" }],
    });
  });

  it("says in words what it would do with --dry-run", async () => {
    const { code, done, out } = await runImport({ articles: [STEEL], skipped: [] }, "--dry-run");
    expect({ code, done }).toEqual({ code: 0, done: [] });
    expect(out).toMatch(/^Would import 1 article:\n/);
  });

  it("leaves the index alone with --no-index and says what to run", async () => {
    const found = { articles: [STEEL], skipped: [] };
    const { code, done, out, err } = await runImport(found, "--no-index", "--json");
    expect({ code, done }).toEqual({ code: 0, done: ["write"] });
    expect(JSON.parse(out).articles).toHaveLength(1);
    expect(err).toContain('Run "npm run index"');
  });

  it("writes nothing for articles that the corpus has, which is no failure", async () => {
    const { code, done, out } = await runImport({ articles: [KNOWN], skipped: [] });
    expect({ code, done }).toEqual({ code: 0, done: ["index"] });
    expect(out).toMatch(/^Imported 0 articles\.\n/);
  });

  it.each([[[]], [["--dry-run"]]])("fails when no path gave an article (options %j)", async (options) => {
    const { code, done, err } = await runImport({ articles: [], skipped: [BAD] }, ...options);
    expect({ code, done }).toEqual({ code: 1, done: [] });
    expect(err).toContain("is no text");
    expect(err).toContain("wenbao: No article was found in scans/, ../other.txt.");
  });
});
