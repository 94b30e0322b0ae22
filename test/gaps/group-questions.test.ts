import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { embeddedModelFolder } from "../../src/assistant.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { createGrouper } from "../../src/gaps/group-questions.ts";
import { programDir } from "../support/program.ts";
import { figuresOf, readLabelled } from "./labelled.ts";

const group = createGrouper(await loadEmbedder(embeddedModelFolder(programDir)));
const expected: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "expected.json"), "utf8"));

test("the same question in other words and other languages is one gap", async () => {
  const groups = await group([
    "图书馆晚上几点关门？",
    "公司一共有多少员工？",
    "When does the library close at night?",
    "圖書館晚上幾點關門",
    "How many employees does the company have?",
  ]);
  expect(groups).toEqual([
    [0, 2, 3],
    [1, 4],
  ]);
});

test("another name, another number, or another thing asked for is another gap", async () => {
  for (const questions of [
    ["去日本需要签证吗？", "去韩国需要签证吗？"],
    ["2022年的产量是多少？", "2023年的产量是多少？"],
    ["停车场怎么收费？", "停车场的入口在哪里？"],
    ["When does gate 3 close?", "When does gate 5 close?"],
  ])
    expect(await group(questions)).toEqual([[0], [1]]);
});

test("on labelled questions the groups are as good as they were, on the half of the fit and on the other", async () => {
  const figures: Record<string, unknown> = {};
  for (const half of ["fit", "held"]) {
    const questions = readLabelled().filter((one) => one.half === half);
    const groups = await group(questions.map(({ question }) => question));
    figures[half] = Object.fromEntries(
      Object.entries(figuresOf(questions, groups)).map(([name, value]) => [name, Math.round(1000 * value)]),
    );
  }
  expect(figures).toEqual(expected);
});

test("whatever is asked, every question is in one group", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 12 }), async (questions) => {
      const groups = await group(questions);
      expect(groups.flat().sort((a, b) => a - b)).toEqual(questions.map((_, place) => place));
      for (const members of groups) expect(members).toEqual([...members].sort((a, b) => a - b));
    }),
    { numRuns: 50 },
  );
});

const NAMES = "长春 沈阳 大连 哈尔滨 成都 重庆 徐州 上海 拉萨 西安 Berlin Paris Tokyo Oslo".split(" ");
const FORMS = [
  (name: string, n: number) => `${name}第${n}分店几点开门？`,
  (name: string, n: number) => `When does shop ${n} of ${name} open?`,
  (name: string, n: number) => `${name}${n}路公车的末班车是什么时候？`,
  (name: string, n: number) => `How much did ${name} pay in ${1900 + n}?`,
];

test("five thousand open questions are grouped in seconds, also where many are nearly alike", async () => {
  const various = Array.from({ length: 5000 }, (_, i) =>
    FORMS[i % 4]!(NAMES[Math.floor(i / 4) % NAMES.length]!, Math.floor(i / 56)),
  );
  const alike = Array.from({ length: 1000 }, (_, i) => `${"的呢吗啊了"[i % 5]!.repeat(i / 5)}怎么退会员卡`);
  for (const questions of [various, alike]) {
    // Of this process alone: others may be busy.
    const start = process.cpuUsage();
    await group(questions);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(6);
  }
}, 30_000);
