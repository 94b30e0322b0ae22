import { expect, test } from "vitest";
import { extractTerms } from "../../src/analysis/terms.ts";

test.each([
  ["矿山安全", ["矿山", "山安", "安全"], "Han text has no spaces: overlapping bigrams"],
  ["矿", ["矿"], "a single character stands for itself"],
  ["礦山。安全", ["矿山", "安全"], "no bigram across a mark"],
  ["66.83亿元，1,100人", ["66.83", "亿元", "1,100", "人"], "a number keeps its inner marks"],
  ["2024.", ["2024"], "and loses the one at the end"],
  [
    "The Mine's owners don’t",
    ["the", "mine's", "owners", "don’t"],
    "words between spaces, apostrophes inside",
  ],
  ["NBA总决赛", ["nba", "总决", "决赛"], "Latin letters end where Han characters begin"],
  ["5G网络和X射线", ["5", "g", "网络", "络和", "x", "射线"], "and on both sides"],
  ["䲟是海鱼", ["䲟", "䲟是", "是海", "海鱼"], "a rare character is a word, too"],
  ["カタカナ語", ["カタ", "タカ", "カナ", "语"], "kana apart from Han"],
  ["Bodøファン", ["bodø", "ファ", "ァン"], "kana behind Latin letters"],
  ["서울 지하철", ["서울", "지하철"], "Korean has spaces"],
  ["ความ", ["คว", "วา", "าม"], "Thai has none"],
  ["naïve cafe\u0301", ["naïve", "café"], "a mark belongs to its letter however it is written"],
  ["𠮷野家", ["𠮷", "𠮷野", "野家"], "a character beyond the first plane is one character"],
  ["！……", [], "marks alone hold no term"],
  ["", [], "nothing"],
])("%s gives %j: %s", (text, terms) => {
  expect(extractTerms(text)).toEqual(terms);
});

test("the question and the text it is looked for in give the same terms in either script and width", () => {
  expect(extractTerms("煤礦智能化 ＡＢＣ")).toEqual(extractTerms("煤矿智能化 abc"));
});
