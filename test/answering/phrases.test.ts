import { describe, expect, it } from "vitest";
import { citationLine, listLine, phrasesFor } from "../../src/answering/phrases.ts";

const english = phrasesFor("en");
const simplified = phrasesFor("zh");
const traditional = phrasesFor("zh-Hant");

describe("phrasesFor", () => {
  it.each([
    ["zh-Hant", traditional],
    ["zh-hant", traditional], // as Telegram may write it
    ["zh-TW", traditional],
    ["zh-HK", traditional],
    ["zh-Hant-CN", traditional], // the script outweighs the region
    ["zh-Hans-HK", simplified],
    ["zh", simplified],
    ["zh-CN", simplified],
    ["en-GB", english],
    ["ja", english],
    ["und", english],
    ["zha", english], // Zhuang, not Chinese
    ["", english],
    [undefined, english],
  ])("speaks the right language for %s", (tag, phrases) => {
    expect(phrasesFor(tag)).toBe(phrases);
  });

  it("writes the Traditional phrases without Simplified letters", () => {
    const all = JSON.stringify(traditional) + traditional.listUnknownTotal(2) + traditional.page("", 2);
    expect(all).not.toMatch(/[问报这没发语请长简为项后来应页]/u);
  });
});

describe("listLine", () => {
  it("says how many of how many there are where the source stops early", () => {
    const list = { declared: 8, found: 2, complete: false, elided: true as const, items: ["一", "二"] };
    expect(listLine(english, list)).toBe("2 of 8: the source stops there.");
    expect(listLine(simplified, list)).toBe("共 8 项，只有其中 2 项：原文到此为止。");
    const missed = { declared: 8, found: 2, complete: false, items: ["一", "二"] };
    expect(listLine(english, missed)).toBe("2 of 8: no more were found.");
    expect(listLine(simplified, missed)).toBe("共 8 项，只有其中 2 项找到了。");
  });

  it("does not invent a total where the source names none", () => {
    const list = { declared: null, found: 2, complete: false, items: ["一", "二"] };
    expect(listLine(english, list)).toBe("2 items; the source does not give them all.");
  });

  it("says that a list is complete", () => {
    expect(listLine(english, { declared: null, found: 6, complete: true, items: [] })).toBe("All 6 items.");
  });
});

describe("citationLine", () => {
  const article = { title: "水稻田里的约定", authors: ["甲", "乙"] };

  it("names article, authors and paragraph", () => {
    expect(citationLine(simplified, { ...article, field: "text", paragraph: 4 })).toBe(
      "《水稻田里的约定》 · 甲、乙 · 第 4 段",
    );
    expect(citationLine(english, { ...article, field: "text", paragraph: 4 })).toBe(
      "“水稻田里的约定” · 甲, 乙 · paragraph 4",
    );
  });

  it("names the date, the source and its page, where the article has them", () => {
    const whole = { ...article, publishedAt: "2025-10-30", source: "晚报.pdf", page: 4 };
    const quote = { ...whole, field: "text", paragraph: 2 } as const;
    expect(citationLine(simplified, quote)).toBe(
      "《水稻田里的约定》 · 甲、乙 · 2025-10-30 · 晚报.pdf 第 4 页 · 第 2 段",
    );
    expect(citationLine(traditional, quote)).toContain(" · 晚报.pdf 第 4 頁 · ");
    expect(citationLine(english, quote)).toBe(
      "“水稻田里的约定” · 甲, 乙 · 2025-10-30 · 晚报.pdf p. 4 · paragraph 2",
    );
    expect(citationLine(english, { ...article, field: "title", source: "notes.txt" })).toBe(
      "title · 甲, 乙 · notes.txt",
    );
  });

  it("names the field in place of what the quote already says", () => {
    expect(citationLine(simplified, { ...article, field: "authors" })).toBe("《水稻田里的约定》 · 作者");
    expect(citationLine(simplified, { ...article, field: "title" })).toBe("标题 · 甲、乙");
  });

  it("leaves out authors that are not known", () => {
    expect(citationLine(simplified, { title: "无名", authors: [], field: "text", paragraph: 1 })).toBe(
      "《无名》 · 第 1 段",
    );
  });
});
