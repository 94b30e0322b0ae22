import * as fc from "fast-check";
import { expect, test } from "vitest";
import { describeImport } from "../../src/telegram/documents/describe-import.ts";
import { safeFileName } from "../../src/telegram/documents/file-name.ts";
import { readTelegramHtml } from "./html.ts";

const article = { title: "秋收", paragraphs: 14, isNewVersion: false, warnings: [] };

test("a report counts, names what was imported, and says what was left out", () => {
  const articles = [
    article,
    { ...article, isNewVersion: true, warnings: ["nearly the same as page-02 (84 %)"] },
  ];
  const file = { articles, skipped: ["page 3 holds no text"] };
  expect(describeImport("page.pdf", file, "zh-Hant")).toBe(
    "✅ page.pdf：2 篇文章，28 個段落\n• 《秋收》\n• 《秋收》 (新版本)\n⚠ nearly the same as page-02 (84 %)\n未匯入：\n• page 3 holds no text",
  );
});

test("a report of many articles names the first, and how many more there are", () => {
  const file = { articles: Array.from({ length: 30 }, () => article), skipped: [] };
  const lines = describeImport("page.pdf", file, "en").split("\n");
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe("• and 22 more");
});

test("whatever a file holds, its report is HTML that Telegram takes, with room for what the index says", () => {
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.constant("&".repeat(400)));
  const found = fc.record({
    ...{ title: text, paragraphs: fc.nat(), isNewVersion: fc.boolean() },
    warnings: fc.array(text, { maxLength: 3 }),
  });
  const file = fc.record({ articles: fc.array(found), skipped: fc.array(text) });
  const language = fc.constantFrom("en" as const, "zh-Hans" as const, "zh-Hant" as const);
  fc.assert(
    fc.property(text, file, language, (name, imported, spoken) => {
      const html = describeImport(safeFileName(name), imported, spoken);
      expect(() => readTelegramHtml(html)).not.toThrow();
      expect(html.length).toBeLessThan(4096 - 402);
    }),
  );
});
