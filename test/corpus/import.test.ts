import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { reportImport } from "../../src/corpus/import-report.ts";
import { planImport as plan } from "../../src/corpus/plan-import.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { readFileArticles } from "../../src/corpus/read-file.ts";
import { writeImport } from "../../src/corpus/write-import.ts";
import { AppError } from "../../src/errors.ts";

const planImport = (paths: readonly string[], corpusDir: string, collection = "") =>
  plan({ paths, corpusDir, collection, read: readFileArticles });

let folder: string;
let corpus: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wenbao-import-"));
  corpus = join(folder, "corpus");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a text that gives no title has its file's, for no import may fail for one of its files", async () => {
  await mkdir(join(folder, "in"));
  await writeFile(join(folder, "in/marks.txt"), "！\n");
  await writeFile(join(folder, "in/notice.txt"), "！今晚停水。明早恢复。\n");
  await writeFile(join(folder, "in/story.txt"), "老厂的新生\n\n烟囱还在。\n");
  await writeImport(await planImport([join(folder, "in")], corpus));
  const { articles, problems } = await readCorpus(corpus);
  expect(problems).toEqual([]);
  expect(articles.map(({ title }) => title)).toEqual(["marks.txt", "今晚停水", "老厂的新生"]);
});

test("what is imported can be read, and is recognised the second time", async () => {
  const path = join(folder, "story.txt");
  await writeFile(path, "\ufeff老厂的新生\r\n烟囱还在，机器却早已停转。\r\n目前，园区已入驻企业73家。\r\n");
  expect(await writeImport(await planImport([path], corpus))).toEqual(["story-01"]);
  const { articles, problems } = await readCorpus(corpus);
  expect(problems).toEqual([]);
  expect(articles[0]).toMatchObject({
    id: "story-01",
    collection: "",
    title: "老厂的新生",
    source: "story.txt",
  });
  expect(articles[0]!.text).toBe("烟囱还在，机器却早已停转。\n\n目前，园区已入驻企业73家。");

  const again = await planImport([path], corpus);
  expect(reportImport(again).articles[0]).toMatchObject({ title: "老厂的新生", sameAs: "story-01" });
  expect(again.skipped).toEqual([{ path, reason: "“老厂的新生” is already in the corpus as story-01" }]);
  expect(await writeImport(again)).toEqual([]);
});

test("an article of the same name and other content gets a name of its own", async () => {
  const path = join(folder, "story.md");
  await writeFile(path, "# 甲\n\n正文一。");
  await writeImport(await planImport([path], corpus));
  await writeFile(path, "# 乙\n\n正文二。");
  expect(await writeImport(await planImport([path], corpus))).toEqual(["story-02"]);
  expect((await readCorpus(corpus)).articles.map(({ title }) => title)).toEqual(["甲", "乙"]);
});

test("an edited source takes the place of the article it gave before", async () => {
  const path = join(folder, "story.md");
  await writeFile(path, "# 甲\n\n正文一。");
  await writeImport(await planImport([path], corpus));
  await writeFile(path, "# 甲\n\n正文一，改过。");
  const plan = await planImport([path], corpus);
  expect(reportImport(plan)).toMatchObject({
    articles: [{ id: "story-01", replaces: "story-01" }],
    skipped: [],
  });
  expect(await writeImport(plan)).toEqual(["story-01"]);
  expect((await readCorpus(corpus)).articles.map(({ id, text }) => `${id} ${text}`)).toEqual([
    "story-01 正文一，改过。",
  ]);
  expect(await readdir(corpus)).toEqual(["story-01.md"]);
});

test("articles that only share a title and a file's name do not take each other's place", async () => {
  const paths = ["a", "b", "c"].map((name) => join(folder, name, "story.md"));
  for (const [index, path] of paths.entries()) {
    await mkdir(join(path, ".."));
    await writeFile(path, `# 甲\n\n正文${index}。`);
  }
  const [a, b, c] = paths as [string, string, string];
  await writeImport(await planImport([a], corpus));
  expect(await writeImport(await planImport([b, a, c], corpus))).toEqual([
    "story-01",
    "story-02",
    "story-03",
  ]);
  const texts = async () => (await readCorpus(corpus)).articles.map(({ text }) => text).sort();
  expect(await texts()).toEqual(["正文0。", "正文1。", "正文2。"]);
  await writeFile(a, "# 甲\n\n正文3。");
  expect(await writeImport(await planImport([a], corpus))).toEqual(["story-04"]);
});

test("a failure brings back what was replaced", async () => {
  const [old, other] = [join(folder, "a.md"), join(folder, "b.md")];
  await writeFile(old, "# 甲\n\n正文一。");
  await writeImport(await planImport([old], corpus));
  await writeFile(old, "# 甲\n\n正文二。");
  await writeFile(other, "# 乙\n\n正文三。");
  const plan = await planImport([old, other], corpus);
  await writeFile(join(corpus, "b-01.md"), "another program's file");
  await expect(writeImport(plan)).rejects.toThrow(/Nothing was imported/);
  expect((await readCorpus(corpus)).articles.map(({ text }) => text)).toEqual(["正文一。"]);
});

test("whatever cannot be read is skipped with one reason, and the rest is read", async () => {
  const inside = join(folder, "in");
  await mkdir(join(inside, "empty"), { recursive: true });
  await writeFile(join(inside, "good.md"), "# 好\n\n正文。");
  await writeFile(join(inside, "latin.txt"), Uint8Array.of(0xff, 0xfe, 0x41));
  await writeFile(join(inside, "nul.txt"), "a\0b");
  await writeFile(join(inside, "sheet.xls"), "x");
  await writeFile(join(inside, ".hidden.txt"), "x");
  await symlink(inside, join(inside, "loop"));
  const plan = await planImport([inside, join(folder, "absent.txt"), join(inside, "empty")], corpus);
  expect(plan.articles.map(({ title }) => title)).toEqual(["好"]);
  const reasons = plan.skipped.map(({ path, reason }) => `${path.slice(folder.length + 1)} ${reason}`);
  expect(reasons).toEqual([
    "absent.txt does not exist",
    "in/empty was given twice",
    "in/latin.txt is neither UTF-8, UTF-16, GB18030 nor Big5 text; save it as UTF-8",
    "in/nul.txt holds NUL bytes and is not text",
    "in/sheet.xls .xls cannot be imported; .txt, .md, .pdf, .html, .htm, .docx can",
  ]);
});

test("lists and further headings of a Markdown file stay lines of their own, as they are spelt", async () => {
  const path = join(folder, "rules.md");
  await writeFile(
    path,
    "# 借书规定\n\n有三条规定：\n\n- 借书证工本费 10 元\n- 逾期每天罚款\n- 每人限借 5 本\n\n## 联系\n",
  );
  await writeImport(await planImport([path], corpus));
  expect((await readCorpus(corpus)).articles[0]!.text).toContain(
    "- 借书证工本费 10 元\n- 逾期每天罚款\n- 每人限借 5 本\n\n## 联系",
  );
});

test("what a killed import left behind goes with the next one", async () => {
  await mkdir(corpus);
  await writeFile(join(corpus, ".story-01.4194305.tmp"), "half");
  const path = join(folder, "story.md");
  await writeFile(path, "# 甲\n\n正文一。");
  await writeImport(await planImport([path], corpus));
  expect(await readdir(corpus)).toEqual(["story-01.md"]);
});

test("a failure leaves the corpus as it was", async () => {
  const path = join(folder, "a.md");
  await writeFile(path, "# 甲\n\n正文一。");
  const plan = await planImport([path], corpus);
  await mkdir(corpus);
  await writeFile(join(corpus, "a-01.md"), "another program's file");
  await expect(writeImport(plan)).rejects.toThrow(/Nothing was imported/);
  expect(await readdir(corpus)).toEqual(["a-01.md"]);
  expect(await readFile(join(corpus, "a-01.md"), "utf8")).toBe("another program's file");
});

test("a subfolder is a collection; sources and other Markdown are no articles; a broken file is a problem", async () => {
  const file = "---\nid: x\ntitle: 题\nauthors: []\nsource: s\n---\n文。\n";
  for (const name of ["group", "source", ".git"]) await mkdir(join(corpus, name), { recursive: true });
  for (const name of ["b-10.md", "b-2.md", "group/c.md", "source/d.md", ".git/e.md"])
    await writeFile(join(corpus, name), file);
  await writeFile(join(corpus, "README.md"), "# 读我");
  await writeFile(join(corpus, "broken.md"), "---\ntitle: 题\n---\n");
  const { articles, problems } = await readCorpus(corpus);
  expect(articles.map(({ id }) => id)).toEqual(["b-2", "b-10", "group/c"]);
  expect(problems.map(({ path }) => path)).toEqual(["broken.md"]);
});

const SOURCE = `# 老厂的新生

烟囱还在，机器却早已停转。三年前，这座纺织厂的最后一批工人离开车间，厂区的大门从此上了锁。

去年春天，区里决定把厂房改成文化园区，保留锯齿形的屋顶和红砖墙，里面隔成画室、书店和排练厅。

目前，园区已入驻企业73家，每到周末都有市集和演出，附近的居民说这里比从前还要热闹。
`;

/** Imports a text under a file name; gives what was planned. */
async function importText(name: string, text: string, collection = "") {
  const path = join(folder, name);
  await writeFile(path, text);
  const planned = await planImport([path], corpus, collection);
  await writeImport(planned);
  return planned;
}

/** Changes an article's file as a person would. */
async function edit(id: string, from: string, to: string): Promise<void> {
  const path = join(corpus, `${id}.md`);
  const before = await readFile(path, "utf8");
  expect(before).toContain(from);
  await writeFile(path, before.replaceAll(from, to));
}

describe("an article that was edited by hand", () => {
  test.each([
    ["title", "title: 老厂的新生", "title: 纺织厂变成文化园区"],
    ["text", "73家", "74家"],
    ["authors", "authors: []", "authors: [陈望]"],
    ["date", "repairs: 0", "repairs: 0\npublishedAt: 2024-11-20"],
  ])("stays when its source comes again as it was (%s)", async (_, from, to) => {
    await importText("factory.md", SOURCE);
    await edit("factory-01", from, to);
    const before = await readFile(join(corpus, "factory-01.md"), "utf8");
    const { articles, skipped } = await importText("factory.md", SOURCE);
    expect(articles).toEqual([expect.objectContaining({ sameAs: "factory-01" })]);
    expect(skipped[0]!.reason).toMatch(/^“老厂的新生” is already in the corpus as factory-01/);
    if (from.startsWith("title") || from === "73家")
      expect(skipped[0]!.reason).toMatch(/, edited by hand since$/);
    expect(await readdir(corpus)).toEqual(["factory-01.md"]);
    expect(await readFile(join(corpus, "factory-01.md"), "utf8")).toBe(before);
  });

  test.each([
    ["title", "title: 老厂的新生", "title: 纺织厂变成文化园区"],
    ["text", "73家", "74家"],
    ["date", "repairs: 0", "repairs: 0\npublishedAt: 2024-11-20"],
  ])("stays when its source has changed, and what to do is said (%s)", async (_, from, to) => {
    await importText("factory.md", SOURCE);
    await edit("factory-01", from, to);
    const before = await readFile(join(corpus, "factory-01.md"), "utf8");
    const { articles, skipped } = await importText("factory.md", SOURCE.replace("红砖墙", "青砖墙"));
    expect(articles).toEqual([expect.objectContaining({ keeps: "factory-01" })]);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/factory-01, which was edited by hand .*"npm run articles -- remove factory-01"/),
    ]);
    expect(await readFile(join(corpus, "factory-01.md"), "utf8")).toBe(before);
    expect(await readdir(corpus)).toEqual(["factory-01.md"]);
  });

  test("is named where its source comes with other numbers, which another article of that source may have as well", async () => {
    await importText("factory.md", SOURCE);
    await edit("factory-01", "title: 老厂的新生", "title: 纺织厂变成文化园区");
    const { articles } = await importText(
      "factory.md",
      SOURCE.replace("73家", "81家").replace("三年前", "1998年"),
    );
    expect(articles).toEqual([
      expect.objectContaining({
        id: "factory-02",
        warnings: ["may be another version of factory-01, which was edited by hand"],
      }),
    ]);
  });

  test("may be one that says nothing of an import", async () => {
    await importText("factory.md", SOURCE);
    await edit("factory-01", "imported: ", "unknown: ");
    expect((await importText("factory.md", SOURCE)).articles[0]).toMatchObject({ sameAs: "factory-01" });
    const { articles, skipped } = await importText("factory.md", SOURCE.replace("红砖墙", "青砖墙"));
    expect(articles[0]).toMatchObject({ keeps: "factory-01" });
    expect(skipped[0]!.reason).toContain("may have been edited by hand");
  });

  test("is not written over when it is edited while the sources are read", async () => {
    await importText("factory.md", SOURCE);
    const path = join(folder, "factory.md");
    await writeFile(path, SOURCE.replace("红砖墙", "青砖墙"));
    const planned = await planImport([path], corpus);
    await edit("factory-01", "73家", "74家");
    await expect(writeImport(planned)).rejects.toThrow("factory-01 was edited in the meantime");
    expect((await readCorpus(corpus)).articles[0]!.text).toContain("74家");
  });

  test("is in the way of one article of a file only", async () => {
    await importText("factory.md", SOURCE);
    await edit("factory-01", "title: 老厂的新生", "title: 纺织厂变成文化园区");
    const body = SOURCE.split("\n\n").slice(1);
    const found = ["红砖墙", "红瓦"].map((words, i) => ({
      title: `新题${i}`,
      authors: [],
      paragraphs: body.map((paragraph) => paragraph.trim().replace("红砖墙", words)),
      repairs: 0,
    }));
    const read = async () => ({ articles: found, problems: [] });
    const { articles } = await plan({ paths: [join(folder, "factory.md")], corpusDir: corpus, read });
    expect(articles).toEqual([
      expect.objectContaining({ keeps: "factory-01" }),
      expect.objectContaining({ id: "factory-02", near: expect.objectContaining({ id: "factory-01" }) }),
    ]);
  });

  test("counts as imported again once the new version was written over it", async () => {
    await importText("factory.md", SOURCE);
    await importText("factory.md", SOURCE.replace("红砖墙", "青砖墙"));
    const { articles } = await importText("factory.md", SOURCE.replace("73家", "75家"));
    expect(articles[0]).toMatchObject({ replaces: "factory-01" });
  });
});

describe("nearly the same article", () => {
  test("of the same file under another title takes the place of the earlier one", async () => {
    await importText("factory.md", SOURCE);
    const renamed = SOURCE.replace("# 老厂的新生", "# 纺织厂变成文化园区").replace("73家", "75家");
    const { articles } = await importText("factory.md", renamed);
    expect(articles).toEqual([expect.objectContaining({ id: "factory-01", replaces: "factory-01" })]);
    expect((await readCorpus(corpus)).articles.map(({ title }) => title)).toEqual(["纺织厂变成文化园区"]);
  });

  test("of another file under the same title takes its place too", async () => {
    await importText("factory.md", SOURCE);
    const { articles } = await importText("corrected.md", SOURCE.replace("73家", "75家"));
    expect(articles[0]).toMatchObject({ replaces: "factory-01", source: "corrected.md" });
  });

  test("of another file under another title is imported with a warning", async () => {
    await importText("factory.md", SOURCE);
    const copied = SOURCE.replace("# 老厂的新生", "# 纺织厂变成文化园区").replace("73家", "75家");
    const planned = await importText("copy.md", copied);
    expect(reportImport(planned).articles[0]).toMatchObject({
      id: "copy-01",
      warnings: [expect.stringMatching(/^nearly the same as factory-01 \(9\d %\)$/)],
      near: { id: "factory-01", resemblance: expect.any(Number) },
    });
    expect(await readdir(corpus)).toEqual(["copy-01.md", "factory-01.md"]);
  });

  test("within one import is told, and nothing is lost", async () => {
    const paths = ["a.md", "b.md"].map((name) => join(folder, name));
    await writeFile(paths[0]!, SOURCE);
    await writeFile(paths[1]!, SOURCE.replace("73家", "75家"));
    const planned = await planImport(paths, corpus);
    expect(planned.articles.map(({ id, warnings }) => [id, warnings.length])).toEqual([
      ["a-01", 0],
      ["b-01", 1],
    ]);
  });

  test("that is there as it was keeps its place, whatever else its file holds now", async () => {
    const notice = (street: string, lines: string) =>
      `# 停水通知\n\n因${street}供水管道改造，${street}沿线明天上午停水。${lines}请提前储水，关好水龙头，以免恢复供水时造成损失。施工完毕后将尽快恢复供水，给您带来的不便敬请谅解。`;
    await importText("notice.md", notice("解放路", ""));
    const { articles } = await importText("notice.md", notice("解放路", ""));
    expect(articles[0]).toMatchObject({ sameAs: "notice-01" });
    const other = await importText("other.md", notice("人民路", "届时送水车会到各路口。"));
    expect(other.articles[0]).not.toHaveProperty("replaces");
    expect(other.articles[0]!.warnings).toEqual([]);
  });
});

describe("a collection", () => {
  test("is a subfolder with ids, names and duplicates of its own", async () => {
    await importText("factory.md", SOURCE);
    const planned = await importText("factory.md", SOURCE, "旧闻 2024");
    expect(reportImport(planned).articles[0]).toMatchObject({
      id: "旧闻 2024/factory-01",
      collection: "旧闻 2024",
    });
    expect(planned.articles[0]).not.toHaveProperty("near");
    expect((await readCorpus(corpus)).articles.map(({ id }) => id)).toEqual([
      "factory-01",
      "旧闻 2024/factory-01",
    ]);
    const again = await importText("factory.md", SOURCE, "旧闻 2024");
    expect(again.articles[0]).toMatchObject({ sameAs: "旧闻 2024/factory-01" });
    const changed = await importText("factory.md", SOURCE.replace("73家", "75家"), "旧闻 2024");
    expect(changed.articles[0]).toMatchObject({ replaces: "旧闻 2024/factory-01" });
  });

  test("cannot be where a file or a link lies", async () => {
    await mkdir(corpus);
    await writeFile(join(corpus, "notes"), "");
    await symlink(folder, join(corpus, "elsewhere"));
    for (const name of ["notes", "elsewhere"])
      await expect(importText("factory.md", SOURCE, name)).rejects.toThrow("cannot be a collection");
  });
});

test("what one file's reader throws stops no other, and progress is told", async () => {
  const paths = ["a.md", "b.md"].map((name) => join(folder, name));
  for (const path of paths) await writeFile(path, SOURCE);
  const progress: string[] = [];
  const { articles, skipped } = await plan({
    paths,
    corpusDir: corpus,
    read: async (path) => {
      if (path === paths[0]) throw new AppError("took longer than 10 s");
      return readFileArticles(path);
    },
    onProgress: (done, total) => progress.push(`${done}/${total}`),
  });
  expect(articles.map(({ id }) => id)).toEqual(["b-01"]);
  expect(skipped).toEqual([{ path: paths[0], reason: "took longer than 10 s" }]);
  expect(progress).toEqual(["0/2", "1/2", "2/2"]);
});

test("lock files are passed over", async () => {
  for (const name of ["~$report.md", ".~lock.report.md#", "report.md"])
    await writeFile(join(folder, name), "# 甲\n\n正文。");
  const { articles, skipped } = await planImport([folder], corpus);
  expect({ titles: articles.map(({ title }) => title), skipped }).toEqual({ titles: ["甲"], skipped: [] });
});

test("a file whose first bytes say that it is of another format is refused with what to do", async () => {
  await writeFile(join(folder, "page.txt"), "<!DOCTYPE html><html><body>正文。</body></html>");
  await writeFile(join(folder, "page.md"), "%PDF-1.7\n");
  await writeFile(join(folder, "page.htm"), "\n<html><body><p>正文说明一件事。</p></body></html>");
  const { articles, skipped } = await planImport([folder], corpus);
  expect(articles.map(({ source }) => source)).toEqual(["page.htm"]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    "is not what its name says; if it is a .pdf file, rename it",
    "is not what its name says; if it is a .html file, rename it",
  ]);
});

test("a line of ten million letters is refused as such", async () => {
  const path = join(folder, "letters.txt");
  await writeFile(path, "a".repeat(10_000_000));
  const reason = "holds a line that is too long to be read";
  expect((await planImport([path], corpus)).skipped).toEqual([{ path, reason }]);
});

test("an article as long as several books is refused, and what else the file holds is not", async () => {
  const read = async () => {
    const [short, long] = ["正文。", "字".repeat(500_001)];
    const made = [short, long].map((paragraph) => ({
      title: "题",
      authors: [],
      paragraphs: [paragraph],
      repairs: 0,
    }));
    return { articles: made, problems: [] };
  };
  const path = join(folder, "books.txt");
  await writeFile(path, "");
  const { articles, skipped } = await plan({ paths: [path], corpusDir: corpus, read });
  expect(articles.map(({ text }) => text)).toEqual(["正文。"]);
  expect(skipped).toEqual([
    { path, reason: "“题” has 500,001 characters, and an article may have 500,000; split it" },
  ]);
});
