import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { planImport, reportImport, writeImport } from "../../src/corpus/import.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";

let folder: string;
let corpus: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wenbao-import-"));
  corpus = join(folder, "corpus");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

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
    "in/latin.txt is neither UTF-8 nor GB18030 text; save it as UTF-8",
    "in/nul.txt holds NUL bytes and is not text",
    "in/sheet.xls .xls cannot be imported; .txt, .md can",
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
  await writeFile(join(corpus, ".story-01.123.tmp"), "half");
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
