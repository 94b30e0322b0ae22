import { expect, test } from "vitest";
import { MISMAPPED } from "../../src/corpus/mismapped-marks.ts";
import { repairPunctuation } from "../../src/corpus/punctuation.ts";
import { CLEAN_ARTICLES } from "./clean-articles.ts";

test("the table is the rule: rows A1 and A3 of GB2312 come out as rows D2 and D4", () => {
  const pairs =
    "渊（ 冤） 袁， 遥。 野“ 冶” 尧、 院： 曰； 钥？ 浴！ 叶《 曳》 噎… 要— 窑· 耶‘ 爷’ 也〔 页〕 豫％ 园0 员1 圆2 猿3 源4 缘5 远6 苑7 愿8 怨9";
  for (const pair of pairs.split(" ")) expect(MISMAPPED.get(pair[0]!)?.mark, pair).toBe(pair[1]);
});

test("a damaged opening is repaired, and the spaces beside its marks go", () => {
  const { text, repairs } = repairPunctuation(
    "打破思维定式袁 以大调研促 野观念之\n变冶遥巴州分公司党委牢牢把握总要求、总目标，落实院务公开。",
  );
  expect(text).toBe(
    "打破思维定式，以大调研促“观念之\n变”。巴州分公司党委牢牢把握总要求、总目标，落实院务公开。",
  );
  expect(repairs.map(({ from, to }) => from + to).join(" ")).toBe("袁， 野“ 冶” 遥。");
});

test("a byline in mis-mapped brackets is repaired, the names in it stay", () => {
  const page = "公司负责人说这项工作还要继续做下去。 渊李园平 袁芳冤\n";
  expect(repairPunctuation(page).text).toBe("公司负责人说这项工作还要继续做下去。（李园平 袁芳）\n");
});

test("clean texts come out unchanged to the letter", () => {
  for (const { title, paragraphs } of CLEAN_ARTICLES) {
    const text = [title, ...paragraphs].join("\n\n");
    expect(repairPunctuation(text)).toEqual({ text, repairs: [] });
  }
});

test("a person of the name 袁某某 is no row of commas", () => {
  const text = "民警锁定嫌疑男子袁某某并将其抓获归案袁某某如实供述袁某某已被依法刑拘袁某某家住城北";
  expect(repairPunctuation(text)).toEqual({ text, repairs: [] });
});
