import { expect, test } from "vitest";
import { foldForSearch } from "../../src/analysis/fold.ts";
import { quantityTest } from "../../src/answering/quantity.ts";

const holds = (question: string, text: string) =>
  quantityTest(foldForSearch(question))?.(foldForSearch(text));

test.each([
  ["累計賣了多少度電？", "累计销售电量超200万度", "推进2次主题教育"],
  ["气矿有几台压缩机", "投运了十二台压缩机", "机组台数多，历时3个月"],
  ["How many people took part?", "共有120余人参加演练", "第3期培训班"],
  ["长春一东有几个人进了前十", "有6名选手闯进前十", "2024年技能竞赛"],
  ["门票多少钱？", "每张票50元", "12月15日下午1点举行"],
  ["How much money did the factory get?", "获得20万元一次性奖励", "获得5项专利"],
  ["How much electricity was sold?", "累计销售电量超200万度", "10月车用燃气销量1100余万方"],
  ["汇演几点开始？", "下午1点举行", "开展28场次宣讲"],
  ["吕德明今年多大了？", "吕德明今年41岁", "2024年12月的竞赛中，吕德明获得第一"],
  ["汇演是几月几号？", "将于12月15日下午举行", "在2024年的冬天举行"],
  ["演练持续了多久", "演练持续两个小时", "演练有120人参加"],
  ["徐辉的电话是多少", "联系电话：0471-1234567", "徐辉在12月8日发言"],
  ["供电公司的电话号码", "客服电话为95598", "供电公司2024年供电22346万度"],
  ["停水几点开始？", "定于7月12日22:00停水", "停水区域有4个"],
  ["大桥全长多少公里？", "全长5.2公里", "投资3亿元"],
])("%s is answered by “%s”, not by “%s”", (question, answer, other) => {
  expect(holds(question, answer)).toBe(true);
  expect(holds(question, other)).toBe(false);
});

test.each([
  "多久检查一次？",
  "第三代移动电话好在哪里？",
  "谁获得第一？",
  "为什么要推进工作",
  "Why is it so?",
  "有多少收获",
])("%s asks for no known unit", (question) => {
  expect(quantityTest(foldForSearch(question))).toBeUndefined();
});

test("nothing is said of a text without Chinese characters, whose units are others", () => {
  expect(holds("门票多少钱？", "Tickets are $5 each.")).toBe(true);
});
