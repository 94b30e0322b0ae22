import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findLists } from "../../src/answering/lists.ts";
import type { Article } from "../../src/types.ts";
import { makeArticle, shippedArticles } from "../index/sample.ts";
import { computingMs } from "../support/computing-time.ts";

/** A list as a reader would tell it. */
function listsIn(article: Article) {
  return findLists(article).map(({ items, declared, elided }) => ({
    items: items.map(({ start, end }) => article.text.slice(start, end)),
    declared,
    elided,
  }));
}

function listsOf(...paragraphs: string[]) {
  return listsIn(makeArticle("a", "题", ...paragraphs));
}

function only(...paragraphs: string[]) {
  const lists = listsOf(...paragraphs);
  expect(lists).toHaveLength(1);
  return lists[0]!;
}

const studies = ["抓学习", "抓整改", "抓落实"];

describe("findLists reads every way of numbering", () => {
  test.each([
    ["一是…；二是…", "会议要求：一是抓学习；二是抓整改；三是抓落实。"],
    ["一是 right behind its subject", "该矿一是抓学习；二是抓整改；三是抓落实。"],
    ["一是 between enumeration commas", "重点工作有一是抓学习、二是抓整改、三是抓落实。"],
    ["一是 as sentences", "会议要求。一是抓学习。二是抓整改。三是抓落实。会议还听取了汇报。"],
    ["一要", "全矿一要抓学习，二要抓整改，三要抓落实。"],
    ["一则, Traditional", "此舉一則抓学习，二則抓整改，三則抓落实。"],
    ["一靠", "办好这件事，一靠抓学习，二靠抓整改，三靠抓落实。"],
    ["一来", "这样做，一来抓学习，二来抓整改，三来抓落实。"],
    ["第一，", "要点如下：第一，抓学习。第二，抓整改。第三，抓落实。"],
    ["第一是", "要点有三：第一是抓学习，第二是抓整改，第三是抓落实。"],
    ["第一点，", "第一点，抓学习；第二点，抓整改；第三点，抓落实。"],
    ["第一道是", "要过三道关：第一道是抓学习，第二道是抓整改，第三道是抓落实。"],
    ["第一项改革是", "第一项改革是抓学习。\n\n第二项改革是抓整改。\n\n第三项改革是抓落实。"],
    ["一种是", "形式有三种：一种是抓学习，一种是抓整改，还有一种是抓落实。"],
    ["办法一：", "办法一：抓学习。\n\n办法二：抓整改。\n\n办法三：抓落实。"],
    ["A.", "途径有：A.抓学习；B.抓整改；C.抓落实。"],
    ["I.", "I. 抓学习\n\nII. 抓整改\n\nIII. 抓落实"],
    ["第一条 with a space", "第一条　抓学习。\n\n第二条　抓整改。\n\n第三条　抓落实。"],
    ["第一步", "第一步，抓学习；第二步，抓整改；第三步，抓落实。"],
    ["第一に", "第一に、抓学习。第二に、抓整改。第三に、抓落实。"],
    ["一、 in paragraphs", "一、抓学习\n\n二、抓整改\n\n三、抓落实"],
    ["一、 in a row", "工作安排：一、抓学习；二、抓整改；三、抓落实。"],
    ["（一）", "（一）抓学习；（二）抓整改；（三）抓落实。"],
    ["（一）without a mark before it", "重点包括（一）抓学习（二）抓整改（三）抓落实。"],
    ["(1)", "(1) 抓学习；(2) 抓整改；(3) 抓落实。"],
    ["（1） and full-width digits", "（１）抓学习；（２）抓整改；（３）抓落实。"],
    ["(a)", "(a) 抓学习, (b) 抓整改, (c) 抓落实."],
    ["1.", "要求：1.抓学习；2.抓整改；3.抓落实。"],
    ["1. with only white space between", "要求：1.抓学习 2.抓整改 3.抓落实"],
    ["1． full-width", "１．抓学习；２．抓整改；３．抓落实。"],
    ["1、", "1、抓学习；2、抓整改；3、抓落实。"],
    ["1)", "1) 抓学习；2) 抓整改；3) 抓落实。"],
    ["①", "措施有①抓学习②抓整改③抓落实。"],
    ["⑴", "⑴抓学习；⑵抓整改；⑶抓落实。"],
    ["⒈", "⒈抓学习；⒉抓整改；⒊抓落实。"],
    ["㈠", "㈠抓学习；㈡抓整改；㈢抓落实。"],
    ["首先", "首先，抓学习；其次，抓整改；最后，抓落实。"],
    ["首先, Traditional", "首先是抓学习；其次是抓整改；最後是抓落实。"],
    ["首先…然后…最后", "首先抓学习，然后抓整改，最后抓落实。"],
    ["其一", "原因有三。其一，抓学习；其二，抓整改；其三，抓落实。"],
    ["步骤一", "步骤一：抓学习\n步骤二：抓整改\n步骤三：抓落实"],
    ["Step 1", "Step 1: 抓学习\n\nStep 2: 抓整改\n\nStep 3: 抓落实"],
    ["lines with -", "要求如下：\n- 抓学习\n- 抓整改\n- 抓落实"],
    ["lines with —", "要求如下：\n—抓学习\n—抓整改\n—抓落实"],
    ["lines with •", "要求如下：\n\n• 抓学习；\n\n• 抓整改；\n\n• 抓落实。\n\n完。"],
    ["lines with ·", "· 抓学习\n· 抓整改\n· 抓落实"],
    ["lines with ★", "要求如下：\n★ 抓学习\n★ 抓整改\n★ 抓落实"],
    ["一个是, 另一个是", "难题不少。一个是抓学习；另一个是抓整改；还有一个是抓落实。"],
    ["有的 behind its subject", "志愿者有的抓学习，有的抓整改，有的抓落实；医生也来了。"],
    ["有的", "大家没闲着。有的抓学习，有的抓整改，还有的抓落实。"],
    ["lines with 1.", "1. 抓学习\n2. 抓整改\n3. 抓落实\n完毕"],
  ])("%s", (_, text) => {
    expect(only(...text.split("\n\n"))).toMatchObject({ items: studies, elided: false });
  });

  test.each([
    "First, tell the staff; second, close the gate; and third, call the office.",
    "Firstly, tell the staff. Secondly, close the gate. Thirdly, call the office. It rained.",
    "First, tell the staff. Second, close the gate. Finally, call the office.",
    "The first is tell the staff; the second is close the gate; the third is call the office.",
    "They must (1) tell the staff, (2) close the gate, and (3) call the office.",
    "They must (a) tell the staff, (b) close the gate, and (c) call the office; the council accepted the last.",
    "They must 1) tell the staff, 2) close the gate and 3) call the office.",
    "The teacher must a) tell the staff; b) close the gate; c) call the office.",
    "Resolution 1: tell the staff.\nResolution 2: close the gate.\nResolution 3: call the office.",
    "They must: 1) tell the staff, 2) close the gate and 3) call the office.",
    'She said: "The first is tell the staff. The second is close the gate. The third is call the office."',
    "In the first place, tell the staff. In the second, close the gate. Thirdly, call the office.",
    "One: tell the staff.\n\nTwo: close the gate.\n\nThree: call the office.",
    '"Number one, tell the staff. Number two, close the gate. Number three, call the office."',
    "i. tell the staff\nii. close the gate\niii. call the office",
    "1. tell the staff\n2. close the gate\n3. call the office",
    "* tell the staff\n* close the gate\n* call the office",
  ])("English: %s", (text) => {
    expect(only(text).items).toEqual(["tell the staff", "close the gate", "call the office"]);
  });

  test("a numeral that is a part of what follows numbers nothing: 一年级, 二年级", () => {
    expect(listsOf("一年级认岗，二年级跟岗，三年级顶岗。")).toEqual([]);
  });

  test.each([
    ["第一场战役打瓦斯。第二场战役治水。第三场战役护壁。", ["打瓦斯", "治水", "护壁"]],
    ["头一道是选竹，要三年生的。第二道是刮篾。末一道是收口。", ["选竹，要三年生的", "刮篾", "收口"]],
    ["镇里有“三缺”。\n\n一缺产业。\n\n二缺人才。\n\n三缺路。", ["缺产业", "缺人才", "缺路"]],
  ])("words that all markers share: %s", (text, items) => {
    expect(only(...text.split("\n\n")).items).toEqual(items);
  });

  test("先…再 within an item of a chain ends with it", () => {
    expect(only("他要求：先打通便道，再清理路面；换人不停机；昼夜施工。").items).toEqual([
      "打通便道",
      "清理路面",
    ]);
  });

  test("two-digit numbers follow each other as the others do", () => {
    const numerals = "一 二 三 四 五 六 七 八 九 十 十一 十二".split(" ");
    const items = numerals.map((numeral) => `开展第${numeral}类检查`);
    expect(only(`${numerals.map((numeral, i) => `${numeral}是${items[i]}`).join("；")}。`).items).toEqual(
      items,
    );
  });
});

describe("findLists knows a list that goes on", () => {
  test.each([
    ["等等", "他总结出“六法”：1.抓学习；2.抓整改；3.抓落实，等等。", studies],
    ["an ellipsis after the first item", "有三条经验，一是抓学习，二是……", ["抓学习"]],
  ])("by %s", (_, text, items) => {
    expect(only(text)).toMatchObject({ items, elided: true });
  });

  test("but not by a number whose things its own sentence tells", () => {
    const lists = listsOf("公司抓好“三大任务”，即安全生产、绿色发展、人才培养。一是加大投入；二是加强考核。");
    expect(lists).toMatchObject([{ items: ["加大投入", "加强考核"], declared: null }]);
  });

  test("and takes the count right before it for its own", () => {
    expect(only("去年的97项压减到31项。重点清理三类：一是抓学习；二是抓整改；三是抓落实。").declared).toBe(3);
  });
});

describe("findLists takes an item whole", () => {
  test("with the last full stop of p.m.", () => {
    expect(only("(a) no visits from 12 to 1 p.m.; (b) no flowers.").items).toEqual([
      "no visits from 12 to 1 p.m.",
      "no flowers",
    ]);
  });

  test("over several sentences", () => {
    expect(
      only("一是抓学习。每周一课。二是抓整改。每月一查。三是抓落实。年底考核。", "会议由矿长主持。").items,
    ).toEqual(["抓学习。每周一课", "抓整改。每月一查", "抓落实。年底考核"]);
  });

  test("but not what the text turns to after it", () => {
    expect(only("一要抓学习。每周一课。二要抓整改。会议还研究了其他事项。").items).toEqual([
      "抓学习。每周一课",
      "抓整改",
    ]);
  });

  test("over several paragraphs, each a heading and its text", () => {
    expect(
      only("一、抓学习", "每周一课。", "二、抓整改", "每月一查。", "三、抓落实", "年底考核。", "某某矿")
        .items,
    ).toEqual(["抓学习\n\n每周一课。".slice(0, -1), "抓整改\n\n每月一查", "抓落实\n\n年底考核"]);
  });

  test("with sections longer than prose within one sentence would be", () => {
    const body = "检查每一处设备并记录在册，".repeat(60);
    expect(only(`一、${body}甲。`, `二、${body}乙。`, `三、丙。`).items).toEqual([
      `${body}甲`,
      `${body}乙`,
      "丙",
    ]);
  });

  test("with the quotation marks, brackets and numbers of its own", () => {
    const items = [
      "强化“八条硬措施”的学习、解读（含测试）",
      "投资1.5亿元，完成2024.5版的3.2项",
      "确保“人人讲安全、个个会应急。”",
    ];
    expect(only(`一是${items[0]}；二是${items[1]}；三是${items[2]}`).items).toEqual(items);
  });

  test("where the list stands in a quotation, without what follows it", () => {
    expect(only("“一是抓学习；二是抓整改。”矿长说。").items).toEqual(["抓学习", "抓整改"]);
    expect(only("他说：“一是抓学习，二是抓整改”，并要求落实。").items).toEqual(["抓学习", "抓整改"]);
    expect(only("“一是抓学习。”矿长说，“二是抓整改。”").items).toEqual(["抓学习", "抓整改"]);
    expect(only("措施（一是抓学习；二是抓整改）已经公布。").items).toEqual(["抓学习", "抓整改"]);
    expect(only("要做到“一是抓‘两基’，二是抓‘三化’”。").items).toEqual(["抓‘两基’", "抓‘三化’"]);
  });

  test("with an apostrophe in a single quotation", () => {
    expect(only("‘First, read the firm’s rules; second, keep them.’ She left.").items).toEqual([
      "read the firm’s rules",
      "keep them",
    ]);
  });

  test("with a list of another numbering, or of the same one in brackets, inside", () => {
    expect(listsOf("一、抓学习：（一）读；（二）写。", "二、抓整改。").map(({ items }) => items)).toEqual([
      ["抓学习：（一）读；（二）写", "抓整改"],
      ["读", "写"],
    ]);
    expect(
      listsOf("一是抓学习（一是读，二是写）；二是抓整改；三是抓落实。").map(({ items }) => items),
    ).toEqual([
      ["抓学习（一是读，二是写）", "抓整改", "抓落实"],
      ["读", "写"],
    ]);
  });
});

describe("findLists knows where the source stops", () => {
  test.each([
    "“一是抓学习；二是抓整改……”",
    "一是抓学习；二是抓整改……",
    "一是抓学习；二是抓整改……。",
    "一是抓学习；二是抓整改。……",
    "一是抓学习；二是抓整改；……",
    "一是抓学习；二是抓整改；三是……",
    "“一是抓学习；二是抓整改……”矿长说。",
    "“一是抓学习；二是抓整改”……记者看到，人人会答。",
    "一是抓学习；二是抓整改……该矿还组织了考试。",
    "1. 抓学习\n2. 抓整改\n3. ……",
    "首先抓学习，其次抓整改...",
  ])("%s", (text) => {
    expect(only(text)).toMatchObject({ items: ["抓学习", "抓整改"], elided: true });
  });

  test("and where it leaves out items in the middle", () => {
    expect(only("八条措施：一是抓学习；二是抓整改；……八是抓落实。")).toEqual({
      items: studies,
      declared: 8,
      elided: true,
    });
  });

  test("but an ellipsis inside a quotation of an item is part of it", () => {
    expect(only("一是唱“啊……”歌；二是念“嗯……”字并写下来。")).toMatchObject({
      items: ["唱“啊……”歌", "念“嗯……”字并写下来"],
      elided: false,
    });
  });
});

describe("findLists reads how many items are announced", () => {
  const three = "一是抓学习；二是抓整改；三是抓落实";
  test.each([
    ["从三个方面加强管理。", 3],
    ["推出三大举措：", 3],
    ["采取三項措施：", 3],
    ["提出三点要求，", 3],
    ["采取三项措施，涉及20个部门：", 3], // the number that fits, though another is nearer
    ["分3步走：", 3],
    ["主要做了三件事：", 3],
    ["原因有五：", 5],
    ["三管齐下，落实八条硬措施：", 8], // more than are found: the rest is missing
    ["全市20个区县开展整治。", null], // a count of something else
    ["上午8点，会议强调：", null], // an hour
    ["按照第八条的规定，", null], // an ordinal
    ["学习党的二十大精神，会议强调：", null], // a congress
    ["会议强调：", null],
  ])("%s → %s", (lead, declared) => {
    expect(only(`${lead}${three}。`).declared).toBe(declared);
  });

  test.each([
    ["There are three steps.", 3],
    ["We propose three simple ways to save.", 3],
    ["It took three years.", 3], // fits what is found
    ["It took ten years.", null],
    ["The plan has five measures.", 5],
  ])("%s → %s", (lead, declared) => {
    expect(only(`${lead} (1) ask; (2) wait; (3) go.`).declared).toBe(declared);
  });

  test("in the paragraph before the list", () => {
    expect(only("该矿从三个方面加强管理。", `${three}。`).declared).toBe(3);
  });

  test("but not further away", () => {
    expect(
      only("该矿从五个方面加强管理。", "会后合影。天气晴好，大家十分高兴。", `${three}。`).declared,
    ).toBeNull();
  });
});

describe("findLists does not take for a list", () => {
  test.each([
    "老王说话一是一，二是二，从不含糊。",
    "第一、第二、第三产业齐头并进。",
    "第一、二产业，第二、三车间。",
    "1、2号机组和3、4号机组投产。",
    "一、二等奖各三名，三等奖十名。",
    "投资1.5亿元，增长2.3%，占3.6%。",
    "会议于2024. 1. 5召开，2024. 2. 6结束。",
    "价格为1.5元，2.5元。",
    "按照第（一）项、第（二）项的规定办理。",
    "如图（1）和图（2）所示，式①与式②相等。",
    "原因之一是雨大，二是路滑。",
    "首先要说的是天气，最后下雨了。",
    "这是唯一是非分明的人，二是他。",
    "He came first, and she left.",
    "一是抓学习。",
    "2024年1月，3月，5月各办一期。",
  ])("%s", (text) => {
    expect(listsOf(text)).toEqual([]);
  });
});

describe("findLists keeps lists apart", () => {
  test("of the same numbering, one after the other", () => {
    expect(
      listsOf("“一是甲项；二是乙项……”", "对此，该矿提出三点：一是丙项；二是丁项；三是戊项。").map(
        ({ items }) => items,
      ),
    ).toEqual([
      ["甲项", "乙项"],
      ["丙项", "丁项", "戊项"],
    ]);
  });

  test("a quotation's list does not go on outside it", () => {
    expect(listsOf("“一是甲项；二是乙项。”随后，三是一个吉利的数字。").map(({ items }) => items)).toEqual([
      ["甲项", "乙项"],
    ]);
  });

  test("bulleted, with text between", () => {
    expect(listsOf("甲：\n- 一号\n- 二号", "乙：", "- 三号\n- 四号").map(({ items }) => items)).toEqual([
      ["一号", "二号"],
      ["三号", "四号"],
    ]);
  });
});

test("the shipped article on the mine holds the two of eight and the six, and no other list", async () => {
  const mine = (await shippedArticles()).find(({ title }) => title.includes("麻地梁"))!;
  const [eight, six, ...others] = listsIn(mine);
  expect(eight).toEqual({
    items: ["一体压实各级矿山安全生产责任", "切实提高风险隐患排查整改质量"],
    declared: 8,
    elided: true,
  });
  expect(six).toMatchObject({ declared: 6, elided: false });
  expect(six!.items).toHaveLength(6);
  expect(six!.items[5]).toMatch(/^利用各类会议.*个个会应急。”$/u);
  expect(others).toEqual([]);
});

describe("any list, whatever it is about", () => {
  const NUMERALS = "一二三四五六七八九".split("");
  const families: readonly ((n: number) => string)[] = [
    (n) => `${NUMERALS[n]}是`,
    (n) => `${NUMERALS[n]}要`,
    (n) => `第${NUMERALS[n]}，`,
    (n) => `第${NUMERALS[n]}是`,
    (n) => `${NUMERALS[n]}、`,
    (n) => `（${NUMERALS[n]}）`,
    (n) => `（${n + 1}）`,
    (n) => `(${n + 1}) `,
    (n) => `${n + 1}. `,
    (n) => `${n + 1}、`,
    (n) => `${n + 1}）`,
    (n) => String.fromCharCode(0x2460 + n),
    (n) => `其${NUMERALS[n]}，`,
  ];
  const word = fc.constantFrom(
    ..."加强安全学习 开展隐患排查 整改问题 投入1.5亿元 “八条硬措施” （含井下） 培训矿工2024人次 《安全法》 落实AI巡检 9月底前完成".split(
      " ",
    ),
  );
  const item = fc
    .tuple(
      fc.constantFrom("推进", "抓好", "坚持"),
      fc.array(word, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("，", "、"),
    )
    .map(([verb, words, comma]) => verb + words.join(comma));
  const layout = fc.constantFrom(
    { before: "会议要求：", between: "；", after: "。会后大家合影。" },
    { before: "会议要求。", between: "。", after: "。" },
    { before: "矿长说：“", between: "；", after: "。”掌声响起。" },
    { before: "会议要求：\n\n", between: "\n\n", after: "\n\n特此通知。" },
    { before: "会议要求：\n\n", between: "。\n\n", after: "。\n\n特此通知。" },
    { before: "会议要求：\n", between: "\n", after: "\n特此通知。" },
  );

  test("comes back with exactly its items", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...families),
        fc.array(item, { minLength: 2, maxLength: 9 }),
        layout,
        (marker, items, { before, between, after }) => {
          const text = before + items.map((text, n) => marker(n) + text).join(between) + after;
          expect(only(...text.split("\n\n")), text).toEqual({ items, declared: null, elided: false });
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("is known to be cut off wherever …… cuts it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...families),
        fc.array(item, { minLength: 2, maxLength: 9 }),
        fc.constantFrom("……", "……”", "；……", "。……", "……。", "...", "……矿长接着说。"),
        (marker, items, tail) => {
          const open = tail.includes("”") ? "“" : "";
          const text = `落实九条措施：${open}${items.map((text, n) => marker(n) + text).join("；")}${tail}`;
          expect(only(text), text).toEqual({ items, declared: 9, elided: true });
        },
      ),
      { numRuns: 500 },
    );
  });

  test("stays apart from the next one in the article", () => {
    const list = fc.tuple(fc.constantFrom(...families), fc.array(item, { minLength: 2, maxLength: 6 }));
    fc.assert(
      fc.property(list, list, fc.boolean(), (first, second, isElided) => {
        const texts = [first, second].map(([marker, items]) =>
          items.map((text, n) => marker(n) + text).join("；"),
        );
        const found = listsOf(
          `通知：“${texts[0]}${isElided ? "……" : "。"}”`,
          "记者随后来到井下。",
          `要点：${texts[1]}。`,
        );
        expect(found.map(({ items }) => items)).toEqual([first[1], second[1]]);
      }),
      { numRuns: 300 },
    );
  });

  test("is read quickly, also among thousands of beginnings in one paragraph", () => {
    const article = makeArticle("a", "题", "一是甲；1. 乙；（一）丙；- 丁，首先；".repeat(4000));
    const start = computingMs();
    expect(findLists(article)).toEqual([]);
    expect(computingMs() - start).toBeLessThan(2000);
  });

  test.each(["一是甲；二是乙；", "①甲②乙", "首先，甲；其次，乙；", "一缺水，二缺电，三缺路，"])(
    "is read in bounded time where a paragraph repeats %s without end",
    (text) => {
      const article = makeArticle("a", "题", text.repeat(12_000));
      const start = computingMs();
      expect(findLists(article).length).toBeGreaterThan(100);
      expect(computingMs() - start).toBeLessThan(5000);
    },
  );

  test("and in any text at all, items are verbatim, in order, filled and apart", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ..."一是 二是 三是 第一， 第二， 1. 2. 3. （一） （二） ① ② 首先 其次 最后 …… “ ” ‘ ’ （ ） ； 。 ， 、 \n \n\n - ".split(
          " ",
        ),
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
      word,
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(piece, { maxLength: 20 }), { minLength: 1, maxLength: 4 }),
        (paragraphs) => {
          const article = makeArticle("a", "题", ...paragraphs.map((pieces) => pieces.join("")));
          for (const { items, span, lead, elided, declared } of findLists(article)) {
            expect(items.length).toBeGreaterThanOrEqual(elided && declared !== null ? 1 : 2);
            expect(lead.end).toBe(span.start);
            let at = span.start;
            for (const { start, end } of items) {
              expect(start).toBeGreaterThan(at);
              expect(end).toBeGreaterThan(start);
              at = end;
            }
            expect(span.end).toBeGreaterThanOrEqual(at);
            expect(span.end).toBeLessThanOrEqual(article.text.length);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
