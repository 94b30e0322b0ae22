import { expect, test } from "vitest";
import { countScripts } from "../../src/analysis/script.ts";
import { buildIndex } from "../../src/index/build.ts";
import { openIndex } from "../../src/index/open.ts";
import { isInLanguageOf } from "../../src/retrieval/query.ts";
import { createCharacterEmbedder, makeArticle, makeFolder } from "../index/sample.ts";

const bridge = makeArticle(
  "bridge",
  "The river bridge",
  "The bridge across the river is two kilometres long and was opened to traffic in June of last year.",
);
const mine = makeArticle("mine", "矿山安全", "煤矿要求各单位压实安全生产责任，全面排查隐患。".repeat(4));

test.each([
  ["english", [bridge], "How long is the bridge?", "en", true, true],
  ["english", [bridge], "Wie lang ist die Brücke über den Fluss?", "de", true, false],
  ["english", [bridge], "大桥有多长？", "zh", false, false],
  ["chinese", [mine], "煤礦要求壓實什麼責任？", "zh-Hant", true, true],
  ["chinese", [mine], "What must the mine do?", "en", false, false],
  // Its script is one of the articles', though not the main one.
  ["mixed", [mine, bridge], "How long is the bridge?", "en", true, true],
] as const)(
  "of %s articles %#, a question shares the words where it shares the language",
  async (_, articles, text, language, sharesScript, expected) => {
    const [indexDir, embedder] = [await makeFolder(), createCharacterEmbedder()];
    await buildIndex({ articles, indexDir, embedder });
    const index = await openIndex({ articles, indexDir, embedder });
    expect(isInLanguageOf(index, { text, language, sharesScript })).toBe(expected);
  },
);

test("an index tells the language and the script of its articles", async () => {
  for (const [articles, language] of [
    [[bridge], "en"],
    [[mine], "zh"],
    [[], "und"],
  ] as const) {
    const [indexDir, embedder] = [await makeFolder(), createCharacterEmbedder()];
    await buildIndex({ articles, indexDir, embedder });
    const index = await openIndex({ articles, indexDir, embedder });
    expect(index.language).toBe(language);
    expect(index.scripts).toEqual(countScripts(articles.map(({ text }) => text).join("\n")));
  }
});
