import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDetail } from "../../src/dialogue/details.ts";
import { readItemRequest } from "../../src/dialogue/item-request.ts";
import { type Lack, readQuestion } from "../../src/dialogue/reading.ts";
import { rewritings } from "../../src/dialogue/rewrite.ts";
import { projectPath } from "../index/sample.ts";
import { computingMs } from "../support/computing-time.ts";

const LIST = "八条硬措施是哪八条？";

describe("what a question lacks", () => {
  const LACKING: Readonly<Record<Exclude<Lack, "complete">, readonly string[]>> = {
    pointing: [
      "那家公司在哪里",
      "这个项目花了多少钱",
      "该矿有多少人",
      "这件事是什么时候发生的",
      "這間公司在哪裡",
      "为什么会这样",
      "她多大了",
      "那里有什么",
      "谁创办了那家公司？",
      "Where is that company?",
      "How many people work there?",
      "Who owns the company?",
      "What is their plan?",
    ],
    asking: [
      "几点开始啊",
      "多少人参加？",
      "是第一次吗",
      "为什么？",
      "多少钱？",
      "哪一年？",
      "為什麼呢？",
      "why?",
      "and when?",
      "in which year?",
    ],
    naming: ["那2024年呢？", "新能源呢？", "那成本呢", "what about gas?", "and in 2024?", "in 2024?"],
    unsaid: ["冠军是谁", "票价多少？", "負責人是誰？"],
    bare: ["什么时候投产？", "由谁主办？", "服务热线是多少？", "When does construction begin?"],
  };
  test.each(Object.entries(LACKING).flatMap(([lack, questions]) => questions.map((one) => [lack, one])))(
    "%s: %s",
    (lack, question) => expect(readQuestion(question!).lack).toBe(lack),
  );

  test.each([
    "那曲在哪里",
    "它山堰在哪里",
    "那不勒斯有多少人口",
    "其美多吉是谁",
    "该不该给孩子买手机",
    "长春一东在哪里呢？",
    "吕德明和他的徒弟获得了什么奖",
    "徐州汉源大道那次演练现场乱不乱？",
    "铜锣峡储气库那条新闻是谁写的",
    "你是谁",
    "谁写了《红楼梦》",
    "What is it like in Xuzhou?",
    "What did Ann Lee say about her town?",
    "Is it true that the tram runs at night?",
    "How many visitors did the reading room have in its first week?",
    "Which edition of the spring gala is it?",
    "hello",
  ])("%s lacks nothing that must be carried over", (question) => {
    expect(["complete", "bare"]).toContain(readQuestion(question).lack);
  });

  test("any text is read, and quickly", () => {
    const part = fc.constantFrom(
      "那",
      "它",
      "what ",
      "that ",
      "呢",
      "2024年",
      " ",
      "their ",
      "，",
      "\ud800",
      "x",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(part).map((all) => all.join("")),
        ),
        (text) => {
          const reading = readQuestion(text);
          for (const one of rewritings(reading, { question: reading, title: "标题" }))
            expect(one).not.toBe("");
          readDetail(text);
          readItemRequest(text, text);
        },
      ),
    );
    const begin = computingMs();
    for (const one of ["那么", "when ", "that it ", "what ", "谁写"]) {
      const long = one.repeat(2000 / one.length);
      readQuestion(long);
      readItemRequest("第三条呢", long);
    }
    expect(computingMs() - begin).toBeLessThan(2000);
  });
});

test("of 1,811 questions that stand on their own, 5 are read as if they did not", () => {
  const questions = ["articles/questions", "lists/queries", "more-lists/queries"].flatMap((name) =>
    readFileSync(projectPath("test/datasets", `${name}.jsonl`), "utf8")
      .trim()
      .split("\n")
      .map((line): string => JSON.parse(line).question ?? JSON.parse(line).text),
  );
  expect(questions.length).toBe(1811);
  const stands = (question: string) => ["complete", "bare"].includes(readQuestion(question).lack);
  const lacking = questions.filter(
    (question) => !stands(question) || readDetail(question) || readItemRequest(question, ""),
  );
  expect(lacking.length, lacking.join("\n")).toBeLessThanOrEqual(5);
});

describe("rewritings", () => {
  const topic = { question: readQuestion("云岭茶厂2022年产茶多少吨？"), title: "云岭茶厂扩建新车间" };
  test("a year takes the place of a year, a thing that of a thing", () => {
    expect(rewritings(readQuestion("那2023年呢？"), topic)[0]).toBe("云岭茶厂2023年产茶多少吨");
    expect(rewritings(readQuestion("白云茶厂呢？"), topic)).toContain("白云茶厂2022年产茶多少吨");
  });
  test("what points is left out, and the title of the article spoken of put in", () => {
    expect(rewritings(readQuestion("它在哪里？"), topic)).toEqual(["云岭茶厂扩建新车间 在哪里"]);
  });
  test("what only asks is asked of what the last question spoke of", () => {
    expect(rewritings(readQuestion("为什么？"), topic)[0]).toBe("云岭茶厂2022年产茶吨 为什么");
  });
});

test.each([
  ["第三条呢？", { kind: "from-start", ordinal: 3 }],
  ["那第2個呢", { kind: "from-start", ordinal: 2 }],
  ["第三条硬措施是什么", { kind: "from-start", ordinal: 3 }],
  ["最后一条是什么", { kind: "from-end", ordinal: 1 }],
  ["倒数第二条呢？", { kind: "from-end", ordinal: 2 }],
  ["下一条", { kind: "next" }],
  ["还有呢？", { kind: "next" }],
  ["第三家", { kind: "from-start", ordinal: 3 }],
  ["the second?", { kind: "from-start", ordinal: 2 }],
  ["And the 3rd one?", { kind: "from-start", ordinal: 3 }],
  ["What is number four?", { kind: "from-start", ordinal: 4 }],
  ["and the last one?", { kind: "from-end", ordinal: 1 }],
  ["anything else?", { kind: "next" }],
  ["第三次会议是什么时候召开的", undefined],
  ["第一书记是谁派来的", undefined],
  ["还有多少人没有参加？", undefined],
  ["最后的冠军是谁", undefined],
  ["What does the second amendment say?", undefined],
])("%s asks for the item %j of a list", (question, request) => {
  expect(readItemRequest(question, LIST)).toEqual(request);
});

test.each([
  ["谁写的？", "authors"],
  ["那作者呢", "authors"],
  ["是哪位記者寫的", "authors"],
  ["and the author?", "authors"],
  ["By whom was it written?", "authors"],
  ["标题叫什么", "title"],
  ["出自哪篇文章？", "title"],
  ["什么时候发的？", "publishedAt"],
  ["这篇报道是什么时候发表的？", "publishedAt"],
  ["發表於何時", "publishedAt"],
  ["When was the article published?", "publishedAt"],
  ["出自哪份刊物？", "source"],
  ["哪家报纸登的", "source"],
  ["关于消防演练的文章是谁写的", undefined],
  ["《红楼梦》的作者是谁", undefined],
  ["他来自哪里", undefined],
  ["发布会什么时候举行？", undefined],
  ["Who wrote the article about the fire drill?", undefined],
])("%s asks for %s of the article spoken of", (question, detail) => {
  expect(readDetail(question)).toBe(detail);
});
