import { describe, expect, it } from "vitest";
import { foldForSearch } from "../../src/analysis/fold.ts";
import { readAmounts, withoutAmounts } from "../../src/phrasing/numbers.ts";

const read = (text: string) =>
  readAmounts(foldForSearch(text)).map(
    ({ value, kind, isTelling }) => `${value}${kind}${isTelling ? "" : "?"}`,
  );

describe("readAmounts", () => {
  it.each([
    ["1100余万方，超200万度", "1100 多万方，超 2,000,000 千瓦时", ["11000000", "2000000kwh"]],
    ["two million yuan", "二百万元", ["2000000cny"]],
    ["48,000 cars for $1.2 billion", "4.8万辆，12亿美元", ["48000", "1200000000usd"]],
    ["十三亿五千万", "1.35 billion", ["1350000000"]],
    ["百分之六点一二", "6.12 percent", ["6.12%"]],
    ["五分之一", "a fifth", ["0.2part"]],
    ["三分之二", "two-thirds", [`${2 / 3}part`]],
    ["第二十五届", "the 25th", ["25ordinal"]],
    ["2019年5月3日", "in 2019 on May 3", ["2019year", "5month", "3day"]],
    ["星期四下午1点", "Thursday, 1 p.m.", ["4weekday", "13hour"]],
    ["二〇二三年", "2023年", ["2023year"]],
    ["2万4千名", "twenty-four thousand", ["24000"]],
  ])("reads %s and %s alike", (one, other, amounts) => {
    expect([read(one), read(other)]).toEqual([amounts, amounts]);
  });

  it("takes a lone digit in a name, or one as an article, for no telling number", () => {
    expect(read("长春一东的一项，第一，一名")).toEqual(["1?", "1?", "1ordinal", "1"]);
    expect(read("四环的三峡，四分卫，三名，六")).toEqual(["4?", "3?", "4?", "3", "6"]);
    expect(read("one of the first")).toEqual(["1?", "1ordinal"]);
    expect(read("They may march.")).toEqual([]);
  });

  it("leaves blanks in place of numbers with their units", () => {
    expect(withoutAmounts("奖励20万元。")).toBe("奖励    。");
  });
});
