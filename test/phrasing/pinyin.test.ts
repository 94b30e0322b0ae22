import { expect, it } from "vitest";
import { findReading } from "../../src/phrasing/pinyin.ts";

it.each([
  ["Zhenli", "刘振利受邀", 1],
  ["LiuZhenli", "领办人刘振利", 3],
  ["Lü", "吕德明", -1],
  ["LüDeming", "吕德明", 0],
  ["Xi'an", "在西安", 1],
  ["Chongqing", "重庆气矿", 0],
  ["Changchun", "长春一东", 0],
  ["Zhenhua", "刘振利", -1],
  ["Zhen", "刘振利", -1],
  ["Li", "利", -1],
  ["Berlin", "柏林", -1],
])("%s in %s stands at %i: two or more characters read so", (word, text, place) => {
  expect(findReading(word, text)).toBe(place);
});
