import fc from "fast-check";
import { expect, test } from "vitest";
import {
  articleName,
  cleanText,
  formatArticleFile,
  paragraphSpans,
  parseArticleFile,
} from "../../src/corpus/article-file.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("---", "\n", "\r\n", "“引”", ": ", "'", '"', "# ", "🙂", "\ud83d", "文", " "))
    .map((parts) => parts.join("")),
);

test("any text survives being written and read", () => {
  fc.assert(
    fc.property(anyText, anyText, (text, words) => {
      const title = `题${cleanText(words).replace(/\s+/g, " ").trim()}`;
      const article = { id: "page-01", title, authors: ["甲"], source: "page.txt", repairs: 3, text };
      expect(parseArticleFile(formatArticleFile(article))).toEqual({ ...article, text: cleanText(text) });
    }),
  );
});

test("the text is what follows the closing line, less the file's last newline", () => {
  expect(parseArticleFile("---\nid: a\ntitle: 题\nauthors: []\nsource: s\n---\n一\n\n二\n")?.text).toBe(
    "一\n\n二",
  );
});

test("one author may stand without brackets", () => {
  expect(parseArticleFile("---\nid: a\ntitle: 题\nauthors: 甲\nsource: s\n---\n文\n")?.authors).toEqual([
    "甲",
  ]);
});

test("a file without front matter is no article, one with other front matter is refused", () => {
  expect(parseArticleFile("# 读我\n\n正文")).toBeUndefined();
  expect(() => parseArticleFile("---\ntitle: 题\n---\n文\n")).toThrow(/front matter is not an article's: id/);
});

test.each([
  ["", "source is missing"],
  ["source:\n", "source is missing"],
  ["source: [a]\n", "source: Invalid input"],
])("front matter that ends in %j instead of a source is refused with a plain reason", (source, reason) => {
  const file = `---\nid: a\ntitle: 题\nauthors: []\n${source}---\n文\n`;
  expect(() => parseArticleFile(file)).toThrow(`front matter is not an article's: ${reason}`);
});

test("paragraph spans cover what blank lines part, without the white space around it", () => {
  const text = "\n  第一段\n续行 \n \n第二段\n";
  expect(paragraphSpans(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    "第一段\n续行",
    "第二段",
  ]);
});

test("a file name says its source and number in ASCII", () => {
  expect(articleName("/x/Daily Page (2).txt", 3)).toBe("daily-page-2-03");
  expect(articleName("日报.txt", 12)).toBe("article-12");
});
