import { describe, expect, it } from "vitest";
import type { Rooms } from "../../src/cli/session.ts";
import type { ImportReport } from "../../src/corpus/import-report.ts";
import { capture, run, start } from "./stand-ins.ts";

const STEEL = {
  id: "steel-1",
  title: "炼钢\n术",
  authors: ["李明", "王"],
  paragraphs: ["一", "二"],
  source: "steel.txt",
  publishedAt: "2024-11-20",
  page: 3,
  repairs: 3,
};
const KNOWN = {
  id: "coal-9",
  source: "coal.txt",
  repairs: 0,
  title: "煤",
  authors: [],
  paragraphs: ["三"],
  sameAs: "coal-3",
};
const BAD = { path: "/home/you/scans/bad.bin", reason: "is no text" };

async function runImport(report: ImportReport, ...options: string[]) {
  const done: string[] = [];
  const rooms: Partial<Rooms> = {
    planImport: async ({ paths }) => {
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
      /^Imported 1 article:\n {2}《炼钢 术》, by 李明、王, 2024-11-20, page 3, 2 paragraphs, 3 repairs\n1 article, 2 paragraphs; 1 skipped\.\nThe index holds 9 articles in 40 passages; 1 embedded anew \(\d+\.\d s\)\.\n$/,
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

  it("shows for review a line an article, its warnings below it, and the sums last", async () => {
    const unsure = {
      ...STEEL,
      replaces: "steel-1",
      warnings: ["the date was guessed", "nearly the same as ore-2 (93 %)\u001b[31m"],
    };
    const ore = { ...STEEL, id: "ore-3", title: "矿石", authors: [], repairs: 0 };
    const report = { articles: [unsure, ore, KNOWN], skipped: [BAD] };
    const { code, done, out, err } = await runImport(report, "--dry-run");
    expect({ code, done }).toEqual({ code: 0, done: [] });
    expect(out.split("\n")).toEqual([
      "Would import 2 articles, 1 replaced:",
      "  《炼钢 术》, by 李明、王, 2024-11-20, page 3, 2 paragraphs, 3 repairs, replaces steel-1",
      "    ! the date was guessed",
      "    ! nearly the same as ore-2 (93 %)\ufffd[31m",
      "  《矿石》, 2024-11-20, page 3, 2 paragraphs, new",
      "2 articles, 4 paragraphs, 2 warnings; 1 skipped. Nothing was written; run it without --dry-run to import.",
      "",
    ]);
    expect(err).toBe("Skipped scans/bad.bin: is no text\n");
  });

  it("leaves an article that was edited by hand, says how to take the new one, and does not fail", async () => {
    const kept = { ...STEEL, keeps: "steel-1" };
    const skipped = [{ path: "/home/you/scans/a.txt", reason: 'run "npm run articles -- remove steel-1"' }];
    const found = { articles: [kept], skipped };
    const { code, done, out, err } = await runImport(found, "--corpus", "my news");
    expect({ code, done }).toEqual({ code: 0, done: ["index"] });
    expect(out).toMatch(/^Imported 0 articles\.\n/);
    expect(err).toContain("\"npm run articles -- remove steel-1 --corpus 'my news'\"");
  });

  it("hands the collection on, and refuses names that are no plain folder's", async () => {
    const { code, called } = await run(["import", "a.txt", "--collection", "新闻 2024"]);
    expect(code).toBe(0);
    expect(called[0]).toMatchObject({ collection: "新闻 2024" });
    const long = "长".repeat(65);
    for (const name of ["a/b", "a\\b", ".", "..", ".git", "source", " ", "a\u0007", "a\u202eb", long]) {
      const refused = await run(["import", "a.txt", "--collection", name]);
      expect({ name, code: refused.code, called: refused.called }).toEqual({ name, code: 2, called: [] });
      expect(refused.err).toMatch(/^wenbao: --collection .+\.\n$/);
    }
  });

  it("shows the progress of many files, and on a terminal of any", async () => {
    const reading = (total: number): Rooms["planImport"] => {
      return async ({ onProgress }) => {
        for (let done = 0; done <= total; done++) onProgress?.(done, total);
        return { report: { articles: [STEEL], skipped: [] }, write: async () => {} };
      };
    };
    const progress = async (total: number, stderr = capture()) => {
      await start(["import", "in", "--dry-run"], { host: { stderr }, rooms: { planImport: reading(total) } })
        .ended;
      return stderr.text();
    };
    expect(await progress(2)).toBe("");
    expect(await progress(20)).toContain("Reading: 10 of 20\n");
    expect(await progress(2, capture({ isTTY: true }))).toContain("1/2");
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
