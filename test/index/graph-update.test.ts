import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildIndex } from "../../src/index/build.ts";
import { readBuildInForce } from "../../src/index/build-folder.ts";
import { decodeData } from "../../src/index/data.ts";
import { NO_ROW, planGraphUpdate, planWholeGraph } from "../../src/index/graph-plan.ts";
import { loadHnswlib } from "../../src/index/hnsw.ts";
import { openIndex } from "../../src/index/open.ts";
import { openExact } from "../../src/index/vectors.ts";
import type { Article } from "../../src/types.ts";
import { createCharacterEmbedder, makeArticle, makeFolder } from "./sample.ts";

const embedder = createCharacterEmbedder();
/** Each of another text, one passage an article; enough for a graph that is updated. */
const many = (from: number, to: number): Article[] =>
  Array.from({ length: to - from }, (_, i) => {
    const number = from + i;
    const text = Array.from({ length: 6 }, (_, place) =>
      String.fromCodePoint(0x4e00 + ((number * 7919 + place * place * 104_729) % 20_000)),
    ).join("");
    return makeArticle(`a-${number}`, "", `${text}。`);
  });

async function openBuild(indexDir: string, articles: readonly Article[]) {
  const index = await openIndex({ articles, indexDir, embedder });
  const { manifest, files, graph } = (await readBuildInForce(indexDir))!;
  return { index, changes: manifest.changes, data: decodeData(files), graph };
}

describe("planGraphUpdate", () => {
  const rows = Uint32Array.from({ length: 3000 }, (_, row) => row);
  const kept = (count: number, added: number) =>
    Int32Array.from({ length: count + added }, (_, row) => (row < count ? row : -1));

  test("gives new passages the labels of gone ones, then new labels, and clears what is left of the gone", () => {
    const plan = planGraphUpdate({ rows, changes: 5 }, Int32Array.of(-1, ...kept(2998, 0)))!;
    expect(plan.set).toEqual([2998]);
    expect(plan.cleared).toEqual([2999]);
    expect(plan.changes).toBe(7);
    expect([...plan.rows.slice(0, 2)]).toEqual([1, 2]);
    expect([...plan.rows.slice(-2)]).toEqual([0, NO_ROW]);
    const next = planGraphUpdate(plan, kept(2999, 2))!;
    expect(next).toMatchObject({ set: [2999, 3000], cleared: [], changes: 9 });
  });

  test("builds a graph as a whole when it is small, or when a tenth has changed since it was", () => {
    expect(planGraphUpdate({ rows, changes: 0 }, kept(1999, 0))).toBeUndefined();
    expect(planGraphUpdate({ rows, changes: 290 }, kept(3000, 10))).toBeDefined();
    expect(planGraphUpdate({ rows, changes: 290 }, kept(3000, 20))).toBeUndefined();
    expect(planWholeGraph(2)).toEqual({ rows: Uint32Array.of(0, 1), set: [0, 1], cleared: [], changes: 0 });
  });
});

describe.runIf(loadHnswlib())("a graph that is updated", () => {
  test("finds what one built as a whole finds, and nothing that is gone, whose vectors it no longer holds", async () => {
    const indexDir = await makeFolder();
    let articles = many(0, 2200);
    await buildIndex({ articles, indexDir, embedder });
    const whole = await openBuild(indexDir, articles);
    expect(whole.changes).toBe(0);
    const gone = articles.slice(50, 60);
    const [lost] = await embedder.embed([gone[3]!.text], "passage");
    const lostRow = whole.data.vectors.numbers.subarray(53 * 16, 54 * 16);
    const lostBytes = Buffer.from(
      Float32Array.from(lostRow, (n) => n * whole.data.vectors.scales[53]!).buffer,
    );
    expect((await readFile(whole.graph!)).includes(lostBytes)).toBe(true);

    // Several builds after each other: fewer, then more, then others.
    articles = articles.filter((article) => !gone.includes(article));
    await buildIndex({ articles, indexDir, embedder });
    expect((await readFile((await openBuild(indexDir, articles)).graph!)).includes(lostBytes)).toBe(false);
    articles = [...many(3000, 3040), ...articles];
    await buildIndex({ articles, indexDir, embedder });
    articles = articles.with(700, many(4000, 4001)[0]!).toReversed();
    const report = await buildIndex({ articles, indexDir, embedder });
    expect(report.embeddedArticles).toBe(1);

    const { index, changes, data, graph } = await openBuild(indexDir, articles);
    expect(changes).toBe(10 + 40 + 1);
    expect(
      index.nearest(lost!, 5).every(({ passage }) => index.passage(passage)!.text !== gone[3]!.text),
    ).toBe(true);
    expect((await readFile(graph!)).includes(lostBytes)).toBe(false);
    const exact = openExact(data.vectors, 16);
    let found = 0;
    const asked = articles.filter((_, i) => i % 20 === 0);
    for (const { text } of asked) {
      const [vector] = await embedder.embed([text], "query");
      const tenth = exact.search(vector!, 10).at(-1)!.cosine;
      const neighbors = index.nearest(vector!, 10);
      found += neighbors.filter(({ cosine }) => cosine >= tenth - 1e-6).length;
      for (const { passage, cosine } of neighbors)
        expect(cosine).toBeCloseTo(index.cosine(passage, vector!), 4);
    }
    expect(found / (10 * asked.length)).toBeGreaterThanOrEqual(0.98);

    const fresh = await makeFolder();
    await buildIndex({ articles, indexDir: fresh, embedder });
    for (const name of ["passages.bin", "terms.bin", "postings.bin", "tokens.bin", "vectors.bin"]) {
      const [one, other] = [indexDir, fresh].map((folder) => join(folder, report.fingerprint, name));
      expect((await readFile(one!)).equals(await readFile(other!)), name).toBe(true);
    }
  });
});
