import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_CHUNKING, splitIntoPassages } from "../../src/chunking/passages.ts";
import { makeArticle } from "../index/sample.ts";

/** As the settings count it: one a Han character, 0.4 any narrow one. */
function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + char.length * (char.charCodeAt(0) >= 0x2e80 ? 1 : 0.4), 0);
}

const piece = fc.oneof(
  fc.constantFrom("。", "！", "……”", "，", "；", "、", ". ", ", ", " ", "\n", "“", "——", "“好。”杨明杰说。"),
  fc.constantFrom(
    "矿山安全",
    "安",
    "ore",
    "2024",
    "👷🏽",
    "𠮷",
    "\ud83d",
    "\udc77",
    "很长".repeat(40),
    "long".repeat(60),
  ),
  fc.string({ unit: "binary", maxLength: 5 }),
);
const article = fc
  .array(
    fc.array(piece, { maxLength: 30 }).map((parts) => parts.join("").trim()),
    { maxLength: 6 },
  )
  .map((paragraphs) => makeArticle("a", "", ...paragraphs.filter((paragraph) => paragraph !== "")));
const settings = fc.record({
  minWidth: fc.integer({ min: 1, max: 60 }),
  maxWidth: fc.integer({ min: 20, max: 120 }),
});

describe("splitIntoPassages", () => {
  test("gives passages that are verbatim, numbered, in order and apart, and hold every character once", () => {
    fc.assert(
      fc.property(article, settings, (made, widths) => {
        const passages = splitIntoPassages(made, widths);
        const covered = new Uint8Array(made.text.length);
        let end = 0;
        passages.forEach(({ id, articleId, ordinal, span, text }, i) => {
          expect([id, articleId, ordinal]).toEqual([`a#${i}`, "a", i]);
          expect(text).toBe(made.text.slice(span.start, span.end));
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(text.trim()).toBe(text);
          expect(text).not.toBe("");
          covered.fill(1, span.start, span.end);
          end = span.end;
        });
        const lost = [...covered].flatMap((isCovered, at) => (isCovered ? [] : made.text[at]!)).join("");
        expect(lost.trim()).toBe("");
      }),
    );
  });

  test("gives no passage wider than allowed, and cuts no character in two", () => {
    fc.assert(
      fc.property(article, settings, (made, widths) => {
        for (const { text, span } of splitIntoPassages(made, widths)) {
          expect(widthOf(text)).toBeLessThanOrEqual(widths.maxWidth + 1e-9);
          const around = made.text.slice(Math.max(0, span.start - 1), span.start + 1);
          expect(around).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
        }
      }),
    );
  });

  test("gives the same passages each time", () => {
    fc.assert(
      fc.property(article, (made) => {
        expect(splitIntoPassages(made)).toEqual(splitIntoPassages(structuredClone(made)));
      }),
    );
  });

  const widths = { minWidth: 10, maxWidth: 20 };
  const passagesOf = (...paragraphs: string[]) =>
    splitIntoPassages(makeArticle("a", "", ...paragraphs), widths).map(({ text }) => text);

  test.each([
    [[], [], "an empty article has none"],
    [["安全生产。"], ["安全生产。"], "a short article is one"],
    [
      ["第一句话在这里。第二句话在这里。第三句话。"],
      ["第一句话在这里。第二句话在这里。", "第三句话。"],
      "whole sentences, as many as fit",
    ],
    [
      ["标题一行", "正文第一段。"],
      ["标题一行\n\n正文第一段。"],
      "a paragraph too short to stand alone goes with the next",
    ],
    [
      ["这一段话自己已经够宽了。", "下一段。"],
      ["这一段话自己已经够宽了。", "下一段。"],
      "the end of a paragraph is a border once the passage is wide enough",
    ],
    [
      ["这是第一个分句有十二个字，这是第二个分句有十二个字。"],
      ["这是第一个分句有十二个字，", "这是第二个分句有十二个字。"],
      "a sentence that is too wide is cut between its clauses",
    ],
    [
      ["一二三四五六七八九十、一二三四五六七八九十、一二三"],
      ["一二三四五六七八九十、", "一二三四五六七八九十、一二三"],
      "a clause that is too wide is cut behind the last 、 or white space that fits",
    ],
    [
      ["一".repeat(45)],
      ["一".repeat(20), "一".repeat(20), "一".repeat(5)],
      "and anywhere where there is none",
    ],
  ])("%j gives %j: %s", (paragraphs, expected) => {
    expect(passagesOf(...paragraphs)).toEqual(expected);
  });

  test("ten thousand characters without a mark are cut to size, in Han characters, Latin letters and emoji", () => {
    for (const text of [
      "矿".repeat(10_000),
      "a".repeat(10_000),
      "👷".repeat(10_000),
      "\ud83d".repeat(10_000),
    ]) {
      const passages = splitIntoPassages(makeArticle("a", "", text));
      expect(passages.map((passage) => passage.text).join("")).toBe(text);
      expect(Math.max(...passages.map((passage) => widthOf(passage.text)))).toBeLessThanOrEqual(
        DEFAULT_CHUNKING.maxWidth,
      );
      expect(passages.some((passage) => /\p{Surrogate}/u.test(passage.text))).toBe(
        /\p{Surrogate}/u.test(text),
      );
    }
  });
});
