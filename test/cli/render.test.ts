import { describe, expect, it } from "vitest";

import { renderAnswer, renderExplanation, styleFor } from "../../src/cli/render.ts";
import type { Answered } from "../../src/types.ts";
import { ARTICLES, answered, quote, standInAssistant } from "./stand-ins.ts";

const plain = styleFor(false);
const base = { kind: "answered", question: "q", confidence: 0.9 } as const;

describe("renderAnswer", () => {
  it("shows the quote whole with its article, authors and paragraph, in the question's language", () => {
    const answer: Answered = { ...base, language: "zh", quotes: [quote("一体压实责任")] };
    expect(renderAnswer(answer, plain)).toBe("一体压实责任\n   《炼钢》 · 李明 · 第 4 段\n");
  });

  it("numbers several quotes by their citations", () => {
    const quotes = [quote("one"), quote("two", { citation: 2, paragraph: 5 })];
    expect(renderAnswer({ ...base, language: "en", quotes }, plain)).toBe(
      "[1] one\n   “炼钢” · 李明 · paragraph 4\n\n[2] two\n   “炼钢” · 李明 · paragraph 5\n",
    );
  });

  it("shows what is phrased before the quotes that say so, on lines of their own", () => {
    const phrasing = { sentences: [{ text: "One\n\u001b[2Jis.", citation: 1 }], model: "m" };
    expect(renderAnswer({ ...base, language: "en", quotes: [quote("一。")], phrasing }, plain)).toBe(
      "One \uFFFD[2Jis. [1]\n\n[1] 一。\n   “炼钢” · 李明 · paragraph 4\n",
    );
  });

  it("numbers a list's items and says how many of how many there are", () => {
    const list = { declared: 8, found: 2, complete: false, elided: true as const, items: ["甲", "乙"] };
    const answer: Answered = { ...base, language: "en", quotes: [quote("甲；乙……")], list };
    expect(renderAnswer(answer, plain)).toBe(
      "1. 甲\n2. 乙\n   2 of 8: the source stops there.\n   “炼钢” · 李明 · paragraph 4\n",
    );
  });

  it("says that nothing was found and names the nearest articles", () => {
    const nearest = [{ articleId: ARTICLES[0]!.id, title: "炼钢" }];
    const answer = {
      kind: "not-found",
      question: "q",
      language: "zh-Hant",
      confidence: 0.1,
      nearest,
    } as const;
    expect(renderAnswer(answer, plain)).toBe("文章裡沒有找到答案。\n最接近的文章：\n  《炼钢》\n");
    expect(renderAnswer({ ...answer, nearest: [] }, plain)).toBe("文章裡沒有找到答案。\n");
  });

  it("passes no control character through, and colours only where they are wanted", () => {
    const hostile = answered("q", "a\u001b[2Jb");
    expect(renderAnswer(hostile, plain)).not.toContain("\u001b");
    expect(renderAnswer(hostile, styleFor(true))).toContain("\u001b[1ma\uFFFD[2Jb\u001b[22m");
    const failed = { kind: "error", question: "q", message: "no\u001bgood" } as const;
    expect(renderAnswer(failed, plain)).toBe("no\uFFFDgood\n");
  });
});

describe("renderExplanation", () => {
  it("shows every hit with its scores and the words that met", async () => {
    const { assistant } = standInAssistant();
    expect(renderExplanation(await assistant.explain("hard?"), plain)).toBe(
      [
        "Searched for: hard\n",
        "1. 《炼钢》  score 3.250  lexical 12.500  cosine 0.500  rerank 0.750\n",
        "   硬措施。\n",
        "   hard ~ 硬 0.81\n",
      ].join(""),
    );
    expect(renderExplanation({ terms: [], hits: [] }, plain)).toContain("No passage was found.");
  });
});
