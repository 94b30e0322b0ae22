import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildIndex } from "../../src/index/build.ts";
import { openIndex } from "../../src/index/open.ts";
import type { Article } from "../../src/types.ts";
import { createCharacterEmbedder, makeArticle, makeFolder, passagesOf } from "./sample.ts";

const mine = makeArticle("mine", "矿山安全", "一是压实责任。二是排查隐患。", "麻地梁矿加强管理。");
const road = makeArticle("road", "徐州道路", "汉源大道通车。全长八公里。");
const repaired = makeArticle("road", "徐州道路", "汉源大道昨日通车。全长八公里。");
const art = makeArticle("art", "海宁画展", "海宁迎春画展开幕，展出百件作品。");
const embedder = createCharacterEmbedder();

/** An index that was built from `before`, then from `now`. */
async function setUp(before: readonly Article[], now: readonly Article[]) {
  const indexDir = await makeFolder();
  const spare = (await buildIndex({ articles: before, indexDir, embedder })).fingerprint;
  const { fingerprint } = await buildIndex({ articles: now, indexDir, embedder });
  const open = () => openIndex({ articles: now, indexDir, embedder });
  return { indexDir, folder: join(indexDir, fingerprint), spare: join(indexDir, spare), open };
}

describe("an index whose build in force is damaged", () => {
  test("is answered from the build before, with those of its articles that are as they were", async () => {
    const { folder, open } = await setUp([road, mine], [mine, repaired, art]);
    expect((await open()).damage).toBeUndefined();
    await truncate(join(folder, "vectors.bin"), 3);
    const index = await open();
    expect(index.damage).toEqual({
      reason: expect.stringMatching(/damaged: vectors\.bin .* Run "npm run index"/),
      missing: 2,
    });
    expect([...index.articles.keys()]).toEqual(["mine"]);
    expect(passagesOf(index).map(({ text }) => text)).toEqual([mine.text]);
    expect(index.search).toBe("exact");
    expect([...index.lexical.scoreAll(["管理", "汉源"])]).toEqual([expect.any(Number)]);
    expect([...index.tokensOf(0)]).toEqual([...new Set(embedder.tokenize(`${mine.title}${mine.text}`))]);
    const [vector] = await embedder.embed([`${mine.title}\n${mine.text}`], "query");
    expect(index.nearest(vector!, 5)).toEqual([{ passage: 0, cosine: expect.closeTo(1, 3) }]);
  });

  test("gives the articles that are left the scores of an index of them alone", async () => {
    const { indexDir, folder, open } = await setUp(
      [mine, road, art],
      [mine, road, { ...art, title: "画展" }],
    );
    await rm(join(folder, "manifest.json"));
    const index = await open();
    const alone = join(indexDir, "alone");
    await buildIndex({ articles: [mine, road], indexDir: alone, embedder });
    const plain = await openIndex({ articles: [mine, road], indexDir: alone, embedder });
    expect(passagesOf(index)).toEqual(passagesOf(plain));
    const terms = ["一是", "通车", "海宁", "公里"];
    expect([...index.lexical.scoreAll(terms)]).toEqual([...plain.lexical.scoreAll(terms)]);
  });

  test("is answered, or refused where nothing is left, whatever file is emptied, cut, gone or flipped", async () => {
    const { folder, spare, open } = await setUp([mine], [mine, road]);
    const damages: ((path: string, content: Buffer) => Promise<unknown>)[] = [
      (path) => rm(path),
      (path) => writeFile(path, ""),
      (path, content) => writeFile(path, content.subarray(0, content.length >> 1)),
      ...[0, 0.1, 0.3, 0.5, 0.7, 0.9].map((share) => (path: string, content: Buffer) => {
        const flipped = Buffer.from(content);
        flipped[Math.floor(share * content.length)]! ^= 1 << Math.floor(share * 8);
        return writeFile(path, flipped);
      }),
    ];
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const content = await readFile(path);
      for (const damage of damages) {
        await damage(path, content);
        expect(await open()).toMatchObject({ damage: { missing: 1 }, size: 1 });
        const kept = await readFile(join(spare, name));
        await damage(join(spare, name), kept);
        await expect(open()).rejects.toThrow('Run "npm run index"');
        await writeFile(join(spare, name), kept);
        await writeFile(path, content);
      }
    }
    expect((await open()).damage).toBeUndefined();
  });

  test("is answered where a later version wrote it", async () => {
    const { folder, open } = await setUp([mine], [mine, road]);
    await writeFile(join(folder, "manifest.json"), JSON.stringify({ format: 99, shards: [] }));
    const { damage } = await open();
    expect(damage).toEqual({ reason: expect.stringContaining("format 99"), missing: 1 });
  });

  test("says nothing of an article that is gone, though a build that has it lies there", async () => {
    const { indexDir, folder } = await setUp([mine], [mine, road]);
    await truncate(join(folder, "terms.bin"), 0);
    await expect(openIndex({ articles: [art], indexDir, embedder })).rejects.toThrow("damaged");
    const index = await openIndex({ articles: [mine, art], indexDir, embedder });
    expect([...index.articles.keys()]).toEqual(["mine"]);
  });

  test("is built again from what is left, without embedding that anew, and the damaged build goes", async () => {
    const { indexDir, folder, open } = await setUp([mine], [mine, road]);
    await truncate(join(folder, "hnsw.bin"), 10);
    const report = await buildIndex({ articles: [mine, road], indexDir, embedder });
    expect(report.embeddedArticles).toBe(1);
    expect((await open()).damage).toBeUndefined();
    expect(await readdir(indexDir)).not.toContain(report.fingerprint);
    await truncate(join(indexDir, `${report.fingerprint}b`, "hnsw.bin"), 10);
    expect((await open()).damage).toMatchObject({ missing: 1 });
  });
});
