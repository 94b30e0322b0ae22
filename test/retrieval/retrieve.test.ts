import { beforeAll, describe, expect, test } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { buildIndex } from "../../src/index/build.ts";
import { openIndex } from "../../src/index/open.ts";
import { type Retrieval, retrieve } from "../../src/retrieval/retrieve.ts";
import { createTokenTable } from "../../src/retrieval/token-table.ts";
import type { Article } from "../../src/types.ts";
import { makeArticle, makeFolder, projectPath } from "../index/sample.ts";

/** A small newspaper: one passage an article, so that an article's id names the passage. */
const articles = [
  makeArticle(
    "reservoir",
    "山谷水库开始蓄水",
    "水库总库容三亿立方米，建成后可供下游四十万人饮水，并灌溉农田二十万亩。",
  ),
  makeArticle(
    "bridge",
    "跨江大桥合龙",
    "大桥全长两千一百米，主跨采用钢箱梁，预计明年六月通车，届时过江只需五分钟。",
  ),
  makeArticle(
    "school",
    "乡村小学添新图书室",
    "图书室藏书八千册，由退休教师每天开放，孩子们放学后可以在这里读书写作业。",
  ),
  makeArticle(
    "mine",
    "煤矿装上智能通风系统",
    "矿井通风系统可以自动调节风量，瓦斯浓度超过限值时立即断电并通知工人撤离。",
  ),
  makeArticle(
    "hospital",
    "县医院引进核磁共振仪",
    "患者不必再去省城做检查，医生说设备每天可检查三十人，费用由医保报销一半。",
  ),
  makeArticle(
    "festival",
    "古镇举行灯会",
    "灯会展出手工花灯三百盏，游客可以猜灯谜、看舞龙，活动持续到正月十六。",
  ),
  makeArticle(
    "robot",
    "工厂启用 ROBOTX 机械臂",
    "ROBOTX 机械臂每小时可焊接一百二十个零件，工人改做编程和检修。",
  ),
];

const fish = makeArticle("fish", "海洋馆来了新客", "䲟的头顶有一个吸盘，可以附着在别的鱼身上，身体约一米。");

async function setUp(corpus: readonly Article[], embedder: Embedder) {
  const indexDir = await makeFolder();
  await buildIndex({ articles: corpus, indexDir, embedder });
  const index = await openIndex({ articles: corpus, indexDir, embedder });
  const table = createTokenTable(embedder);
  return (question: string): Promise<Retrieval> => retrieve(question, { index, embedder, table });
}

const ids = ({ hits }: Retrieval) => hits.map(({ passage }) => passage.articleId as string);

describe("retrieve", () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await loadEmbedder(projectPath("models", "wenbao-multilingual-256"));
  });

  test.each([
    ["水库能供多少人饮水？", "reservoir", "the question's own words stand in it"],
    ["大桥什么时候通车？", "bridge", "the question's own words stand in it"],
    ["灯会到哪一天结束？", "festival", "灯会 names it, though 结束 is 持续到 there"],
    ["瓦斯太浓了会发生什么？", "mine", "瓦斯 is rare; 浓 and 浓度 share a character"],
    ["學生放學後去哪裡讀書？", "school", "Traditional is read as Simplified: 放学后, 读书"],
    ["縣醫院的新設備一天檢查多少人？", "hospital", "Traditional, nearly every word differs before folding"],
    ["How many people can drink water from the reservoir?", "reservoir", "no common letter: meaning alone"],
    ["When will the bridge open to traffic?", "bridge", "no common letter: meaning alone"],
    ["What happens in the coal mine when there is too much gas?", "mine", "coal, mine and gas by meaning"],
    ["Wie viele Bücher hat die Bibliothek der Schule?", "school", "German: Schule and Bücher by meaning"],
    ["Ｒｏｂｏｔｘ能焊接多少零件？", "robot", "full width and other case are folded to ROBOTX"],
    ["机械臂", "robot", "one word is a question, too"],
    ["䲟有多长？", "fish", "a rare character counts, though 长 and 米 stand in that of the bridge"],
  ])("%s finds first the article %s: %s", async (question, expected) => {
    const find = await setUp([...articles, fish], embedder);
    expect(ids(await find(question))[0]).toBe(expected);
  });

  test("a name in Latin letters counts as a word in a Chinese question, and not at all in an English one", async () => {
    const find = await setUp(articles, embedder);
    const chinese = await find("ROBOTX 是什么？");
    expect(chinese.query.sharesScript).toBe(true);
    expect(chinese.query.rankingWeights).not.toEqual(chinese.query.weights); // without the pieces' information
    expect(ids(chinese)[0]).toBe("robot"); // ROBOTX stands in its title and text alone
    expect(chinese.hits[0]!.scores.lexical).toBeGreaterThan(0);

    const english = await find("Is ROBOTX used to check patients in the hospital?");
    expect(english.query.sharesScript).toBe(false);
    expect(english.query.rankingWeights).toEqual(english.query.weights);
    expect(english.hits.map(({ scores }) => scores.lexical)).toEqual(articles.map(() => 0)); // strays, see CROSS_SCRIPT
  });

  test("words of the question's own script count where a good part of the corpus is written in it", async () => {
    const english = makeArticle(
      "english",
      "A new bus line",
      "The bus runs every ten minutes from the station to the harbour.",
    );
    const find = await setUp([...articles.slice(0, 2), english], embedder);
    const { query, hits } = await find("How often does the bus run?");
    expect(query.sharesScript).toBe(true);
    expect(hits[0]!.passage.articleId).toBe("english"); // "bus" and "the" stand in it alone
    expect(hits[0]!.scores.lexical).toBeGreaterThan(0);
  });

  test("gives each passage once, best first, with the scores that it was fused from", async () => {
    const find = await setUp(articles, embedder);
    const { hits } = await find("大桥通车后过江要几分钟？");
    expect(new Set(ids({ hits } as Retrieval)).size).toBe(hits.length);
    hits.forEach((hit, i) => {
      if (i > 0) expect(hit.score).toBeLessThanOrEqual(hits[i - 1]!.score);
      expect(hit.scores.cosine).toBeLessThanOrEqual(1.0001);
      expect(hit.scores.rerank).toBeGreaterThanOrEqual(0);
      expect(hit.scores.rerank).toBeLessThanOrEqual(1.0001);
    });
    expect(hits[0]!.scores).toEqual({
      lexical: Math.max(...hits.map(({ scores }) => scores.lexical)),
      cosine: Math.max(...hits.map(({ scores }) => scores.cosine)),
      rerank: Math.max(...hits.map(({ scores }) => scores.rerank)),
    });
  });

  test("of two equal passages comes first the one whose neighbour names what is asked about", async () => {
    const rest = "车站设六个出入口，站厅在地下一层，站台在地下二层，乘客可以在两层之间换乘。".repeat(10);
    const station = (id: string, name: string) =>
      makeArticle(id, "地铁", `${name}位于城北，因附近的旧址而得名，去年随新线开通。`.repeat(10), rest);
    const find = await setUp([station("a", "安贞门站"), station("b", "北土城站")], embedder);
    const { hits } = await find("北土城站有几个出入口？");
    const nameless = hits
      .filter(({ passage }) => !passage.text.includes("旧址"))
      .map(({ passage }) => passage);
    expect(nameless[0]!.articleId).toBe("b");
    expect(nameless.find(({ articleId }) => articleId === "a")!.text).toBe(nameless[0]!.text);
  });

  test("equal passages keep the order of their ids, whatever the order of the articles", async () => {
    const copies = ["c", "a", "b"].map((id) => ({ ...articles[0]!, id: id as never }));
    for (const corpus of [copies, copies.toReversed()]) {
      const find = await setUp([articles[1]!, ...corpus], embedder);
      expect(ids(await find("水库能供多少人饮水？"))).toEqual(["a", "b", "c", "bridge"]);
    }
  });

  test("takes no more than the candidates of both indexes, and the best of a hundred passages is among them", async () => {
    const many = Array.from({ length: 100 }, (_, i) =>
      makeArticle(`n${i}`, "简讯", `第${i}号仓库今日存粮${i * 37}吨。`),
    );
    const find = await setUp([...many, ...articles], embedder);
    const retrieval = await find("水库能供多少人饮水？");
    expect(retrieval.hits.length).toBeLessThanOrEqual(80);
    expect(ids(retrieval)[0]).toBe("reservoir"); // 水库, 饮水 and 人 stand in it alone
  });

  test.each(["", " \n\u3000", "？！", "\ud83d", "👷🏽"])(
    "the question %j, without words, gives no word a weight and breaks nothing",
    async (question) => {
      const find = await setUp(articles, embedder);
      const { query, hits } = await find(question);
      expect(query.terms).toEqual([]);
      for (const hit of hits) {
        expect(hit.scores.lexical).toBe(0);
        expect(Number.isFinite(hit.score)).toBe(true);
      }
      if (question.trim() === "") expect(hits.map(({ score }) => score)).toEqual(articles.map(() => 0));
    },
  );

  test("a question longer than the model reads is answered by what it begins with", async () => {
    const find = await setUp(articles, embedder);
    const retrieval = await find("水库能供多少人饮水？".repeat(2000));
    expect(ids(retrieval)[0]).toBe("reservoir"); // the same question as above, over and over
  });

  test("finds nothing in an index of no articles", async () => {
    const find = await setUp([], embedder);
    expect((await find("水库能供多少人饮水？")).hits).toEqual([]);
  });
});
