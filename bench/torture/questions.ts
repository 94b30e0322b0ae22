import type { Random } from "../../test/corpus/compose-page.ts";

/** Questions about the shipped articles, with what the answer to each holds. */
export const QUESTIONS: readonly (readonly [question: string, answerHolds: string])[] = [
  ["八条硬措施是哪八条？", "一体压实各级矿山安全生产责任"],
  ["长春一东高技能人才占比2023年是多少？", "66.83%"],
  ["What share of skilled workers did Changchun Yidong reach in 2023?", "66.83%"],
  ["刘振利讲授了什么课程？", "加工中心编程与操作"],
  ["铜锣峡储气库注气系统是什么时候建成投运的？", "8月18日"],
  ["巴州分公司10月车用燃气销量是多少？", "1100余万方"],
  ["沈阳一东四环公司获得了多少奖励？", "20万元"],
  ["海宁迎春文艺汇演什么时候举行？", "12月15日"],
];

/** What has no answer in them, or leans on what was said before. */
export const OTHERS: readonly string[] = [
  "中国的首都是哪里？",
  "Who won the 2022 World Cup?",
  "第二条呢？",
  "and the third?",
  "他是谁？",
];

export function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}
