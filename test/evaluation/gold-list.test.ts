import { expect, test } from "vitest";
import { judgeList } from "../../src/evaluation/gold-list.ts";
import { answered, listing, notFound } from "./stand-ins.ts";

const gold = { items: ["抓学习", "抓整改"], declared: 2, complete: true };

test("a list is right with its items, in order and none besides; white space and width do not matter", () => {
  expect(judgeList(listing(["抓 学习", "抓整改"]), gold)).toMatchObject({ items: true, completeness: true });
  expect(judgeList(listing(["抓整改", "抓学习"]), gold).items).toBe(false);
  expect(judgeList(listing(["抓学习", "抓整改", "抓落实"]), gold).items).toBe(false);
  expect(judgeList(listing(["抓学习；抓整改"]), gold).items).toBe(false);
});

test("what is said of its number is judged apart from the items", () => {
  expect(judgeList(listing(gold.items, { declared: null }), gold)).toMatchObject({
    items: true,
    completeness: false,
  });
  expect(judgeList(listing(gold.items, { complete: false }), gold)).toMatchObject({ completeness: false });
});

test("a part is passed off as the whole by a list that calls itself complete", () => {
  expect(judgeList(listing(["抓学习"]), gold).silentlyIncomplete).toBe(true);
  expect(judgeList(listing(["抓学习"], { complete: false }), gold).silentlyIncomplete).toBe(false);
  expect(judgeList(listing(gold.items), { ...gold, declared: 8, complete: false }).silentlyIncomplete).toBe(
    true,
  );
  expect(judgeList(listing(gold.items), gold).silentlyIncomplete).toBe(false);
});

test("or by quotes of some items without a list, but not by quotes of all or of none", () => {
  const verdicts = [
    answered("抓学习。"),
    answered("抓学习。", "抓整改。"),
    answered("开会。"),
    notFound(),
  ].map((answer) => judgeList(answer, gold));
  expect(verdicts.map(({ silentlyIncomplete }) => silentlyIncomplete)).toEqual([true, false, false, false]);
  expect(verdicts.some(({ items, completeness }) => items || completeness)).toBe(false);
});
