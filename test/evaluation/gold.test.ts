import { describe, expect, test } from "vitest";
import { type Gold, judge } from "../../src/evaluation/gold.ts";
import { answered, notFound } from "./stand-ins.ts";

const any = (...ways: string[][]): Gold => ({ kind: "any", ways });
const parts = (...of: string[][]): Gold => ({ kind: "parts", parts: of });

describe("judging an answer", () => {
  test("the first quote or a later one holds an accepted spelling", () => {
    const gold = any(["三百米"], ["300 m"]);
    expect(judge(answered("它高三百米。"), gold)).toEqual({ first: true, hit: true });
    expect(judge(answered("它在城南。", "高300m。"), gold)).toEqual({ first: false, hit: true });
    expect(judge(answered("它在城南。"), gold)).toEqual({ first: false, hit: false });
  });

  test("width, case, script and white space do not matter", () => {
    expect(judge(answered("ＣＮＧ 加氣站"), any(["cng加气站"])).first).toBe(true);
  });

  test("all keys must stand in one quote", () => {
    const gold = any(["甲和乙"], ["甲", "乙"]);
    expect(judge(answered("乙在甲前。"), gold)).toEqual({ first: true, hit: true });
    expect(judge(answered("有甲。", "有乙。"), gold)).toEqual({ first: false, hit: false });
  });

  test("parts may be spread over the quotes, for the first they stand in it", () => {
    const gold = parts(["1月3日", "一月三日"], ["1月12日"]);
    expect(judge(answered("一月三日至1月12日"), gold)).toEqual({ first: true, hit: true });
    expect(judge(answered("一月三日", "1月12日"), gold)).toEqual({ first: false, hit: true });
    expect(judge(answered("一月三日", "1月3日"), gold)).toEqual({ first: false, hit: false });
  });

  test("a refusal answers nothing", () => {
    expect(judge(notFound(), any(["甲"]))).toEqual({ first: false, hit: false });
    expect(judge(notFound(), parts(["甲"]))).toEqual({ first: false, hit: false });
  });
});
