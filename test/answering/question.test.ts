import { describe, expect, test } from "vitest";
import { readAspects, subjectOf } from "../../src/answering/question.ts";

describe("a question asks for a list", () => {
  test.each([
    "八条硬措施是哪八条？",
    "八條硬措施是哪八條？",
    "What are the eight hard measures?",
    "Welche acht Maßnahmen gibt es?",
    "Quelles sont les huit mesures ?",
    "¿Cuáles son las ocho medidas?",
    "八つの厳しい措置とは何ですか？",
    "8つの措置は何ですか？",
    "여덟 가지 조치는 무엇입니까?",
    "Каковы восемь жёстких мер?",
  ])("of eight: %s", (question) => {
    expect(readAspects(question)).toMatchObject({ list: true, count: 8, field: undefined });
  });

  test.each([
    ["麻地梁矿从哪六个方面加强四季度安全管理？", 6],
    ["三大举措分别是什么？", 3],
    ["该矿采取了什么六项措施？", 6],
    ["有哪些措施？", undefined],
    ["请列举该矿的措施。", undefined],
    ["有哪幾條要求？", undefined],
    ["Name the twelve rules.", 12],
    ["List all the measures.", undefined],
    ["Which five steps did they take?", 5],
    ["What are the 8 measures?", 8],
    ["Welche Maßnahmen wurden ergriffen?", undefined],
    ["どんな対策がありますか。一覧で教えてください。", undefined],
    ["Перечислите меры.", undefined],
    ["어떤 조치들이 있습니까?", undefined],
  ])("%s", (question, count) => {
    expect(readAspects(question)).toMatchObject({ list: true, count });
  });

  test.each([
    "一共有多少条铁路线？",
    "如何落实三项措施？",
    "矿长是谁？",
    "哪一天举行文艺汇演？",
    "How many lines are there?",
    "What did the three men buy?",
    "What is the name of the mine?",
    "What happened in 2024?",
    "Who listed the company?",
    "Wann wurde die Mine eröffnet?",
    "誰が書いたの？",
  ])("but not here: %s", (question) => {
    expect(readAspects(question).list).toBe(false);
  });
});

test.each([
  "党的二十大精神有哪些内容？",
  "第三项措施是什么？",
  "上午8点的会议提出了哪些要求？",
  "三个月以来采取了哪些措施？",
  "有哪一条？",
  "What are the plans for 2024?",
])("a number is not always that of the things asked for: %s", (question) => {
  expect(readAspects(question).count).toBeUndefined();
});

test.each([
  ["What did the inquiry recommend?", true],
  ["Which stations does the line serve?", true],
  ["Did the inquiry recommend a new bridge?", false],
  ["矿上检查了吗？", false],
])("whether a list may answer: %s %s", (question, open) => {
  expect(readAspects(question).open).toBe(open);
});

test.each([
  ["三大举措分别是什么？", true],
  ["香菇和木耳分别卖多少钱？", false],
  ["停水从什么时候到什么时候？", false],
  ["局长是谁？", false],
])("分别, 到什么 and 是谁 do not always ask for a list: %s %s", (question, list) => {
  const aspects = readAspects(question);
  expect(aspects.list || aspects.open).toBe(list);
});

test.each([
  ["文周王是百济第多少代国王？", { number: true, amount: false }],
  ["雇员有哪几种？", { number: false }],
  ["教育局如何回应投诉？", { number: false }],
  ["为什么能延长最佳食用日期？", { reason: true, time: false }],
])("what only looks like a word for a number, a time or a thing: %s", (question, aspects) => {
  expect(readAspects(question)).toMatchObject(aspects);
});

describe("a question asks who wrote an article", () => {
  test.each([
    "关于麻地梁矿的文章是谁写的？",
    "關於麻地梁礦的文章是誰寫的？",
    "这篇报道的作者是谁？",
    "这篇稿件的通讯员是谁？",
    "Who wrote the article about the gas reservoir?",
    "Who is the author of the story on the fire drill?",
    "Wer hat den Artikel über die Mine geschrieben?",
    "Wer ist der Autor des Berichts über die Mine?",
    "Qui a écrit l'article sur la mine ?",
    "¿Quién escribió el artículo sobre la mina?",
    "鉱山の記事を書いたのは誰ですか？",
    "광산에 관한 기사를 누가 썼습니까?",
    "Кто написал статью о шахте?",
  ])("%s", (question) => {
    expect(readAspects(question).field).toBe("authors");
  });

  test.each([
    "《红楼梦》的作者是谁？",
    "Who wrote Hamlet?",
    "记者在井下看到了什么？",
    "谁写了这首诗？",
    "Who reported the accident to the police?",
  ])("but not here, where it is of something else: %s", (question) => {
    expect(readAspects(question).field).toBeUndefined();
  });
});

describe("a question asks what an article is called", () => {
  test.each([
    "关于消防演练的文章标题是什么？",
    "关于消防演练的报道题目是什么？",
    "關於消防演練的文章標題是什麼？",
    "What is the headline of the article about the fire drill?",
    "What is the title of the article about the mine?",
    "Wie lautet die Überschrift des Artikels über die Mine?",
    "Wie lautet der Titel des Artikels über die Mine?",
    "Quel est le titre de l'article sur la mine ?",
    "¿Cuál es el título del artículo sobre la mina?",
    "鉱山の記事のタイトルは何ですか？",
    "광산에 관한 기사의 제목은 무엇입니까?",
    "Какой заголовок у статьи о шахте?",
  ])("%s", (question) => {
    expect(readAspects(question).field).toBe("title");
  });

  test.each([
    "What title did Leicester win?",
    "他获得了什么冠军头衔？",
    "Which title does the king hold?",
    "Wie viele Titel hat Bayern gewonnen?",
    "考试的题目难吗？",
    "Who is entitled to vote?",
  ])("but not here, where it is of something else: %s", (question) => {
    expect(readAspects(question).field).toBeUndefined();
  });
});

describe("a question asks for a number, a time or a reason", () => {
  test.each([
    ["占比是多少？", "number"],
    ["有幾個人？", "number"],
    ["一共有多少条铁路线？", "number"],
    ["How many people came?", "number"],
    ["Wie viele Menschen kamen?", "number"],
    ["Combien de personnes ?", "number"],
    ["¿Cuántas personas?", "number"],
    ["いくつありますか", "number"],
    ["何人が来ましたか", "number"],
    ["몇 명입니까?", "number"],
    ["Сколько людей?", "number"],
    ["什么时候建成？", "time"],
    ["什麼時候建成？", "time"],
    ["在哪一年？", "time"],
    ["When was it built?", "time"],
    ["Wann wurde sie gebaut?", "time"],
    ["Quand ?", "time"],
    ["¿Cuándo fue?", "time"],
    ["いつですか", "time"],
    ["언제입니까?", "time"],
    ["Когда?", "time"],
    ["为什么停产？", "reason"],
    ["為什麼停產？", "reason"],
    ["Why did it stop?", "reason"],
    ["Warum?", "reason"],
    ["Pourquoi ?", "reason"],
    ["¿Por qué?", "reason"],
    ["なぜですか", "reason"],
    ["왜 멈췄습니까?", "reason"],
    ["Почему?", "reason"],
  ] as const)("%s asks for a %s", (question, aspect) => {
    const { number, time, reason } = readAspects(question);
    expect({ number, time, reason }).toEqual({ number: false, time: false, reason: false, [aspect]: true });
  });
});

test("the subject of a title or author question is what is left without the words that ask", () => {
  expect(subjectOf("关于麻地梁矿的文章是谁写的？")).toContain("麻地梁矿");
  expect(subjectOf("关于麻地梁矿的文章是谁写的？")).not.toMatch(/文章|谁写/u);
  expect(subjectOf("Who wrote the article about the fire drill?")).toMatch(/fire drill/u);
  expect(subjectOf("Who wrote the article about the fire drill?")).not.toMatch(/wrote|article/u);
  for (const question of ["Author?", "作者", "谁写了这篇文章？", "Who wrote this article?"])
    expect(subjectOf(question)).toBe("");
});
