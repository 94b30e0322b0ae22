import { expect, test } from "vitest";
import { parseNumber } from "../../src/answering/numerals.ts";

/** The plain way round. */
function inChinese(value: number): string {
  const digits = "零一二三四五六七八九";
  const tens = Math.floor(value / 10);
  const ones = value % 10 === 0 ? "" : digits[value % 10]!;
  return tens === 0 ? ones : `${tens === 1 ? "" : digits[tens]}十${ones}`;
}

test("every number below a hundred comes back from Chinese and from digits", () => {
  for (let value = 1; value < 100; value++) {
    expect(parseNumber(inChinese(value)), inChinese(value)).toBe(value);
    expect(parseNumber(String(value))).toBe(value);
  }
  expect(parseNumber("一十二")).toBe(12);
});

test.each([
  ["两", 2],
  ["兩", 2],
  ["Eight", 8],
  ["twelve", 12],
  ["acht", 8],
  ["huit", 8],
  ["ocho", 8],
  ["first", 1],
  ["tenth", 10],
  ["100", 100],
])("%s is %d", (numeral, value) => {
  expect(parseNumber(numeral)).toBe(value);
});

test.each([
  "",
  "十十",
  "一二",
  "百",
  "1.5",
  "1000",
  "-1",
  "many",
  "八条",
  "constructor",
  "toString",
  "__proto__",
])("%j is no number", (text) => {
  expect(parseNumber(text)).toBeUndefined();
});
