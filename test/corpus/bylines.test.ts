import { describe, expect, test } from "vitest";
import {
  readAuthorLine,
  readByline,
  readNameLine,
  readOpening,
  readPostLine,
} from "../../src/corpus/bylines.ts";
import { computingMs } from "../support/computing-time.ts";

describe("a report's opening", () => {
  test.each([
    ["本报讯（记者 孙立新 李秋）昨日上午，桥通车了。", ["孙立新", "李秋"]],
    ["本报讯（记者 孙立新 通讯员 李秋）昨日上午，桥通车了。", ["孙立新", "李秋"]],
    ["本报平湖9月3日电（记者孙立新）桥通车了。", ["孙立新"]],
    ["【本报讯】（记者 孙立新）桥通车了。", ["孙立新"]],
    ["【記者孫立新報道】橋通車了。", ["孫立新"]],
  ])("names its authors: %s", (text, authors) => {
    expect(readOpening(text)).toEqual(authors);
  });

  test.each([
    "本报讯 昨日上午，桥通车了。",
    "会上（记者注意到），桥通车了。",
    "桥通车了，他说（记者 孙立新）。",
    "【编者按】桥通车了。",
  ])("names nobody: %s", (text) => {
    expect(readOpening(text)).toEqual([]);
  });
});

test.each([
  ["本刊记者　孙立新　通讯员　李秋", ["孙立新", "李秋"]],
  ["撰文 / 孙立新　摄影 / 李秋", ["孙立新"]],
  ["小记者：孙立新（七年级五班）", ["孙立新"]],
  ["By Ann Lee, staff writer", ["Ann Lee"]],
  ["By Ann Lee and Jan van Dijk, senior correspondent", ["Ann Lee", "Jan van Dijk"]],
])("a line says that it names authors: %s", (line, authors) => {
  expect(readAuthorLine(line)).toEqual(authors);
});

test.each([
  ["葉知秋", ["葉知秋"]],
  ["苏　婉", ["苏婉"]],
  ["王小波", ["王小波"]],
  ["马德里", undefined],
  ["計劃", undefined],
  ["施工", undefined],
])("a bare name begins with a family name, and is no common word: %s", (line, authors) => {
  expect(readNameLine(line)).toEqual(authors);
});

test.each([
  ["县委书记　孙立新", ["孙立新"]],
  ["市总工会经济工作部 李　秋", ["李秋"]],
  ["市教育局 通知", undefined],
  ["市教育局 宣讲团", undefined],
  ["南门新村 孙立新", undefined],
])("a name stands behind a post or an office: %s", (line, authors) => {
  expect(readPostLine(line)).toEqual(authors);
});

test("a line of white space is no work", () => {
  const line = `文 ${" ".repeat(1_000_000)}`;
  const start = computingMs();
  for (const read of [readByline, readAuthorLine, readNameLine, readPostLine, readOpening]) read(`${line}x`);
  expect(computingMs() - start).toBeLessThan(2000);
});
