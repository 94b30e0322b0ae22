import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitClauses, splitSentences, trimSpan } from "../../src/analysis/sentences.ts";
import type { Span } from "../../src/types.ts";

const texts = (text: string, spans: readonly Span[]) => spans.map(({ start, end }) => text.slice(start, end));
const sentences = (text: string) => texts(text, splitSentences(text));
const clauses = (text: string) => texts(text, splitClauses(text, { start: 0, end: text.length }));

/** Prose with everything in it that the rules look at. */
const prose = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "。",
        "！",
        "？",
        "……",
        "“",
        "”",
        "‘",
        "’",
        "（",
        "）",
        "，",
        "；",
        "：",
        "——",
        "、",
        "\n",
        "\n\n",
      ),
      fc.constantFrom(
        ". ",
        ".",
        "! ",
        "?",
        '"',
        ", ",
        " ",
        "\u3000",
        "\ufeff",
        "Mr. ",
        "U.S. ",
        "e.g. ",
        "杨明杰说。",
      ),
      fc.constantFrom("矿山", "安全", "an", "Ore", "3.5", "👷🏽", "\ud83d", "\udc77", "𠮷"),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

/** Spans in order, apart, trimmed and not empty, with nothing but white space outside them. */
function expectTiling(text: string, spans: readonly Span[], within: Span): void {
  let end = within.start;
  for (const span of spans) {
    expect(span.start).toBeGreaterThanOrEqual(end);
    expect(span.end).toBeGreaterThan(span.start);
    expect(trimSpan(text, span)).toEqual(span);
    expect(text.slice(end, span.start).trim()).toBe("");
    end = span.end;
  }
  expect(end).toBeLessThanOrEqual(within.end);
  expect(text.slice(end, within.end).trim()).toBe("");
}

describe("splitSentences", () => {
  test("loses no character of any text but white space, and gives spans in order that do not overlap", () => {
    fc.assert(
      fc.property(prose, fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        expectTiling(text, splitSentences(text, { start, end }), { start, end });
      }),
    );
  });

  test.each([
    [
      "一是压实责任。二是排查！三是什么？",
      ["一是压实责任。", "二是排查！", "三是什么？"],
      "the three full marks",
    ],
    ["真的吗？！当然。", ["真的吗？！", "当然。"], "marks in a row end one sentence"],
    [
      "他说：“走。”大家走了。",
      ["他说：“走。”", "大家走了。"],
      "closing marks belong to the sentence they close",
    ],
    ["（完成了。）下一句", ["（完成了。）", "下一句"], "brackets, too; the last sentence needs no mark"],
    ["他走了……然后回来。", ["他走了……然后回来。"], "an ellipsis inside a sentence is none of its ends"],
    [
      "“一是责任；二是质量……”记者走了。",
      ["“一是责任；二是质量……”", "记者走了。"],
      "before a closing mark it is one",
    ],
    [
      "“这是结果。”杨明杰说。之后散会。",
      ["“这是结果。”杨明杰说。", "之后散会。"],
      "who said it stays with what was said",
    ],
    [
      "“好。”矿长带着大家去了井下，说要检查。",
      ["“好。”", "矿长带着大家去了井下，说要检查。"],
      "a longer story does not",
    ],
    ["第一行\n第二行", ["第一行", "第二行"], "a line break ends a sentence"],
    ["66.83亿元。", ["66.83亿元。"], "a decimal point is no mark"],
    ["It rose. It fell! Why? So.", ["It rose.", "It fell!", "Why?", "So."], "ASCII marks before white space"],
    ["Mr. Li met Dr. Wu. They left.", ["Mr. Li met Dr. Wu.", "They left."], "titles"],
    ["The U.S. team, J. Smith.", ["The U.S. team, J. Smith."], "initials"],
    [
      "Ores, e.g. coal, at 5 p.m. on Monday. Next.",
      ["Ores, e.g. coal, at 5 p.m. on Monday.", "Next."],
      "a small letter goes on with the sentence",
    ],
    ["“Really?” he said. “Yes!”", ["“Really?” he said.", "“Yes!”"], "also behind a quotation"],
    [
      "See https://example.org/a?b=1 now.",
      ["See https://example.org/a?b=1 now."],
      "a question mark inside an address",
    ],
    [
      "好!走吧?走。",
      ["好!", "走吧?", "走。"],
      "ASCII marks between Han characters, where no white space follows",
    ],
    [" \u3000\n ", [], "white space alone holds none"],
  ])("%s gives %j: %s", (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });
});

describe("splitClauses", () => {
  test("loses no character of any text but white space", () => {
    fc.assert(
      fc.property(prose, (text) => {
        const all = { start: 0, end: text.length };
        expectTiling(text, splitClauses(text, all), all);
      }),
    );
  });

  test("cuts behind commas, semicolons, colons and dashes, not inside numbers", () => {
    expect(clauses("他说：“走”，带1,100人；然后——停。")).toEqual([
      "他说：",
      "“走”，",
      "带1,100人；",
      "然后——",
      "停。",
    ]);
    expect(clauses("First, second; third: 10:30.")).toEqual(["First,", "second;", "third:", "10:30."]);
  });
});
