import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { questionToAll } from "../../src/answering/question-to-all.ts";
import { projectPath } from "../index/sample.ts";

describe("a question to everyone is found", () => {
  test.each([
    ["with either question mark", "铜锣峡储气库是哪天投运的?"],
    ["with either question mark", "铜锣峡储气库是哪天投运的？"],
    ["without a mark", "长春一东是做什么产品的"],
    ["in Traditional Chinese", "銅鑼峽儲氣庫是什麼時候投運的？"],
    ["in English, without a mark", "who came first in the Changchun contest"],
    ["in Japanese", "奨励金はいくらでしたか"],
    ["in German", "Wann ist die Gala in Haining?"],
    ["in Spanish", "¿Cuándo es la gala de Haining?"],
    ["in Russian", "Когда концерт в Хайнине?"],
    ["that asks whether anybody knows", "有谁知道八条硬措施是哪八条吗？"],
    ["that asks whether anybody knows", "does anyone know when the Haining gala starts?"],
    ["that greets everyone", "大家好，巴州分公司宣讲了多少场？"],
  ])("%s: %s", (_, message) => {
    expect(questionToAll(message)).toBe(message);
  });

  test("among other sentences, with thanks after it, it is given alone", () => {
    expect(questionToAll("昨天那版我还没看完。长春一东谁拿了第一？谢谢！")).toBe("长春一东谁拿了第一？");
    expect(questionToAll("下班前要交表\n沈阳一东四环奖励多少钱？🙏")).toBe("沈阳一东四环奖励多少钱？");
  });
});

describe("left alone is", () => {
  test.each([
    ["what somebody is asked", "@小王 铜锣峡储气库哪天投运的？"],
    ["what somebody is asked", "老张，铜锣峡储气库哪天投运的？"],
    ["what somebody is asked", "Tom, when did Tongluoxia start?"],
    ["what asks for you", "你们觉得呢"],
    ["what asks for you", "did you read the Tongluoxia piece?"],
    ["what asks who of us does something", "谁带充电器了？"],
    ["what asks for opinions", "大家对八条硬措施有什么看法？"],
    ["what expects no answer", "这还用问？"],
    ["what expects no answer", "才20万奖励，有什么好吹的？"],
    ["what expects no answer", "who cares about a fire drill?"],
    ["a question that is answered at once", "什么是新质生产力？一图读懂"],
    ["a question that is only mentioned", "他问我八条硬措施是哪八条，我没答上来"],
    ["a question that is only mentioned", "谁牵头都行"],
    ["a statement", "吕德明拿了第一，厉害"],
    ["a statement", "How a mine keeps its workers safe"],
    ["several questions at once", "66.83%？这么高？谁统计的？"],
    ["a link", "https://example.com/q?what=green+factory"],
    ["code", "const who = rows.find((r) => r.rank === 1)?.name;"],
    ["a mark alone", "？？？"],
    ["emoji", "🤔？"],
    ["what somebody else said", "“银杏的树叶为什么会变黄？”"],
    ["what is too long to be asked of a group", `${"长".repeat(300)}是多少？`],
  ])("%s: %s", (_, message) => {
    expect(questionToAll(message)).toBeUndefined();
  });

  test("every sentence of articles, and each paragraph as it stands", () => {
    const lines = readFileSync(projectPath("test/corpus/clean-articles.txt"), "utf8").split("\n");
    const paragraphs = lines.map((line) => line.replace(/^[#@] /u, "")).filter((line) => line !== "");
    const sentences = paragraphs.flatMap((paragraph) => paragraph.match(/[^。！？]+[。！？]*[”」]?/gu) ?? []);
    expect(sentences.length).toBeGreaterThan(300);
    expect([...paragraphs, ...sentences].filter((text) => questionToAll(text) !== undefined)).toEqual([]);
  });
});

test("what is given stands in the message, whatever that is", () => {
  const part = fc.constantFrom(
    "谁",
    "？",
    "，",
    "\n",
    "是多少",
    "铜锣峡",
    "who is ",
    "?",
    "…",
    "。",
    "\ud83d",
    "吗",
    " ",
  );
  const message = fc.oneof(
    fc.array(part, { maxLength: 60 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary" }),
  );
  fc.assert(fc.property(message, (text) => text.includes(questionToAll(text) ?? "")));
});
