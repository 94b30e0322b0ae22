import { describe, expect, it } from "vitest";
import { foldForSearch } from "../../src/analysis/fold.ts";
import { readAmounts } from "../../src/phrasing/amounts.ts";

const read = (text: string) =>
  readAmounts(foldForSearch(text)).amounts.map(
    ({ value, kind, isVague }) => `${value}${kind}${isVague ? "?" : ""}`,
  );

describe("readAmounts", () => {
  it.each([
    ["1100余万方，超200万度", "1100多万方，超 2,000,000 千瓦时", ["11000000", "2000000kwh"]],
    ["two million yuan", "二百万元", ["2000000cny"]],
    ["48,000 cars for $1.2 billion", "4.8万辆，12亿美元", ["48000", "1200000000usd"]],
    ["十三亿五千万", "1.35 billion", ["1350000000"]],
    ["百分之六点一二", "6.12 percent", ["6.12%"]],
    ["第二十五届", "the 25th", ["25ordinal"]],
    ["2019年5月", "in May 2019", ["2019", "5month"]],
    ["星期四下午1点", "Thursday, 1 p.m.", ["3weekday", "1hour"]],
    ["二〇二三年", "2023年", ["2023"]],
    ["2万4千名", "twenty-four thousand", ["24000"]],
  ])("reads %s and %s alike", (one, other, amounts) => {
    expect([read(one).sort(), read(other).sort()]).toEqual([amounts.toSorted(), amounts.toSorted()]);
  });

  it("takes a lone 一 or one, which may be an article, for no number that must be quoted", () => {
    expect(read("一项，第一，一名；one of the first")).toEqual(["1?", "1ordinal", "1", "1?", "1ordinal"]);
    expect(read("They may march.")).toEqual([]);
  });

  it("leaves blanks in place of numbers with their units", () => {
    expect(readAmounts("奖励20万元。").rest).toBe("奖励 。");
  });
});
