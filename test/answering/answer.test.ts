import { beforeAll, describe, expect, test } from "vitest";
import { type Assistant, embeddedModelFolder, openAssistant } from "../../src/assistant.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { buildIndex } from "../../src/index/build.ts";
import type { Article } from "../../src/types.ts";
import { makeArticle, makeFolder, projectPath } from "../index/sample.ts";

let embedder: Embedder;
beforeAll(async () => {
  embedder = await loadEmbedder(embeddedModelFolder(projectPath()));
});

async function asking(...articles: readonly Article[]): Promise<Assistant["ask"]> {
  const indexDir = await makeFolder();
  await buildIndex({ articles, indexDir, embedder });
  return (await openAssistant({ articles, indexDir, embedder })).ask;
}

const bridge = makeArticle(
  "bridge",
  "跨江大桥合龙",
  "大桥全长两千一百米，主跨采用钢箱梁，预计明年六月通车。",
);

describe("a list that is asked for by its number", () => {
  test("is found in a later paragraph than the one that names it", async () => {
    const ask = await asking(
      bridge,
      makeArticle(
        "rules",
        "水厂发布五条禁令",
        "水厂日前发布“五条禁令”，要求全体员工遵守。",
        "厂长说，禁令人人都要会背。",
        "一、严禁酒后上岗；二、严禁脱岗睡岗；三、严禁无证操作；四、严禁违章指挥；五、严禁瞒报事故。",
      ),
    );
    expect(await ask("水厂的五条禁令是哪五条？")).toMatchObject({
      list: {
        found: 5,
        complete: true,
        items: ["严禁酒后上岗", "严禁脱岗睡岗", "严禁无证操作", "严禁违章指挥", "严禁瞒报事故"],
      },
    });
  });

  test.each(["太阳系八大行星是哪八个？", "What are the eight planets?", "六大洲是哪六个？"])(
    "is not another list of the same number: %s",
    async (question) => {
      const ask = await asking(
        bridge,
        makeArticle(
          "rules",
          "水厂发布八条禁令",
          "水厂日前发布“八条禁令”：一是严禁酒后上岗；二是严禁脱岗睡岗……",
          "该厂从六个方面抓落实：一是学习；二是检查；三是培训；四是考核；五是奖励；六是问责。",
        ),
      );
      expect(await ask(question)).toMatchObject({ kind: "not-found" });
    },
  );

  test("is not any list of two where two of something else are meant", async () => {
    const ask = await asking(
      bridge,
      makeArticle(
        "visit",
        "Two mayors meet",
        "The two mayors signed a treaty on clean water in the town hall.",
        "Visitors must obey rules: (1) keep off the grass; (2) leash dogs.",
      ),
    );
    const answer = await ask("What did the two mayors sign?");
    expect(answer).toMatchObject({ kind: "answered" });
    expect(answer).not.toHaveProperty("list");
  });

  test("is the one of two equally long lists whose introduction the question means", async () => {
    const ask = await asking(
      makeArticle(
        "both",
        "矿区工作",
        "在安全培训方面，该矿采取三项措施：一是集中授课；二是现场演练；三是闭卷考试。",
        "在食堂管理方面，该矿采取三项措施：一是公开菜价；二是增加菜品；三是延长供餐。",
      ),
    );
    expect(await ask("该矿在食堂管理方面采取了哪三项措施？")).toMatchObject({
      list: { declared: 3, complete: true, items: ["公开菜价", "增加菜品", "延长供餐"] },
    });
    expect(await ask("该矿在安全培训方面采取了哪三项措施？")).toMatchObject({
      list: { declared: 3, complete: true, items: ["集中授课", "现场演练", "闭卷考试"] },
    });
  });
});

describe("quotes stay within three and three hundred characters", () => {
  test("where the evidence is one endless clause, which is shortened but not within a character", async () => {
    const clause = `大桥全长两千一百米${"😀".repeat(400)}`;
    const ask = await asking(makeArticle("long", "大桥", clause));
    const answer = await ask("大桥全长多少米？");
    if (answer.kind !== "answered") throw new Error("the clause holds the answer");
    expect(answer.quotes[0]!.text.length).toBeLessThanOrEqual(300);
    expect(answer.quotes[0]!.text).not.toMatch(/\p{Surrogate}/u);
    expect(answer.quotes[0]!.text).toMatch(/^大桥全长两千一百米/u);
  });

  test("where somebody wrote four articles with long titles", async () => {
    const written = [1, 2, 3, 4].map((n) => ({
      ...makeArticle(`a${n}`, `第${n}次报道${"很长".repeat(60)}`, "正文很短。"),
      authors: ["李小明"],
    }));
    const answer = await (await asking(...written))("李小明写了哪些文章？");
    if (answer.kind !== "answered") throw new Error("the articles are there");
    expect(answer.quotes).toHaveLength(2);
  });
});

test("what is asked of an article without a byline is not answered with an empty one", async () => {
  const answer = await (await asking(bridge))("关于跨江大桥的文章是谁写的？");
  if (answer.kind === "answered") expect(answer.quotes.every(({ text }) => text !== "")).toBe(true);
});

test("a sentence that an article repeats is quoted once", async () => {
  const ask = await asking(
    makeArticle(
      "slogan",
      "水厂的口号",
      "水厂的口号是安全第一。",
      "水厂的口号是安全第一。",
      "水厂的口号是安全第一。",
    ),
  );
  expect(await ask("水厂的口号是什么？")).toMatchObject({ quotes: [{ text: "水厂的口号是安全第一。" }] });
});

async function firstQuote(ask: Assistant["ask"], question: string): Promise<string | undefined> {
  const answer = await ask(question);
  return answer.kind === "answered" ? answer.quotes[0]!.text : undefined;
}

test("a heading is not quoted where a sentence answers", async () => {
  const ask = await asking(bridge, makeArticle("notice", "供水通知", "停水时间安排", "明天上午停水三小时。"));
  expect(await firstQuote(ask, "停水时间怎么安排？")).toBe("明天上午停水三小时。");
});

test.each(["2021", "2023"])("of two years, %s is quoted where it was asked for", async (year) => {
  const ask = await asking(
    bridge,
    makeArticle("a", "农场产量", "东湖农场2021年小麦总产量为520吨。"),
    makeArticle("b", "农场产量", "东湖农场2023年小麦总产量为610吨。"),
  );
  expect(await firstQuote(ask, `${year}年东湖农场的小麦总产量是多少？`)).toContain(year);
});

test("the list that the question calls by its name in quotation marks is the one", async () => {
  const ask = await asking(
    bridge,
    makeArticle(
      "mill",
      "纸厂的攻关",
      "厂里收到三条建议：一是换轴承；二是加变频；三是改喷淋。",
      "攻关组定下“四定”：定人、定钱、定时间、定奖惩。",
    ),
  );
  expect(await ask("攻关组的“四定”是什么？")).toMatchObject({
    list: { declared: 4, found: 4, items: ["定人", "定钱", "定时间", "定奖惩"] },
  });
});

test("a list that falls short says whether the source breaks off there", async () => {
  const told = "社区今年办了三件实事：一是修好了东门；二是装上了电梯";
  const stops = await asking(bridge, makeArticle("deeds", "社区办实事", `${told}；……`));
  expect((await stops("社区今年办了哪三件实事？")) as unknown).toMatchObject({
    list: { declared: 3, found: 2, complete: false, elided: true },
  });
  const goesOn = await asking(bridge, makeArticle("deeds", "社区办实事", `${told}。居民很满意。`));
  const answer = await goesOn("社区今年办了哪三件实事？");
  if (answer.kind !== "answered") throw new Error(answer.kind);
  expect(answer.list).toMatchObject({ declared: 3, found: 2, complete: false });
  expect(answer.list).not.toHaveProperty("elided");
});

test("a number alone asks for the list of that number", async () => {
  const ask = await asking(
    bridge,
    makeArticle(
      "rules",
      "水厂发布三条禁令",
      "水厂发布“三条禁令”：一是严禁酒后上岗；二是严禁脱岗；三是严禁瞒报。",
    ),
  );
  expect(await ask("哪三条？")).toMatchObject({ list: { declared: 3, found: 3 } });
});

describe("nothing is found", () => {
  test.each(["1+1=?", "？？？", "2024"])("where nothing is asked: %s", async (question) => {
    const ask = await asking(bridge, makeArticle("sums", "算式", "一加一等于二，2024年。"));
    expect(await ask(question)).toMatchObject({ kind: "not-found" });
  });

  test("where an article tells of the subject, but not how many, how much or how far", async () => {
    const ask = await asking(
      bridge,
      makeArticle("gala", "迎春文艺汇演即将举行", "迎春文艺汇演将于12月15日下午1点在皮革城举行。"),
    );
    expect(await ask("迎春文艺汇演的门票多少钱？")).toMatchObject({
      kind: "not-found",
      confidence: 0,
      nearest: [{ title: "迎春文艺汇演即将举行" }, {}],
    });
    expect(await ask("迎春文艺汇演几点开始？")).toMatchObject({ kind: "answered" });
  });

  test.each([
    ["another month", "东风公司9月份卖了多少辆客车？", "东风公司10月份卖了多少辆客车？"],
    ["another month in Chinese digits", "东风公司九月卖了多少辆客车？", "东风公司十月卖了多少辆客车？"],
    [
      "another month in English",
      "How many buses did Dongfeng sell in September?",
      "How many buses did Dongfeng sell in October?",
    ],
    ["another edition", "第一届风筝节是哪年办的？", "第二十五届风筝节是哪年办的？"],
    ["another edition in digits", "第24届风筝节是哪年办的？", "第25届风筝节是哪年办的？"],
  ])("where the article tells of %s only", async (_, question, other) => {
    const ask = await asking(
      bridge,
      makeArticle("sales", "东风公司销量回升", "东风公司10月份卖了320辆客车，销量回升。"),
      makeArticle("kites", "第二十五届风筝节开幕", "第二十五届风筝节是2024年在白河滩办的。"),
    );
    expect(await ask(question)).toMatchObject({ kind: "not-found" });
    expect(await ask(other)).toMatchObject({ kind: "answered" });
  });

  test("where a question for the author does not say of which article, and there are several", async () => {
    const ask = await asking(
      { ...bridge, authors: ["作者甲"] },
      makeArticle("gala", "迎春汇演", "汇演举行。"),
    );
    expect(await ask("谁写了这篇文章？")).toMatchObject({ kind: "not-found" });
    expect(await ask("跨江大桥那篇文章是谁写的？")).toMatchObject({ quotes: [{ text: "作者甲" }] });
  });
});

describe("several places", () => {
  const farm = makeArticle("farm", "东湖农场粮食产量", "东湖农场今年小麦总产量为520吨。");
  const hill = makeArticle("hill", "南山农场粮食产量", "南山农场今年小麦总产量为310吨。");

  test("are quoted each where two things are asked for at once, and numbered", async () => {
    const ask = await asking(farm, hill, bridge);
    const answer = await ask("东湖农场和南山农场今年小麦总产量分别是多少？");
    const quotes = answer.kind === "answered" ? answer.quotes : [];
    expect(quotes.map(({ text }) => text).sort()).toEqual([hill.text, farm.text].sort());
    expect(quotes.map(({ citation }) => citation)).toEqual([1, 2]);
  });

  test("are told of what the articles say, where they say nothing of the other", async () => {
    const ask = await asking(farm, bridge);
    expect(await ask("东湖农场今年的小麦总产量是多少，火星上的氧气有多少？")).toMatchObject({
      quotes: [{ text: farm.text }],
    });
  });

  test("are one where the best evidence speaks of both", async () => {
    const both = makeArticle("both", "两场粮食产量", "东湖农场、南山农场今年小麦总产量分别为520吨、310吨。");
    const ask = await asking(both, bridge);
    expect(await ask("东湖农场和南山农场今年小麦总产量分别是多少？")).toMatchObject({
      quotes: [{ text: both.text }],
    });
  });
});

test("an English question finds a Chinese article among English ones", async () => {
  const ask = await asking(
    makeArticle("drill", "消防演练", "学校昨天举行消防演练，六百名学生在三分钟内撤离教学楼。"),
    makeArticle(
      "market",
      "Market opens",
      "The new vegetable market opened in the harbour on Monday with forty stalls.",
    ),
    makeArticle(
      "library",
      "Library hours",
      "The town library will close at six in the evening during the summer.",
    ),
    makeArticle("tram", "Tram line", "The tram line to the stadium was extended by two stations last year."),
  );
  expect(await ask("How many students left the school building in the fire drill?")).toMatchObject({
    kind: "answered",
    quotes: [{ articleId: "drill" }],
  });
});
