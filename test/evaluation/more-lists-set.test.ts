import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readDataset } from "../../src/evaluation/dataset.ts";

test.each(["test/datasets/more-lists", "bench/datasets/unseen-lists"])(
  "every list of %s stands in its article, item after item, and is asked for in both languages",
  async (name) => {
    const folder = fileURLToPath(new URL(`../../${name}/`, import.meta.url));
    const { articles = [], queries } = await readDataset(folder);
    const texts = new Map(articles.map(({ id, text }) => [id as string, text]));
    for (const { text, list, relevant } of queries) {
      const article = texts.get([...(relevant ?? [])][0] ?? "") ?? "";
      let at = 0;
      for (const item of list?.items ?? []) {
        const found = article.indexOf(item, at);
        expect(found, `${text}: ${item}`).toBeGreaterThanOrEqual(at);
        at = found + item.length;
      }
      expect(list?.items.length, text).toBeGreaterThan(0);
      if (list?.declared !== null && list?.complete) expect(list.items, text).toHaveLength(list.declared);
    }
    const ids = readFileSync(`${folder}queries.jsonl`, "utf8").match(/"_id": "[^"]+(?=-(?:zh|en)")/gu)!;
    expect(new Set(ids).size * 2).toBe(ids.length);
  },
);
