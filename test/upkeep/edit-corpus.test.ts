import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { ArticleId } from "../../src/types.ts";
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
