import { describe, expect, it } from "vitest";
import { nearestIds } from "../../src/cli/nearest-ids.ts";
import { clip, columnsOf, tableLines } from "../../src/cli/table.ts";
import { AppError } from "../../src/errors.ts";
import type { Article, ArticleId } from "../../src/types.ts";
import { capture, run, start } from "./stand-ins.ts";

function article(id: string, title: string, more: Partial<Article> = {}): Article {
  const text = "一段。\n\n二段，\n续行。";
  const paragraphs = [
    { start: 0, end: 3 },
    { start: 5, end: text.length },
  ];
  const place = { collection: "", authors: [], source: "page.txt", text, paragraphs };
  return { id: id as ArticleId, title, ...place, ...more };
}

const STEEL = article("steel-01", "炼钢", {
  authors: ["李明", "Wang"],
  publishedAt: "2024-11-20",
  page: 3,
  imported: "0123456789abcdef",
});
const ORE = article("ore-02", "矿石\u001b[31m红\t石");
const COAL = article("旧闻/coal-03", "煤", { collection: "旧闻" });
const readCorpus = async () => ({
  articles: [STEEL, ORE, COAL],
  problems: [{ path: "bad.md", reason: "title\nis missing" }],
});

const articles = (...args: string[]) => run(["articles", ...args], { rooms: { readCorpus } });

describe("articles list", () => {
  it("gives id, date, title and authors, tabs between them; what is left out is told on stderr", async () => {
    const expected = {
      code: 0,
      out: "steel-01\t2024-11-20\t炼钢\t李明、Wang\nore-02\t\t矿石\ufffd[31m红 石\t\n旧闻/coal-03\t\t煤\t\n",
      err: "Left out bad.md: title is missing\n",
    };
    expect(await articles("list")).toMatchObject(expected);
    expect(await articles()).toMatchObject(expected);
  });

  it("stands in columns on a terminal, where a Han character takes two", async () => {
    const host = { stdout: capture({ isTTY: true }), env: { NO_COLOR: "1" } };
    const { ended } = start(["articles"], { host, rooms: { readCorpus } });
    expect(await ended).toBe(0);
    expect(host.stdout.text().split("\n")).toEqual([
      "steel-01      2024-11-20  炼钢            李明、Wang  2 paragraphs  page.txt, page 3",
      "ore-02                    矿石\ufffd[31m红 石              2 paragraphs  page.txt",
      "旧闻/coal-03              煤                          2 paragraphs  page.txt",
      "3 articles.",
      "",
    ]);
  });

  it("is one JSON object with --json, of one collection with --collection", async () => {
    const { code, out } = await articles("list", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out).articles).toEqual([
      {
        id: "steel-01",
        title: "炼钢",
        authors: ["李明", "Wang"],
        publishedAt: "2024-11-20",
        source: "page.txt",
        page: 3,
        paragraphs: 2,
      },
      { id: "ore-02", title: ORE.title, authors: [], source: "page.txt", paragraphs: 2 },
      { id: "旧闻/coal-03", collection: "旧闻", title: "煤", authors: [], source: "page.txt", paragraphs: 2 },
    ]);
    expect((await articles("--collection", "旧闻")).out).toBe("旧闻/coal-03\t\t煤\t\n");
    expect(await articles("--collection", "新闻")).toMatchObject({ code: 1, out: "" });
  });
});

describe("articles show", () => {
  it("numbers the paragraphs as citations count them", async () => {
    expect(await articles("show", "steel-01")).toMatchObject({
      code: 0,
      out: "《炼钢》\nsteel-01, by 李明、Wang, 2024-11-20, page.txt, page 3\n\n1  一段。\n2  二段，\n   续行。\n",
    });
    expect(JSON.parse((await articles("show", "旧闻/coal-03", "--json")).out)).toMatchObject({
      id: "旧闻/coal-03",
      paragraphs: ["一段。", "二段，\n续行。"],
    });
  });
});

describe("articles remove", () => {
  it("removes what is named, each once, and refreshes the index", async () => {
    const { code, out, called } = await articles("remove", "旧闻/coal-03", "ore-02", "ore-02");
    expect(code).toBe(0);
    expect(called).toEqual([{ removed: ["旧闻/coal-03", "ore-02"] }, expect.anything()]);
    expect(out).toMatch(/^Removed 2 articles:\n {2}旧闻\/coal-03 {2}《煤》\n.*\nThe index holds 1 article /);
  });

  it("leaves the index alone with --no-index and says what to run, in JSON on stderr", async () => {
    const { code, out, err, called } = await articles("remove", "ore-02", "--no-index", "--json");
    expect({ code, out, called }).toEqual({
      code: 0,
      out: '{"removed":["ore-02"]}\n',
      called: [{ removed: ["ore-02"] }],
    });
    expect(err).toContain('Run "npm run index"');
  });

  it("shows with --dry-run what would go", async () => {
    const { code, out, called } = await articles("remove", "ore-02", "--dry-run");
    expect({ code, called }).toEqual({ code: 0, called: [] });
    expect(out).toMatch(/^Would remove 1 article:\n {2}ore-02 /);
  });

  it("removes nothing at all where one id is unknown, and names the nearest", async () => {
    const { code, out, err, called } = await articles("remove", "ore-02", "coal-03", "../steel-01");
    expect({ code, out, called }).toEqual({ code: 1, out: "", called: [] });
    expect(err).toMatch(
      /^wenbao: There is no article coal-03 \(the nearest: 旧闻\/coal-03, .*\), \.\.\/steel-01 \(the nearest: steel-01, /,
    );
  });

  it("leaves the index as it is where the articles cannot be removed", async () => {
    const removeArticles = () => Promise.reject(new AppError("Nothing was removed."));
    const { code, err, called } = await run(["articles", "remove", "ore-02"], {
      rooms: { readCorpus, removeArticles },
    });
    expect({ code, err, called }).toEqual({ code: 1, err: "wenbao: Nothing was removed.\n", called: [] });
  });
});

it.each([
  [["rm", "ore-02"], 'There is no "articles rm"'],
  [["show"], "show takes one ID"],
  [["show", "a", "b"], "show takes one ID"],
  [["remove"], "remove takes the ID"],
  [["list", "ore-02"], '"show ore-02"'],
])("articles %j is wrong usage", async (args, message) => {
  const { code, err, called } = await articles(...args);
  expect({ code, called }).toEqual({ code: 2, called: [] });
  expect(err).toContain(message);
});

describe("a table", () => {
  it("counts wide characters as two columns and marks on others as none", () => {
    expect(["a", "中", "ｗ", "한", "é", "🙂", "“", ""].map(columnsOf)).toEqual([1, 2, 2, 2, 1, 2, 1, 0]);
    expect(clip("中文abc", 5)).toBe("中文…");
    expect(clip("中文a", 5)).toBe("中文a");
    expect(clip("中文ab", 5)).toBe("中文…");
  });

  it("leaves out columns that are empty in every row", () => {
    expect(
      tableLines([
        ["a", "", "b"],
        ["中", "", ""],
      ]),
    ).toEqual(["a   b", "中"]);
  });
});

it("the nearest ids take the fewest changes", () => {
  expect(nearestIds("Page-1.md", ["coal-01", "page-10", "page-01", "page-02"])[0]).toBe("page-10");
  expect(nearestIds("x".repeat(100_000), ["a"])).toEqual(["a"]);
  expect(nearestIds("a", [])).toEqual([]);
});
