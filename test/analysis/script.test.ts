import fc from "fast-check";
import { expect, test } from "vitest";
import { countScripts, mainScript, shareOfScript } from "../../src/analysis/script.ts";

test("countScripts counts letters by script and nothing else", () => {
  expect(countScripts("矿山 Mine, 2024 ミ한ж𠮷！")).toEqual({
    han: 3,
    latin: 4,
    kana: 1,
    hangul: 1,
    cyrillic: 1,
  });
  expect(countScripts("2024 —— 👷")).toEqual({});
  const many = "矿山 Mine, 2024 ミ한ж𠮷！👷".repeat(10_000);
  expect(countScripts(many)).toEqual({
    han: 30_000,
    latin: 40_000,
    kana: 10_000,
    hangul: 10_000,
    cyrillic: 10_000,
  });
});

test("a Han character weighs as much as three Latin letters", () => {
  expect(mainScript(countScripts("NBA总决赛"))).toBe("han");
  expect(mainScript(countScripts("Who leads 一东?"))).toBe("latin");
  expect(mainScript({})).toBeUndefined();
});

test("shareOfScript is the share of the corpus written in the question's main script", () => {
  expect(shareOfScript({ latin: 20 }, { han: 90, latin: 10 })).toBeCloseTo(0.1);
  expect(shareOfScript({ han: 5, latin: 3 }, { han: 90, latin: 10 })).toBeCloseTo(0.9);
  expect(shareOfScript({ thai: 5 }, { han: 90 })).toBe(0);
  expect(shareOfScript({}, { han: 90 })).toBe(0);
  expect(shareOfScript({ han: 1 }, {})).toBe(0);
});

test("counts what the plain way counts, each character by the properties of Unicode, in the order of the text", () => {
  const plain = (text: string) => {
    const counts: Record<string, number> = {};
    const patterns = { han: /\p{Script=Han}/u, latin: /\p{Script=Latin}/u, cyrillic: /\p{Script=Cyrillic}/u };
    for (const character of text)
      for (const [script, pattern] of Object.entries(patterns))
        if (pattern.test(character)) counts[script] = (counts[script] ?? 0) + 1;
    return counts;
  };
  const character = fc.constantFrom(..."矿山aЖ1，\n👷𠮷\ud842\udfb7".split(""), "𠮷", "👷", "é", "Ⅷ", "〇");
  fc.assert(
    fc.property(fc.array(character, { maxLength: 40 }), (characters) => {
      const text = characters.join("");
      expect(Object.entries(countScripts(text))).toEqual(Object.entries(plain(text)));
    }),
  );
});
