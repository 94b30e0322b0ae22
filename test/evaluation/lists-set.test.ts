import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readDataset } from "../../src/evaluation/dataset.ts";

const folder = fileURLToPath(new URL("../datasets/lists/", import.meta.url));

const SHAPES = [
  "brackets",
  "bullets",
  "circled",
  "han",
  "han-brackets",
  "headed",
  "inline",
  "nested",
  "numbered",
  "ordinal",
  "paragraphs",
  "quoted",
  "semicolons",
  "sequence",
  "spread",
  "yishi",
] as const;

const articleSchema = z.strictObject({
  _id: z.string(),
  title: z.string().min(1),
  text: z.string().min(150),
});
const common = {
  _id: z.string(),
  text: z.string().min(1),
  lang: z.enum(["zh", "en"]),
  split: z.enum(["tune", "test"]),
};
const listQuerySchema = z.strictObject({
  ...common,
  shape: z.enum(SHAPES),
  list: z.strictObject({
    items: z.array(z.string().min(1)).min(1),
    declared: z.int().positive().nullable(),
    complete: z.boolean(),
  }),
});
const querySchema = z.union([listQuerySchema, z.strictObject({ ...common, answerable: z.literal(false) })]);

function readLines(name: string): unknown[] {
  const lines = readFileSync(join(folder, name), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

const articles = z.array(articleSchema).parse(readLines("corpus.jsonl"));
const queries = z.array(querySchema).parse(readLines("queries.jsonl"));
const asking = queries.flatMap((query) => ("list" in query ? [query] : []));

/** `zh-01-a-en` asks in English for list a of the article `zh-01`; `zh-01-none1` for a list that none gives. */
const articleOf = (queryId: string) => /^(?:zh|en)-\d\d/.exec(queryId)?.[0] ?? "";
const listOf = (queryId: string) => queryId.replace(/-(?:zh|en)\d?$/, "");
const textOf = new Map(articles.map(({ _id, text }) => [_id, text]));
/** One query for each list. */
const lists = [...new Map(asking.map((query) => [listOf(query._id), query])).values()];

describe("the list set", () => {
  test("holds 290 lists in 106 of 110 articles, 45 of them cut off", () => {
    expect(articles).toHaveLength(110);
    expect(new Set(lists.map(({ _id }) => articleOf(_id))).size).toBe(106);
    expect(lists).toHaveLength(290);
    expect(lists.filter(({ list }) => !list.complete)).toHaveLength(45);
  });

  test("is read by the program with as many articles and questions as it has lines", async () => {
    const dataset = await readDataset(folder);
    expect(dataset.articles).toHaveLength(articles.length);
    expect(dataset.queries).toHaveLength(queries.length);
    expect(dataset.queries.filter(({ answerable }) => !answerable)).toHaveLength(
      queries.length - asking.length,
    );
  });

  test("gives every line its own id, and no question twice", () => {
    expect(textOf.size).toBe(articles.length);
    expect(new Set(queries.map(({ _id }) => _id)).size).toBe(queries.length);
    expect(new Set(queries.map(({ text }) => text)).size).toBe(queries.length);
  });

  test("names items word for word, in the order of the article", () => {
    for (const { _id, list } of lists) {
      const text = textOf.get(articleOf(_id)) ?? "";
      let from = 0;
      for (const item of list.items) {
        const at = text.indexOf(item, from);
        expect(at, `${_id}: ${item}`).toBeGreaterThanOrEqual(from);
        from = at + item.length;
      }
    }
  });

  test("names items without their marker and the mark that closes them", () => {
    const marker = /^(?:[一二三四五六七八九十]是|[①-⑳•]|[(（]?\d+[.、)）]\s|- |首先|其次|最后|第.[，是])/u;
    for (const { _id, list } of lists) {
      for (const item of list.items) {
        expect(item, _id).toBe(item.trim());
        expect(item, _id).not.toMatch(marker);
        expect(item.replace(/[ap]\.m\.$/u, ""), _id).not.toMatch(/[；;。，,、….]$/u);
      }
    }
  });

  test("a complete list has as many items as the text declares, one cut off has fewer or declares none", () => {
    for (const { _id, list } of lists) {
      if (list.declared === null) continue;
      if (list.complete) expect(list.items.length, _id).toBe(list.declared);
      else expect(list.items.length, _id).toBeLessThan(list.declared);
    }
  });

  test("every question about a list expects the same, and each list is asked for in Chinese and in English", () => {
    for (const { _id, shape, list } of lists) {
      const same = asking.filter((query) => listOf(query._id) === listOf(_id));
      for (const query of same) expect({ shape: query.shape, list: query.list }).toEqual({ shape, list });
      expect(new Set(same.map(({ lang }) => lang)), _id).toEqual(new Set(["zh", "en"]));
    }
  });

  test("an article lies wholly in one half, and each half holds every shape", () => {
    const halves = new Map<string, string>();
    for (const { _id, split } of queries) {
      expect(halves.get(articleOf(_id)) ?? split, _id).toBe(split);
      halves.set(articleOf(_id), split);
    }
    for (const half of ["tune", "test"]) {
      const shapes = new Set(lists.filter(({ split }) => split === half).map(({ shape }) => shape));
      expect([...shapes].sort(), half).toEqual([...SHAPES]);
    }
  });

  test("judges relevant the article that holds the list, and nothing for a list that none gives", () => {
    const [header, ...rows] = readFileSync(join(folder, "qrels/test.tsv"), "utf8").trimEnd().split("\n");
    expect(header).toBe("query-id\tcorpus-id\tscore");
    expect(rows).toEqual(asking.map(({ _id }) => `${_id}\t${articleOf(_id)}\t1`));
  });
});
