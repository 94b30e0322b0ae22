import { expect, test } from "vitest";
import { nearnessToQuestionWord } from "../../src/answering/focus.ts";

test("pieces beside the question word are nearest to what is asked", () => {
  const [who, born, where] = nearnessToQuestionWord("鲁迅出生于哪一年?", ["鲁迅", "出生于", "哪一年"]);
  expect(born).toBe(1);
  expect(who).toBeCloseTo(Math.exp(-3 / 4));
  // The question word itself asks for nothing.
  expect(where).toBe(0);
});

test("in a spaced language the reach is that of words, not of characters", () => {
  const nearness = nearnessToQuestionWord("what did the fire drill simulate?", [
    "▁what",
    "▁did",
    "▁fire",
    "▁simulate",
  ]);
  expect(nearness[0]).toBe(0);
  expect(nearness[1]).toBeGreaterThan(nearness[2]!);
  expect(nearness[2]).toBeGreaterThan(nearness[3]!);
  expect(nearness[3]).toBeGreaterThan(0.1);
});

test("a piece that stands twice is looked for behind the one before it", () => {
  const nearness = nearnessToQuestionWord("一年之后是哪一天?", ["一", "年", "天"]);
  expect(nearness[1]).toBeLessThan(nearness[2]! + 1);
  expect(nearness[0]).toBeCloseTo(Math.exp(-4 / 4));
});

test("where nothing asks, every piece counts", () => {
  expect([...nearnessToQuestionWord("八条硬措施", ["八条", "硬措施"])]).toEqual([1, 1]);
});

test("a piece that the folded question does not show counts for nothing", () => {
  expect([...nearnessToQuestionWord("谁获奖?", ["<unk>", "▁", "获奖"])]).toEqual([0, 0, 1]);
});
