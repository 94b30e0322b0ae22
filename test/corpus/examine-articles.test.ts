import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { articleId, paragraphSpans } from "../../src/corpus/article-file.ts";
import { examineArticles } from "../../src/corpus/examine-articles.ts";
import { DISGUISES } from "../../src/corpus/mismapped-marks.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import type { Article } from "../../src/types.ts";
import { CLEAN_ARTICLES } from "./clean-articles.ts";

const TODAY = "2026-03-01";
const TEXT =
  "清河镇卫生院自下周一起延长门诊时间，晚上八点前都可以挂号。\n\n需要接送的老人请提前一天打电话登记。";

function article(name: string, fields: Partial<Article> = {}): Article {
  const { collection = "", text = `${TEXT}${name}` } = fields;
  return {
    id: articleId(collection, name),
    collection,
    title: `卫生院通知${name}`,
    authors: [],
    source: "notice.txt",
    text,
    paragraphs: paragraphSpans(text),
    ...fields,
  };
}

/** What is found, in a word, and where. */
function examine(...articles: readonly Article[]) {
  return examineArticles(articles, TODAY).map(({ what, where }) => [what, where]);
}

describe("examineArticles", () => {
  it("finds nothing in the shipped corpus", async () => {
    const { articles, misnamed } = await readCorpus(join(import.meta.dirname, "../../corpus"));
    expect(articles).toHaveLength(8);
    expect(examine(...articles)).toEqual([]);
    expect(misnamed).toBeUndefined();
  });

  it("finds nothing in clean articles", () => {
    const articles = CLEAN_ARTICLES.map(({ title, paragraphs }, number) =>
      article(`a-${number}`, { title, text: paragraphs.join("\n\n") }),
    );
    expect(articles.length).toBeGreaterThan(10);
    expect(examine(...articles)).toEqual([]);
  });

  it("tells the same article under several names from the same text under several titles", () => {
    const twice = { title: "门诊时间", text: TEXT };
    const found = examine(
      article("a", twice),
      article("b", twice),
      article("c", { ...twice, title: "挂号" }),
    );
    expect(found).toEqual([
      ["the same article more than once", ["a = b"]],
      ["the same text under several titles", ["a = b = c"]],
    ]);
  });

  it.each<[string, string, Partial<Article>]>([
    ["no text", "no text to speak of", { text: "" }],
    ["hardly any text", "no text to speak of", { text: "见 附\n\n件" }],
    ["a lost character", "text with lost characters", { text: `${TEXT}\uFFFD` }],
    ["a character of a font's own", "text with lost characters", { text: `\uE012${TEXT}` }],
    ["a control character", "text with lost characters", { text: `${TEXT}\u0007` }],
    ["a lost character in its title", "text with lost characters", { title: "清\uFFFD镇" }],
    [
      "commas and full stops that a font has mis-mapped",
      "text in which punctuation still seems",
      { text: TEXT.replace(/[，。]/g, (mark) => DISGUISES.get(mark)!) },
    ],
    [
      "a column's lines",
      "text that breaks off",
      {
        text: [
          "本报讯近日，清河镇组织志愿者走进",
          "社区，为独居老人检查家中的电线和",
          "煤气管道，发现隐患当场登记，并联",
          "系维修师傅上门处理，受到居民的欢",
          "迎。活动将持续到月底，覆盖全镇十",
          "二个社区。",
        ].join("\n"),
      },
    ],
    ["the name its scanner gave", "no better title", { title: "IMG_2041", source: "IMG_2041.txt" }],
    ["the name of its file in the corpus", "no better title", { title: "one" }],
    ["a title that is half of the text", "a title of more than 100", { title: "通知".repeat(51) }],
    ["a date of tomorrow", "a date that is yet to come", { publishedAt: "2026-03-02" }],
    ["a blank source", "no source", { source: " " }],
  ])("names an article with %s", (_, what, fields) => {
    expect(examine(article("one", fields), article("other"))).toEqual([
      [expect.stringContaining(what), ["one"]],
    ]);
  });

  it.each<[string, Partial<Article>]>([
    ["a list with a line an item", { text: `镇里提出三点要求：\n1. 早\n2. 快\n3. 实\n\n${TEXT}` }],
    [
      "a list marked by ① to ③",
      { text: `请准备好以下材料：\n①户口簿和身份证\n②填好的申请表\n③两张照片\n\n${TEXT}` },
    ],
    ["a person named like a mark", { text: `${TEXT}袁医生和袁护士都在，袁院长周三坐诊。` }],
    ["a title that its file was named after", { title: "门诊时间通知", source: "门诊时间通知.docx" }],
    ["a date of today", { publishedAt: TODAY }],
    ["a tab and an emoji", { text: `${TEXT}\t\u{1F600}` }],
  ])("has nothing against %s", (_, fields) => {
    expect(examine(article("one", fields))).toEqual([]);
  });

  it("names collections that differ only in case", () => {
    const [a, b, c] = ["Notices", "notices", "reports"].map((collection) => article("x", { collection }));
    expect(examine(a!, article("y", { collection: "Notices" }), b!, c!).at(-1)).toEqual([
      "collections that differ only in upper and lower case",
      ["Notices = notices"],
    ]);
  });

  it("says of every finding what to do, and takes whatever text there is", () => {
    const texts = fc.array(fc.string({ unit: "binary", maxLength: 60 }), { maxLength: 8 });
    fc.assert(
      fc.property(texts, (parts) => {
        const articles = parts.map((text, number) => article(`a-${number}`, { text, title: text }));
        for (const { where, advice } of examineArticles(articles, TODAY)) {
          expect(where.length).toBeGreaterThan(0);
          expect(advice).toMatch(/\.$/);
        }
      }),
    );
  });
});
