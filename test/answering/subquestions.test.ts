import fc from "fast-check";
import { expect, test } from "vitest";
import { splitQuestion } from "../../src/answering/subquestions.ts";

const texts = (question: string) => splitQuestion(question).map(({ text }) => text);

test("two things that are joined are asked for one by one", () => {
  expect(texts("香港和澳门的增长率是多少？")).toEqual(["香港的增长率是多少？", "澳门的增长率是多少？"]);
  expect(splitQuestion("香港和澳门的增长率是多少？").map(({ own }) => own)).toEqual(["香港", "澳门"]);
});

test("what is joined may be several words that end alike", () => {
  expect(texts("2022年和2023年的棉花产量")).toEqual(["2022年的棉花产量", "2023年的棉花产量"]);
  expect(texts("第一棒和最后一棒火炬手是谁")).toEqual(["第一棒火炬手是谁", "最后一棒火炬手是谁"]);
});

test("男女 joins two in one word", () => {
  expect(texts("公开赛男女单打冠军是谁")).toEqual(["公开赛男单打冠军是谁", "公开赛女单打冠军是谁"]);
});

test("of two clauses that ask, the second is about what the first is about", () => {
  expect(texts("这款手机的芯片是什么，起售价多少")).toEqual(["这款手机的芯片是什么", "这款手机起售价多少"]);
  expect(texts("《炽道》是什么类型的电影？它的导演是谁？")[1]).toBe("《炽道》它的导演是谁");
});

test("what the first clause asks with is no part of what it is about", () => {
  expect(texts("合作社是谁成立的，什么时候成立的？")).toEqual(["合作社是谁成立的", "合作社是什么时候成立的"]);
});

test("a question word is no thing", () => {
  expect(splitQuestion("Who is the librarian and how much did she grant?")).toEqual([]);
});

test("English questions are split at and", () => {
  const asked = splitQuestion("the growth rates of Hainan and Hubei");
  expect(asked.map(({ own }) => own)).toEqual(["Hainan", "Hubei"]);
  expect(asked[1]!.text.replace(/\s+/g, " ")).toBe("the growth rates of Hubei");
});

test("a question for one thing stays whole", () => {
  for (const question of ["八条硬措施是哪八条？", "谁写了这篇文章？", "和谁一起？", "和", "", "、、、"])
    expect(splitQuestion(question)).toEqual([]);
});

test("any text is split into nothing or two questions that each say something of their own", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."香港澳门和、，？男女 and多少的《》2") }),
      (question) => {
        const asked = splitQuestion(question);
        expect([0, 2]).toContain(asked.length);
      },
    ),
  );
});
