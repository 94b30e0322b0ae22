import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { buildIndex } from "../../src/index/build.ts";
import { readBuildInForce } from "../../src/index/build-folder.ts";
import { openIndex } from "../../src/index/open.ts";
import type { Article } from "../../src/types.ts";
import { createCharacterEmbedder, makeArticle, makeFolder, passagesOf } from "./sample.ts";

const mine = makeArticle("mine", "矿山安全", "一是压实责任。二是排查隐患。", "麻地梁矿加强管理。");
const road = makeArticle("road", "徐州道路", "汉源大道通车。全长八公里。");
const articles = [mine, road];
const embedder = createCharacterEmbedder();

async function setUp() {
  const indexDir = await makeFolder();
  const { fingerprint } = await buildIndex({ articles, indexDir, embedder });
  return {
    indexDir,
    folder: join(indexDir, fingerprint),
    open: () => openIndex({ articles, indexDir, embedder }),
  };
}

async function refusalOf(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  const { message } = error as AppError;
  expect(message).toContain('Run "npm run index"');
  return message;
}

const files = ["manifest.json", "passages.bin", "terms.bin", "postings.bin", "tokens.bin", "vectors.bin"];

describe("openIndex", () => {
  test("gives the passages with the words, pieces and vectors that they were built with", async () => {
    const { open } = await setUp();
    const index = await open();
    expect([...index.articles.values()]).toEqual(articles);
    expect(passagesOf(index).map(({ text }) => text)).toEqual([mine.text, road.text]);
    expect([...index.lexical.scoreAll(["汉源"])]).toEqual([0, expect.any(Number)]);
    expect([...index.tokensOf(1)]).toEqual([...new Set(embedder.tokenize(`${road.title}${road.text}`))]);
    expect(index.tokenFrequency("一".codePointAt(0)!)).toBe(1);
    expect(index.tokenFrequency("。".codePointAt(0)!)).toBe(2);
    expect(index.tokenFrequency(1)).toBe(0);
    const [vector] = await embedder.embed([`${road.title}\n${road.text}`], "query");
    expect(index.nearest(vector!, 1)).toEqual([{ passage: 1, cosine: expect.closeTo(1, 3) }]);
    expect(index.cosine(1, vector!)).toBeCloseTo(1, 3);
    expect(index.scripts).toEqual({ han: expect.any(Number) });
  });

  test("does not mind the order in which the articles are read", async () => {
    const { indexDir } = await setUp();
    const index = await openIndex({ articles: articles.toReversed(), indexDir, embedder });
    expect(passagesOf(index).map(({ text }) => text)).toEqual([mine.text, road.text]);
  });

  test("opens an index of no articles, in which nothing is near", async () => {
    const indexDir = await makeFolder();
    await buildIndex({ articles: [], indexDir, embedder });
    const index = await openIndex({ articles: [], indexDir, embedder });
    expect(passagesOf(index)).toEqual([]);
    expect(index.nearest(new Float32Array(16), 10)).toEqual([]);
  });

  test("refuses a folder without an index, or that is not there", async () => {
    const indexDir = await makeFolder();
    expect(await refusalOf(openIndex({ articles, indexDir, embedder }))).toContain("no index");
    expect(await refusalOf(openIndex({ articles, indexDir: join(indexDir, "absent"), embedder }))).toContain(
      "no index",
    );
  });

  test("refuses each file when it is missing, cut short or longer by a byte, and names it", async () => {
    const { folder, open } = await setUp();
    const names = await readdir(folder);
    expect(names).toEqual(expect.arrayContaining(files));
    for (const name of names) {
      const path = join(folder, name);
      const content = await readFile(path);
      await rm(path);
      expect(await refusalOf(open())).toContain(name);
      for (const length of [0, 1, content.length >> 1, content.length - 3]) {
        await writeFile(path, content);
        await truncate(path, length);
        expect(await refusalOf(open())).toContain(name);
      }
      await writeFile(path, Buffer.concat([content, Buffer.from("x")]));
      expect(await refusalOf(open())).toContain(name);
      await writeFile(path, content);
    }
    await open();
  });

  test("refuses each file with one bit flipped, wherever it is", async () => {
    const { folder, open } = await setUp();
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const content = await readFile(path);
      const step = Math.max(1, Math.floor(content.length / 60));
      for (let at = 0; at < content.length - 1; at += step) {
        const damaged = Buffer.from(content);
        damaged[at]! ^= 1 << (at % 8);
        await writeFile(path, damaged);
        await refusalOf(open());
      }
      await writeFile(path, content);
    }
    await open();
  });

  test.each(["", "\n", "0123456789abcde", "../mine", "ABCDEF0123456789\n", "0123456789abcdef\n"])(
    "answers from the whole build beside a pointer that says %j, says what is wrong, and refuses where there is none",
    async (pointer) => {
      const { indexDir, folder, open } = await setUp();
      await writeFile(join(indexDir, "current"), pointer);
      const { damage, ...index } = await open();
      expect(damage).toEqual({ reason: expect.stringContaining('Run "npm run index"'), missing: 0 });
      expect(passagesOf(index).map(({ text }) => text)).toEqual([mine.text, road.text]);
      await rm(join(folder, "tokens.bin"));
      await refusalOf(open());
    },
  );

  test.each([0, 99])("refuses an index of format %i, whatever else is in it", async (format) => {
    const { folder, open } = await setUp();
    await writeFile(join(folder, "manifest.json"), JSON.stringify({ format, shards: [] }));
    expect(await refusalOf(open())).toMatch(new RegExp(`format ${format}, .* reads format 4`));
  });

  test("refuses an index built with another model, and names both", async () => {
    const { indexDir } = await setUp();
    const other = { name: "e5-base", fingerprint: "0".repeat(64) };
    expect(await refusalOf(openIndex({ articles, indexDir, embedder: other }))).toMatch(
      /characters.*e5-base/,
    );
    const newer = { name: embedder.name, fingerprint: "0".repeat(64) };
    expect(await refusalOf(openIndex({ articles, indexDir, embedder: newer }))).toContain(
      "another version of the model characters",
    );
  });

  test.each<[string, readonly Article[], string]>([
    ["a changed text", [mine, makeArticle("road", road.title, `${road.text}。`)], "1 changed"],
    ["a changed title", [{ ...mine, title: "矿山" }, road], "1 changed"],
    ["other authors", [{ ...mine, authors: ["甲"] }, road], "1 changed"],
    ["other paragraphs", [{ ...mine, paragraphs: mine.paragraphs.slice(1) }, road], "1 changed"],
    ["a new article", [...articles, makeArticle("art", "画展", "开幕。")], "1 new"],
    ["a removed article", [mine], "1 removed"],
    ["a renamed article", [mine, { ...road, id: "street" as never }], "1 new, 1 removed"],
    [
      "all three",
      [
        { ...mine, title: "矿" },
        { ...road, id: "a" as never },
      ],
      "1 new, 1 changed, 1 removed",
    ],
    ["no article", [], "2 removed"],
  ])("refuses %s and counts what is not zero", async (_, present, counts) => {
    const { indexDir } = await setUp();
    expect(await refusalOf(openIndex({ articles: present, indexDir, embedder }))).toContain(
      `(articles: ${counts})`,
    );
  });
});

test("a build that is replaced while it is read is not taken for a damaged one", async () => {
  const { indexDir } = await setUp();
  const versions = Array.from({ length: 12 }, (_, i) => [
    mine,
    makeArticle("road", "道路", `第${i}次通车。`),
  ]);
  let isOver = false;
  const writing = (async () => {
    for (const version of versions) await buildIndex({ articles: version, indexDir, embedder });
    isOver = true;
  })();
  let read = 0;
  while (!isOver) {
    expect(await readBuildInForce(indexDir)).toBeDefined();
    read++;
  }
  await writing;
  expect(read).toBeGreaterThan(3);
});
