import { describe, expect, test } from "vitest";
import { readImprint } from "../../src/corpus/imprint.ts";
import { readerFor } from "../../src/corpus/readers.ts";
import { computingMs } from "../support/computing-time.ts";

async function read(name: string, lines: readonly string[]) {
  const { articles } = await readerFor(name)!(new TextEncoder().encode(lines.join("\n\n")), name);
  expect(articles).toHaveLength(1);
  const { title, authors, publishedAt, paragraphs } = articles[0]!;
  return { title, authors, publishedAt, paragraphs };
}

const TITLE = "老厂的新生";
const BODY = ["烟囱还在，机器却早已停转。", "目前，园区已入驻企业73家，2024年1月1日起开放。"];
const DAY = "2025-10-30";

describe("a line of its own above the body says when a text was published, and is no part of it", () => {
  test.each([
    ["2025年10月30日 星期四", []],
    ["2025-10-30 09:12", []],
    ["2025-10-30 09:12:33 来源：云溪日报", []],
    ["发布时间：2025-10-30 09:12", []],
    ["日期：2025年10月30日", []],
    ["（2025年10月30日）", []],
    ["来源：云溪日报 作者：李四 发布时间：2025年10月30日 浏览次数：128", ["李四"]],
    ["2025年10月30日　　本报记者：孙七 周八　责任编辑：王五", ["孙七", "周八"]],
    ["二〇二五年十月三十日", []],
    ["Published October 30, 2025", []],
    ["By Ann Lee | 30 October 2025 | 9:12 am", ["Ann Lee"]],
    ["云溪日报 2025年10月30日 星期四 第3版 要闻", []],
    ["云溪快讯 2025年10月30日 第36期", []],
    ["云溪快讯 2025年10月30日 第36期（内部资料）", []],
    ["By Ann Lee · October 30, 2025 · 3 min read", ["Ann Lee"]],
    ["发布日期：2025-10-30 字号：[大 中 小] [打印本页]", []],
  ])("%s", async (line, authors) => {
    const expected = { title: TITLE, authors, publishedAt: DAY, paragraphs: BODY };
    expect(await read("a.txt", [TITLE, line, ...BODY])).toEqual(expected);
    expect(await read("a.md", [`# ${TITLE}`, line, ...BODY])).toEqual(expected);
  });
});

test("a magazine's line tells its number and no day", async () => {
  for (const line of [
    "高原水文 | 2025年第7期（总第212期） 2025年7月出版",
    "高原水文 2025年第7期（总第212期）",
  ]) {
    const expected = { title: TITLE, authors: [], publishedAt: undefined, paragraphs: BODY };
    expect(await read("a.txt", [line, TITLE, ...BODY])).toEqual(expected);
  }
});

test("a line of authors may stand above or below it", async () => {
  for (const lines of [
    ["文/李四", DAY],
    [DAY, "文/李四"],
  ]) {
    expect(await read("a.txt", [TITLE, ...lines, ...BODY])).toEqual({
      title: TITLE,
      authors: ["李四"],
      publishedAt: DAY,
      paragraphs: BODY,
    });
  }
});

test.each([
  "2025年10月30日",
  "云溪市教育局 2025年10月30日",
  "云溪市教育局　二〇二五年十月三十日",
  "（2025年10月30日印发）",
])("a date below the body is the text's, and stays in it: %s", async (line) => {
  const paragraphs = [...BODY, line];
  const expected = { title: TITLE, authors: [], publishedAt: DAY, paragraphs };
  expect(await read("a.txt", [TITLE, ...paragraphs])).toEqual(expected);
  expect(await read("a.md", [`# ${TITLE}`, ...paragraphs])).toEqual(expected);
});

test.each([
  "2025年10月30日，园区开放。",
  "报名截止日期：2025年10月30日",
  "2025年10月1日至2025年10月30日",
  "活动时间：2025年10月30日上午9:00",
  "会议定于 2025年10月30日",
])("any other date is no date of publication: %s", async (line) => {
  for (const paragraphs of [
    [line, ...BODY],
    [...BODY, line],
  ]) {
    expect(await read("a.txt", [TITLE, ...paragraphs])).toEqual({
      title: TITLE,
      authors: [],
      publishedAt: undefined,
      paragraphs,
    });
  }
});

test("when something takes place is not when it was published", async () => {
  const paragraphs = ["时间：2025年10月30日", "地点：市体育馆", ...BODY];
  expect(await read("a.txt", [TITLE, ...paragraphs])).toMatchObject({ publishedAt: undefined, paragraphs });
});

test("the dates of a chronicle stay in it", async () => {
  const paragraphs = [1, 2, 3, 4].flatMap((month) => [`2025年${month}月5日`, `园区的第${month}家企业开业。`]);
  for (const [name, title] of [
    ["a.txt", TITLE],
    ["a.md", `# ${TITLE}`],
  ] as const) {
    expect(await read(name, [title, ...paragraphs])).toMatchObject({ publishedAt: undefined, paragraphs });
  }
});

test("front matter comes before a line", async () => {
  const lines = ["---\ndate: 2024-05-01\n---", `# ${TITLE}`, DAY, ...BODY];
  expect(await read("a.md", lines)).toMatchObject({ publishedAt: "2024-05-01", paragraphs: BODY });
});

test("a long line of what such lines hold takes no time", () => {
  for (const part of ["作者：李四 ", "来源：", "2025-10-30 ", "阅读1", "By A B, ", "[大 "]) {
    const started = computingMs();
    readImprint(part.repeat(100_000));
    readImprint(part.repeat(120).slice(0, 120));
    expect(computingMs() - started).toBeLessThan(500);
  }
});
