import fc from "fast-check";
import { expect, test } from "vitest";
import { articlesByNamedAuthor, fieldText, quoteField } from "../../src/answering/fields.ts";
import type { Article } from "../../src/types.ts";
import { makeArticle } from "../index/sample.ts";

function by(...authors: string[]): Article {
  return { ...makeArticle(authors.join("-"), "标题", "正文。"), authors };
}

test("a quote of the authors counts into all of them, joined by the enumeration comma", () => {
  const article = by("聂科", "敖艾菲", "李传富");
  const quote = quoteField(article, "authors")!;
  expect(quote).toMatchObject({ field: "authors", start: 0, end: 10 });
  expect(fieldText(article, "authors").slice(quote.start, quote.end)).toBe("聂科、敖艾菲、李传富");
});

test("a quote of any field is the whole field, and an empty field has none", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (title, authors) => {
      const article = { ...by(...authors), title };
      for (const field of ["title", "authors"] as const) {
        const quote = quoteField(article, field);
        const text = field === "title" ? title : authors.join("、");
        expect(quote && fieldText(article, field).slice(quote.start, quote.end)).toBe(text || undefined);
      }
    }),
  );
});

const articles = [
  by("陈凤海"),
  by("秦洋", "朱峰"),
  by("高峰"),
  by("Ann Lee"),
  by("Li"),
  by("晨"),
  by("A+ (B)"),
];
const found = (question: string) =>
  articlesByNamedAuthor(question, articles).flatMap(({ authors }) => authors);

test.each([
  ["陈凤海写了哪些文章？", ["陈凤海"]],
  ["陳鳳海寫了哪些文章？", ["陈凤海"]],
  ["哪篇文章的作者是朱峰？", ["秦洋", "朱峰"]],
  ["朱峰的报道叫什么？", ["秦洋", "朱峰"]],
  ["Which articles did ann  lee write?", ["Ann Lee"]],
  ["Which article did 陈凤海 write?", ["陈凤海"]],
  ["What was written by A+ (B)?", ["A+ (B)"]],
])("%s names an author and asks for their writings", (question, authors) => {
  expect(found(question)).toEqual(authors);
});

test.each([
  "陈凤海获得了什么奖？", // asks about the person
  "春运高峰期间的列车有多少？", // a common word
  "What does the annual article on police say?", // "Ann", "Li" inside words
  "晨报的文章是谁写的？", // names of one letter are not looked for
  "这篇文章是谁写的？",
])("%s does not", (question) => {
  expect(found(question)).toEqual([]);
});
