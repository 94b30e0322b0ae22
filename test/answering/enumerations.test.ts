import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutWords, settle } from "../../src/answering/borders.ts";
import { asList, findEnumerations } from "../../src/answering/enumerations.ts";
import { makeArticle } from "../index/sample.ts";

/** Every enumeration of a text as it is read where `known` are the words that the question already says. */
function read(text: string, ...known: string[]) {
  const article = makeArticle("a", "题", ...text.split("\n\n"));
  return findEnumerations(article).flatMap((enumeration) => {
    const settled = settle(cutWords(enumeration), (word) => (known.includes(word) ? 1 : 0));
    if (settled === undefined) return [];
    const { items, declared, elided } = asList(enumeration, settled.items);
    return [{ items: items.map(({ start, end }) => article.text.slice(start, end)), declared, elided }];
  });
}

const plain = { declared: null, elided: false };

describe("an enumeration without markers", () => {
  test.each([
    [
      "改造内容包括屋面防水、外墙保温、管线入地和加装电梯。",
      ["屋面防水", "外墙保温", "管线入地", "加装电梯"],
      plain,
    ],
    [
      "首批有东风里、南苑小区、纺织厂家属院三个小区。",
      ["东风里", "南苑小区", "纺织厂家属院"],
      { declared: 3, elided: false },
    ],
    [
      "难题有三个：景点分散、交通不便、宣传不足。",
      ["景点分散", "交通不便", "宣传不足"],
      { declared: 3, elided: false },
    ],
    ["承诺如下：增加两个窗口；每周更换菜单；给予补贴。", ["增加两个窗口", "每周更换菜单", "给予补贴"], plain],
    ["他们立下军令状：“不带病开工”“不留尾巴”“不超预算”。", ["不带病开工", "不留尾巴", "不超预算"], plain],
    [
      "推出七项措施，包括预约靠泊、电子签单、免收系缆费等。",
      ["预约靠泊", "电子签单", "免收系缆费"],
      { declared: 7, elided: true },
    ],
    ["It offers: a garden, a studio, and a workshop.", ["a garden", "a studio", "a workshop"], plain],
    [
      "There are three goals: double it; open on Sundays; and lend more.",
      ["double it", "open on Sundays", "lend more"],
      { declared: 3, elided: false },
    ],
    [
      "举报渠道有四种：拨打值班电话、填写意见箱卡片、扫描岗位二维码、向安全员当面反映。",
      ["拨打值班电话", "填写意见箱卡片", "扫描岗位二维码", "向安全员当面反映"],
      { declared: 4, elided: false },
    ],
    [
      "问题有：商家跑路；优惠不兑现；新店主不认旧卡等。",
      ["商家跑路", "优惠不兑现", "新店主不认旧卡"],
      { declared: null, elided: true },
    ],
    [
      "They include homework help, the chess circle, tax clinics, among others, and a timetable is to follow.",
      ["homework help", "the chess circle", "tax clinics"],
      { declared: null, elided: true },
    ],
    [
      "Sponsors include the bank Norvik, brewer Hallam, the town of Leeds and others.",
      ["the bank Norvik", "brewer Hallam", "the town of Leeds"],
      { declared: null, elided: true },
    ],
    [
      "Members come from towns such as Skell, Thornby and Marling.",
      ["Skell", "Thornby", "Marling"],
      { declared: null, elided: true },
    ],
  ])("%s", (text, items, rest) => {
    expect(read(text)).toContainEqual({ items, ...rest });
  });

  test("told by paragraphs that begin alike is one, without a colon before it", () => {
    const article = makeArticle(
      "a",
      "题",
      "企业反映了三个方面的难题。",
      "用工难。倒班岗位招不到人。",
      "用地难。扩建排队两年。",
      "融资难。贷款额度低。",
      "主任当场答应研究。",
    );
    const lines = findEnumerations(article).filter(({ kind }) => kind === "lines");
    expect(lines.map(({ readings }) => readings.length)).toEqual([1]);
    expect(lines[0]!.readings[0]!.parts.map(({ start, end }) => article.text.slice(start, end))).toEqual([
      "用工难。倒班岗位招不到人",
      "用地难。扩建排队两年",
      "融资难。贷款额度低",
    ]);
  });

  test("begins after what the question already says", () => {
    const text = "技术员每月指导修剪、施肥、除草。";
    expect(read(text, "指导")).toContainEqual({ items: ["修剪", "施肥", "除草"], ...plain });
  });

  test.each([
    "上月，市规划局就旧址利用方案公开征求意见，共收到市民来信五百余封。",
    "The mill, silent since 2019, will reopen in August, owned by its workers.",
  ])("is not seen in clauses that merely follow each other: %s", (text) => {
    const scores = findEnumerations(makeArticle("a", "题", text)).map(
      (enumeration) => settle(cutWords(enumeration), () => 0)?.score ?? -Infinity,
    );
    expect(Math.max(...scores)).toBeLessThan(0);
  });

  test.each([
    ["conjunctions without end", "甲和".repeat(1000)],
    ["brackets without end", `${"（".repeat(3000)}甲${"）".repeat(3000)}`],
    ["brackets that are never closed", "（“".repeat(10000)],
    ["English without end", "x and y, ".repeat(400)],
  ])("is not sought in %s", (_, text) => {
    expect(findEnumerations(makeArticle("a", "题", text))).toEqual([]);
  });

  test("has verbatim items, in order and apart, whatever the text", () => {
    const piece = fc.constantFrom(
      ..."甲 乙丙 包括 、 、 和 ， ； ： 。 “ ” 等 三个 a and , b".split(" "),
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const article = makeArticle("a", "题", pieces.join(""));
        for (const enumeration of findEnumerations(article)) {
          const settled = settle(cutWords(enumeration), () => 0);
          let at = 0;
          for (const { start, end } of settled?.items ?? []) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(at).toBeLessThanOrEqual(article.text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
