import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { ArticleId } from "../../src/types.ts";
import { projectPath } from "../index/sample.ts";
import { articleFile, openLiveCorpus } from "../support/live-corpus.ts";

const POOL = articleFile("游泳馆开放时间", "城东游泳馆每天早上七点开门，晚上九点半关门，周一闭馆保养。");
const POOL_LATER = POOL.replace("七点", "八点");
const QUESTION = "城东游泳馆早上几点开门？";
const BUS = {
  title: "八路公交车改道",
  authors: ["管理员"],
  text: "八路公交车十二月起改走滨河大道，全程四十分钟。",
  source: "管理员的回答",
};
const id = (name: string) => name as ArticleId;

/** The first quote, or that there is none. */
async function ask(corpus: Awaited<ReturnType<typeof openLiveCorpus>>, question: string, collection = "") {
  const answer = await corpus.assistants.follow(collection).ask(question);
  return answer.kind === "answered" ? answer.quotes[0]!.text : answer.kind;
}

describe("refresh", () => {
  test("resolves when what was on disk at the call is in the answers, also when a refresh is under way", async () => {
    const corpus = await openLiveCorpus({ "pool.md": POOL });
    const early = corpus.assistants.refresh();
    await corpus.put("pool.md", POOL_LATER);
    await Promise.all([corpus.assistants.refresh(), corpus.assistants.refresh()]);
    expect(await ask(corpus, QUESTION)).toContain("八点");
    await early;
  });

  test("tells what was embedded anew, by collections, and which files are left out", async () => {
    const corpus = await openLiveCorpus({ "pool.md": POOL });
    await corpus.put("crew/pool.md", POOL_LATER);
    await corpus.put("broken.md", "---\nid: [\n---\n");
    const { embedded, problems } = await corpus.assistants.refresh();
    expect([...embedded]).toEqual([["crew", 1]]);
    expect(problems).toEqual([{ path: "broken.md", reason: expect.stringContaining("not YAML") }]);
    expect([...(await corpus.assistants.refresh()).embedded]).toEqual([]);
  });

  test("rejects with the reason where it cannot be, and the answers stay", async () => {
    const corpus = await openLiveCorpus({ "pool.md": POOL });
    await rm(corpus.corpusDir, { recursive: true });
    await expect(corpus.assistants.refresh()).rejects.toThrow(/corpus folder .* cannot be read/);
    expect(await ask(corpus, QUESTION)).toContain("七点");
    await corpus.put("pool.md", POOL_LATER);
    await corpus.assistants.refresh();
    expect(await ask(corpus, QUESTION)).toContain("八点");
  });
});

test("a folder that is put in the place of the corpus is read, and watched from then on", async () => {
  const corpus = await openLiveCorpus({ "pool.md": POOL });
  const aside = `${corpus.corpusDir}-new`;
  await mkdir(aside);
  await writeFile(join(aside, "pool.md"), POOL_LATER);
  await rename(corpus.corpusDir, `${corpus.corpusDir}-old`);
  await rename(aside, corpus.corpusDir);
  await expect.poll(() => ask(corpus, QUESTION), { timeout: 10_000 }).toContain("八点");
  await corpus.put("pool.md", POOL);
  await expect.poll(() => ask(corpus, QUESTION), { timeout: 5000 }).toContain("七点");
});

test("so is one that is removed and made anew", async () => {
  const corpus = await openLiveCorpus({ "pool.md": POOL });
  await rm(corpus.corpusDir, { recursive: true });
  await mkdir(corpus.corpusDir);
  await expect.poll(() => ask(corpus, QUESTION), { timeout: 10_000 }).toBe("not-found");
  for (const [text, hour] of [
    [POOL, "七点"],
    [POOL_LATER, "八点"],
  ] as const) {
    await corpus.put("pool.md", text);
    await expect.poll(() => ask(corpus, QUESTION), { timeout: 10_000 }).toContain(hour);
  }
}, 40_000);

describe("the editor of a corpus", () => {
  test("adds articles under ids that are free, to a collection that need not be there", async () => {
    const corpus = await openLiveCorpus({ "pool.md": POOL });
    const { editor } = corpus;
    const ids = await Promise.all(
      ["", "", "crew"].map((collection) => editor.addArticle({ ...BUS, collection })),
    );
    expect(ids).toEqual(["article-01", "article-02", "crew/article-01"]);
    await editor.refresh();
    expect(await ask(corpus, "八路公交车改走哪条路？", "crew")).toContain("滨河大道");
    expect(corpus.assistants.follow("crew").articles).toMatchObject([{ authors: ["管理员"] }]);
  });

  test("removes articles and brings them back to the byte", async () => {
    const corpus = await openLiveCorpus({ "pool.md": POOL, "later.md": POOL_LATER });
    const { editor, corpusDir } = corpus;
    const change = await editor.remove([id("pool"), id("later")]);
    await editor.refresh();
    expect(corpus.assistants.follow("").articles).toEqual([]);
    expect(await editor.undo(change)).toEqual({ removed: [], restored: ["pool", "later"], kept: [] });
    expect(await readFile(join(corpusDir, "pool.md"), "utf8")).toBe(POOL);
    expect(await readdir(corpusDir)).toEqual(["later.md", "pool.md"]);
    await editor.refresh();
    expect(await ask(corpus, QUESTION)).toMatch(/[七八]点/);
    // Pressed again, it has nothing to do.
    expect(await editor.undo(change)).toEqual({ removed: [], restored: [], kept: [] });
  });

  test("removes none where one is not there", async () => {
    const { editor, corpusDir } = await openLiveCorpus({ "pool.md": POOL });
    await expect(editor.remove([id("pool"), id("gone")])).rejects.toThrow(AppError);
    expect(await readdir(corpusDir)).toEqual(["pool.md"]);
  });

  test("leaves alone what was put in the place of a removed article", async () => {
    const { editor, corpusDir, put } = await openLiveCorpus({ "pool.md": POOL });
    const change = await editor.remove([id("pool")]);
    await put("pool.md", POOL_LATER);
    expect(await editor.undo(change)).toEqual({ removed: [], restored: [], kept: ["pool"] });
    expect(await readFile(join(corpusDir, "pool.md"), "utf8")).toBe(POOL_LATER);
  });

  test("leaves alone what it wrote and a person edited, and takes the rest back", async () => {
    const { editor, corpusDir } = await openLiveCorpus({});
    const added = await editor.addArticle({ ...BUS, collection: "" });
    const file = await readFile(join(corpusDir, `${added}.md`), "utf8");
    const imported = /imported: (\S+)/.exec(file)![1]!;
    const change = { written: [{ id: added, imported }], before: [{ id: added, file: POOL }] };
    for (const edited of [file.replace("滨河", "滨江"), "---\nid: [\n---\n", "no front matter"]) {
      await writeFile(join(corpusDir, `${added}.md`), edited);
      expect(await editor.undo(change)).toEqual({ removed: [], restored: [], kept: [added] });
    }
    await writeFile(join(corpusDir, `${added}.md`), file);
    expect(await editor.undo({ ...change, before: [] })).toEqual({
      ...{ removed: [added], restored: [], kept: [] },
    });
    expect(await readdir(corpusDir)).toEqual([]);
  });
});

describe("the import of a file", () => {
  const notice = (hour: string) =>
    `城东游泳馆开放时间\n城东游泳馆每天早上${hour}开门，晚上九点半关门，周一闭馆保养。\n`;

  test("writes its articles, a later version over the earlier one, and both can be taken back", async () => {
    const corpus = await openLiveCorpus({});
    const { editor, stateDir } = corpus;
    const path = join(stateDir, "pool.txt");
    await mkdir(stateDir);
    await writeFile(path, notice("七点"));
    const first = await editor.importFile(path, "crew");
    expect(first.articles).toEqual([
      { title: "城东游泳馆开放时间", paragraphs: 1, isNewVersion: false, warnings: [] },
    ]);
    await writeFile(path, notice("八点"));
    const second = await editor.importFile(path, "crew");
    expect(second.articles).toMatchObject([{ isNewVersion: true }]);
    expect(await editor.importFile(path, "crew")).toMatchObject({
      articles: [],
      skipped: [expect.stringContaining("is already in the corpus as crew/pool-01")],
      change: { written: [], before: [] },
    });
    await editor.refresh();
    expect(await ask(corpus, QUESTION, "crew")).toContain("八点");
    expect(await editor.undo(second.change)).toMatchObject({ restored: ["crew/pool-01"] });
    await editor.refresh();
    expect(await ask(corpus, QUESTION, "crew")).toContain("七点");
    expect(await editor.undo(first.change)).toMatchObject({ removed: ["crew/pool-01"] });
  });

  test("of a PDF tells its pages, and one that cannot be read changes nothing", async () => {
    const { editor, corpusDir } = await openLiveCorpus({});
    const pages: string[] = [];
    const fileOf = (name: string) => projectPath("test/corpus/files/pdf", name);
    const { articles } = await editor.importFile(fileOf("report-indented.pdf"), "", {
      onPage: (page, all) => {
        pages.push(`${page}/${all}`);
      },
    });
    expect(articles).toHaveLength(1);
    expect(pages[0]).toMatch(/^1\/\d+$/);
    const before = await readdir(corpusDir);
    expect(await editor.importFile(fileOf("encrypted.pdf"), "")).toMatchObject({
      articles: [],
      skipped: [expect.stringContaining("encrypted")],
    });
    expect(await readdir(corpusDir)).toEqual(before);
  });
});
