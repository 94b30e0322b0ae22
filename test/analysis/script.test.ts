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
