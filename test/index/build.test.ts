import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { type BuildOptions, buildIndex, searchTextOf } from "../../src/index/build.ts";
import { openIndex } from "../../src/index/open.ts";
import { createCharacterEmbedder, makeArticle, makeFolder, passagesOf, readTree } from "./sample.ts";

const mine = makeArticle("mine", "矿山安全", "一是压实责任。二是排查隐患。", "麻地梁矿加强管理。");
const road = makeArticle("road", "徐州道路", "汉源大道通车。全长八公里。");
const art = makeArticle("art", "海宁画展", "海宁迎春画展开幕，展出百件作品。");
/** Cut small, so that an article has several passages. */
const chunking = { minWidth: 5, maxWidth: 12 };

async function setUp() {
  const indexDir = await makeFolder();
  const embedder = createCharacterEmbedder();
  const build = (articles: BuildOptions["articles"], options: Partial<BuildOptions> = {}) =>
    buildIndex({ articles, indexDir, embedder, chunking, ...options });
  return { indexDir, embedder, build };
}

/** The files of a fresh build of `articles`, by their path in the index folder. */
async function freshBuild(articles: BuildOptions["articles"]) {
  const { indexDir, build } = await setUp();
  await build(articles);
  return readTree(indexDir);
}

/** The same, without the build that is kept from before. */
async function readInForce(indexDir: string) {
  const tree = await readTree(indexDir);
  const name = tree.get("current")!.toString().trim();
  return new Map([...tree].filter(([path]) => path === "current" || path.startsWith(`${name}/`)));
}

describe("buildIndex", () => {
  test("embeds each passage once under its article's title, tells its progress and reports what it did", async () => {
    const { embedder, build, indexDir } = await setUp();
    const progress: number[][] = [];
    const report = await build([mine, road], { onProgress: (done, total) => progress.push([done, total]) });
    const index = await openIndex({ articles: [mine, road], indexDir, embedder });
    expect(passagesOf(index).map(({ id, text }) => [id, text])).toEqual([
      ["mine#0", "一是压实责任。"],
      ["mine#1", "二是排查隐患。"],
      ["mine#2", "麻地梁矿加强管理。"],
      ["road#0", "汉源大道通车。"],
      ["road#1", "全长八公里。"],
    ]);
    expect(embedder.embedded[0]).toBe("矿山安全\n一是压实责任。");
    expect(embedder.embedded).toHaveLength(5);
    expect(progress).toEqual([[5, 5]]);
    expect(report).toMatchObject({ articles: 2, passages: 5, embeddedArticles: 2 });
    expect(report.fingerprint).toBe(index.fingerprint);
  });

  test("searches a passage without its title where the article has none", () => {
    const untitled = makeArticle("a", "", "正文。");
    expect(searchTextOf(untitled, { text: "正文。" } as never)).toBe("正文。");
  });

  test("does nothing when nothing has changed", async () => {
    const { embedder, build, indexDir } = await setUp();
    await build([mine, road]);
    const [before, calls] = [await readTree(indexDir), embedder.embedded.length];
    expect(await build([mine, road])).toMatchObject({ embeddedArticles: 0 });
    expect(await readTree(indexDir)).toEqual(before);
    expect(embedder.embedded).toHaveLength(calls);
  });

  test("gives the same bytes for the same articles", async () => {
    expect(await freshBuild([mine, road, art])).toEqual(await freshBuild([mine, road, art]));
  });

  test("embeds only the articles that are new or changed, and the result is that of a fresh build", async () => {
    const { embedder, build, indexDir } = await setUp();
    await build([mine, road, art]);
    const changed = makeArticle("road", "徐州道路", "汉源大道昨日通车。全长八公里。");
    const added = makeArticle("gas", "储气库", "铜锣峡储气库投产。");
    for (const [articles, embeddedArticles] of [
      [[art, mine, road], 0],
      [[road, art], 0],
      [[mine, changed, art, added], 3],
      [[added], 0],
      [[], 0],
      [[mine], 1],
    ] as const) {
      embedder.embedded.length = 0;
      const report = await build(articles);
      expect(report).toMatchObject({ embeddedArticles });
      expect(await readInForce(indexDir)).toEqual(await freshBuild(articles));
    }
    expect(embedder.embedded).toEqual([
      "矿山安全\n一是压实责任。",
      "矿山安全\n二是排查隐患。",
      "矿山安全\n麻地梁矿加强管理。",
    ]);
  });

  test("takes the title as changed text, and another name of the same article as the same", async () => {
    const { build } = await setUp();
    await build([mine]);
    expect(await build([{ ...mine, title: "矿山" }])).toMatchObject({ embeddedArticles: 1 });
    expect(await build([{ ...mine, title: "矿山", id: "other" as never }])).toMatchObject({
      embeddedArticles: 0,
    });
  });

  test("embeds again what is cut into other passages, though there are as many", async () => {
    const text = makeArticle("a", "题", "一二三四。五六七。八九十。");
    const { build, embedder } = await setUp();
    const cut = { minWidth: 1, maxWidth: 9 };
    await build([text], { chunking: { minWidth: 1, maxWidth: 8 } });
    expect(embedder.embedded).toEqual(["题\n一二三四。", "题\n五六七。八九十。"]);
    await build([text], { chunking: cut });
    expect(embedder.embedded.slice(2)).toEqual(["题\n一二三四。五六七。", "题\n八九十。"]);
  });

  test("embeds everything again with another model", async () => {
    const { build } = await setUp();
    await build([mine, road]);
    const embedder = createCharacterEmbedder("e".repeat(64));
    expect(await build([mine, road], { embedder })).toMatchObject({ embeddedArticles: 2 });
  });

  test("builds over a damaged index as over none", async () => {
    const { build, indexDir, embedder } = await setUp();
    const { fingerprint } = await build([mine, road]);
    await writeFile(join(indexDir, fingerprint, "vectors.bin"), "short");
    expect(await build([mine, road])).toMatchObject({ embeddedArticles: 2 });
    expect(passagesOf(await openIndex({ articles: [mine, road], indexDir, embedder }))).toHaveLength(5);
    await writeFile(join(indexDir, "current"), "../../etc");
    // The build is whole, though nothing names it.
    expect(await build([mine, road])).toMatchObject({ embeddedArticles: 0 });
    expect(await readInForce(indexDir)).toEqual(await freshBuild([mine, road]));
  });

  test.each(["the embedder", "onProgress"])(
    "leaves the index in force as it was, and nothing else, when %s throws midway",
    async (who) => {
      const { build, indexDir } = await setUp();
      await build([mine]);
      const before = await readTree(indexDir);
      const fail = () => {
        throw new Error("interrupted");
      };
      const embedder = { ...createCharacterEmbedder(), embed: async () => fail() };
      const options = who === "onProgress" ? { onProgress: fail } : { embedder };
      await expect(build([mine, road], options)).rejects.toThrow("interrupted");
      expect(await readTree(indexDir)).toEqual(before);
      expect(await readdir(indexDir)).toHaveLength(2);
    },
  );

  test("says where it could not write", async () => {
    const { build, indexDir } = await setUp();
    const file = join(indexDir, "file");
    await writeFile(file, "");
    const failed = build([mine], { indexDir: join(file, "index") });
    await expect(failed).rejects.toThrow(AppError);
    await expect(failed).rejects.toThrow(`could not be written to ${join(file, "index")}`);
  });

  test("leaves the index in force, and no half of a new one, when a file cannot be written", async () => {
    const { build, indexDir } = await setUp();
    await build([mine]);
    const before = await readTree(indexDir);
    const other = await setUp();
    const { fingerprint } = await other.build([mine, road]);
    const obstacle = join(indexDir, `${fingerprint}.${process.pid}.tmp`);
    await mkdir(join(obstacle, "manifest.json"), { recursive: true });
    await expect(build([mine, road])).rejects.toThrow(AppError);
    expect(await readTree(indexDir)).toEqual(before);
  });

  test("removes what builds before it left behind, and nothing that it has not made", async () => {
    const { build, indexDir } = await setUp();
    const { fingerprint } = await build([mine]);
    const theirs = [
      "notes.txt",
      "2024110100000001",
      "0123456789abcdef/photo.jpg",
      "backup/manifest.json",
      "current.bak",
    ];
    const killed = ["aaaaaaaaaaaaaaaa.123.tmp/vectors.bin", "current.123.tmp"];
    for (const path of [...theirs, ...killed]) {
      await mkdir(join(indexDir, path, ".."), { recursive: true });
      await writeFile(join(indexDir, path), "x");
    }
    await build([road]);
    const paths = [...(await readTree(indexDir)).keys()];
    expect(paths).toEqual(expect.arrayContaining(theirs));
    for (const path of [...killed, fingerprint])
      expect(paths.filter((name) => name.startsWith(path))).toEqual([]);
  });

  test("keeps one build before, unless it has an article that is gone", async () => {
    const { build, indexDir } = await setUp();
    const builds = async () => (await readdir(indexDir)).filter((name) => name !== "current");
    const first = await build([mine]);
    const second = await build([mine, road]);
    expect(await builds()).toEqual([first.fingerprint, second.fingerprint].sort());
    const third = await build([mine, { ...road, title: "道路" }, art]);
    expect(await builds()).toEqual([second.fingerprint, third.fingerprint].sort());
    const fourth = await build([mine, art]);
    expect(await builds()).toEqual([fourth.fingerprint]);
  });

  test("puts a build that was finished, but not named, in force as it is", async () => {
    const { build, indexDir, embedder } = await setUp();
    await build([mine]);
    const before = await readTree(indexDir);
    await build([mine, road]);
    await writeFile(join(indexDir, "current"), before.get("current")!);
    embedder.embedded.length = 0;
    expect(await build([mine, road])).toMatchObject({ passages: 5, embeddedArticles: 0 });
    expect(embedder.embedded).toEqual([]);
    expect(await readInForce(indexDir)).toEqual(await freshBuild([mine, road]));
  });

  test("what a build that was killed left goes with the next, though nothing has changed", async () => {
    const { build, indexDir } = await setUp();
    await build([mine]);
    const before = await readTree(indexDir);
    await mkdir(join(indexDir, "aaaaaaaaaaaaaaaa.123.tmp"));
    await build([mine]);
    expect(await readdir(indexDir)).toHaveLength(2);
    expect(await readTree(indexDir)).toEqual(before);
  });
});
