import { expect, test } from "vitest";
import { isSure } from "../../src/answering/sure.ts";
import type { Answered, ArticleId } from "../../src/types.ts";

function answered(
  question: string,
  text: string,
  more: Partial<Answered> & { title?: string } = {},
): Answered {
  const { title = "麻地梁矿：六措并施保四季度安全", ...rest } = more;
  const quote = {
    text,
    field: "text" as const,
    articleId: "a" as ArticleId,
    title,
    authors: [],
    start: 0,
    end: 1,
    citation: 1,
  };
  return { kind: "answered", question, language: "zh", confidence: 0.9, quotes: [quote], ...rest };
}

const VIDEOS = "月度制作不少于3部“工人违章干部反省”警示教育视频，用身边事教育身边人";
const FIRST = "东北工业集团长春一东有6名选手闯进前十，其中，吕德明获得理论考试和实际操作总分第一的优异成绩。";
const FACTORY = "沈阳一东四环公司顺利通过“绿色工厂”认证，并获得沈阳工信局发放的20万元一次性奖励。";
const title = "长春一东：助推技能人员由“工”变“匠”";

test("sure is a confident answer whose quote meets the question", () => {
  expect(isSure(answered("麻地梁矿每月制作几部警示教育视频？", VIDEOS))).toBe(true);
  expect(isSure(answered("麻地梁矿每月制作几部警示教育视频？", VIDEOS, { confidence: 0.4 }))).toBe(false);
  expect(
    isSure({ kind: "not-found", question: "几点开会？", language: "zh", confidence: 0.9, nearest: [] }),
  ).toBe(false);
});

test.each([
  ["who came second is not told by who came first", "长春一东装配钳工竞赛第二名是谁？", FIRST],
  ["an amount needs its unit", "长春一东有几个车间？", FIRST],
  ["a date needs a date", "长春一东的选手什么时候闯进前十？", FIRST],
  ["what is asked for must be named", "长春一东理论考试的主持人是谁？", FIRST],
  ["an office needs somebody's name after it", "长春一东的选手是谁？", FIRST],
  ["so must be what is asked about", "总分是谁的第一？", FIRST],
  ["a manner is seldom told", "长春一东的选手怎么闯进前十的？", FIRST],
  ["nor what there is besides", "长春一东还有哪些选手闯进前十？", FIRST],
])("%s: %s", (_, question, text) => {
  expect(isSure(answered(question, text, { title }))).toBe(false);
});

test("a list of the number that is asked for is sure, and no other", () => {
  const list = (declared: number) => ({
    declared,
    found: 2,
    complete: false,
    items: ["一体压实", "切实提高"],
  });
  const items = "一是一体压实各级矿山安全生产责任；二是切实提高风险隐患排查整改质量……";
  const ask = (question: string, declared: number) =>
    isSure(answered(question, items, { list: list(declared) }));
  expect(ask("八条硬措施是哪八条？", 8)).toBe(true);
  expect(ask("What are the eight hard measures?", 8)).toBe(true);
  expect(ask("八条硬措施是哪八条？", 6)).toBe(false);
  expect(ask("哪八条？", 8)).toBe(false);
});

test("across languages there are no words to compare", () => {
  expect(isSure(answered("How much reward did the green factory in Shenyang receive?", FACTORY))).toBe(false);
  expect(isSure(answered("瀋陽のグリーン工場の奨励金はいくらですか？", FACTORY))).toBe(false);
});

test("words of any kind may stand in a question", () => {
  expect(isSure(answered("c++项目奖励多少(((？", FACTORY))).toBe(false);
});
