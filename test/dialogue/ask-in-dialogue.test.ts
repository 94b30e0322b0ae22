import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Assistant } from "../../src/assistant.ts";
import { askInDialogue, type Turn } from "../../src/dialogue/ask-in-dialogue.ts";
import { AppError } from "../../src/errors.ts";
import type { Answer, Article, ListReport } from "../../src/types.ts";
import { makeArticle } from "../index/sample.ts";
import { assistantOver, dialogueArticles } from "./assistant.ts";
import { DIALOGUES } from "./dialogue.ts";

let assistant: Assistant;
beforeAll(async () => {
  assistant = await assistantOver(await dialogueArticles());
});

const QUESTIONS = [...new Set(DIALOGUES.flatMap(({ turns }) => turns.map(({ question }) => question)))];

describe("askInDialogue", () => {
  test("without a last turn the answer is exactly the assistant's", async () => {
    const question = fc.oneof(fc.constantFrom(...QUESTIONS), fc.string({ minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(
        question.filter((text) => text.trim() !== ""),
        async (text) => {
          const answer = await assistant.ask(text);
          const expected = { answer, question: text.trim(), carriedOver: false };
          expect(await askInDialogue(text, undefined, assistant)).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("whatever follows whatever, what is not carried over is answered as if it were the first question", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...QUESTIONS),
        fc.constantFrom(...QUESTIONS),
        async (first, second) => {
          const last = await askInDialogue(first, undefined, assistant);
          const understood = await askInDialogue(second, last, assistant);
          expect(understood.answer.question).toBe(second);
          if (!understood.carriedOver) expect(understood.answer).toEqual(await assistant.ask(second));
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each(["", "  ", "问".repeat(3000)])(
    "throws for what is no question, as the assistant does (%#)",
    async (text) => {
      const last = await askInDialogue("那曲在哪里？", undefined, assistant);
      await expect(askInDialogue(text, last, assistant)).rejects.toThrow(AppError);
    },
  );

  test("an answer is in the language of the question as it was put", async () => {
    const last = await askInDialogue("云岭茶厂2022年产茶多少吨？", undefined, assistant);
    expect((await askInDialogue("那廠長呢？", last, assistant)).answer.language).toBe("zh-Hant");
    expect((await askInDialogue("Who wrote it?", last, assistant)).answer.language).toBe("en");
  });
});

const stand = makeArticle(
  "stand",
  "书摊守则",
  "书摊有三条守则：一是轻拿轻放；二是看完放回；三是不在书上写字。",
);
const answerOf = (article: Article, items: readonly string[], list: Partial<ListReport> = {}): Answer => {
  const start = article.text.indexOf("一是");
  const { id: articleId, title, authors, text } = article;
  const quote = { field: "text" as const, articleId, title, authors, paragraph: 1, citation: 1 };
  return {
    kind: "answered",
    question: "书摊有哪三条守则？",
    language: "zh",
    confidence: 0.9,
    quotes: [{ ...quote, text: text.slice(start), start, end: text.length }],
    list: { declared: 3, found: items.length, complete: items.length === 3, items, ...list },
  };
};
const ITEMS = ["轻拿轻放", "看完放回", "不在书上写字"];

describe("an item of the last list", () => {
  const turn = (answer: Answer): Turn => ({ question: "书摊有哪三条守则？", answer });
  /** Finds nothing, so that the list can only come from the last answer. */
  const silent = (...articles: readonly Article[]): Pick<Assistant, "ask" | "articles"> => ({
    articles,
    ask: async (question) => ({ kind: "not-found", question, language: "zh", confidence: 0, nearest: [] }),
  });

  test("is quoted from its article with its place", async () => {
    const understood = await askInDialogue("第三条呢？", turn(answerOf(stand, ITEMS)), silent(stand));
    const start = stand.text.indexOf("不在书上写字");
    expect(understood).toMatchObject({ carriedOver: true, question: "书摊有哪三条守则？" });
    expect(understood.answer).toEqual({
      kind: "answered",
      question: "第三条呢？",
      language: "zh",
      confidence: 0.9,
      quotes: [
        {
          ...{ text: "不在书上写字", field: "text", articleId: "stand", title: "书摊守则", authors: [] },
          ...{ paragraph: 1, start, end: start + 6, citation: 1 },
        },
      ],
    });
  });

  test("that the source does not hold is not found, and said which", async () => {
    const two = answerOf(stand, ITEMS.slice(0, 2), { declared: 8 });
    const understood = await askInDialogue("第三条呢？", turn(two), silent(stand));
    expect(understood.missingItem).toEqual({ wanted: 3, found: 2, declared: 8 });
    expect(understood.answer).toMatchObject({ kind: "not-found", nearest: [{ articleId: "stand" }] });
    const last = await askInDialogue("最后一条呢？", turn(two), silent(stand));
    expect(last.missingItem).toEqual({ wanted: 8, found: 2, declared: 8 });
  });

  test("is counted by its own marker where the source leaves items out", async () => {
    const gap = makeArticle("gap", "守则", "有五条守则：一是早起；四是读书……");
    const report = { declared: 5, complete: false };
    const asked = (question: string) =>
      askInDialogue(question, turn(answerOf(gap, ["早起", "读书"], report)), silent(gap));
    expect((await asked("第四条呢")).answer).toMatchObject({ quotes: [{ text: "读书" }] });
    expect((await asked("第二条呢")).missingItem).toEqual({ wanted: 2, found: 2, declared: 5 });
  });

  test("is not counted by the number of items that introduces the list", async () => {
    const bare = makeArticle("bare", "食堂", "一是食堂有三种主食：米饭、面条、馒头。");
    const items = ["米饭", "面条", "馒头"];
    const asked = (question: string) => askInDialogue(question, turn(answerOf(bare, items)), silent(bare));
    expect((await asked("第一种呢")).answer).toMatchObject({ quotes: [{ text: "米饭" }] });
    expect((await asked("第三种呢")).answer).toMatchObject({ quotes: [{ text: "馒头" }] });
  });

  test("is not quoted where its article no longer says it, or is gone", async () => {
    const changed = makeArticle("stand", "书摊守则", stand.text.replace("书摊有", "本书摊只有"));
    for (const articles of [[changed], []]) {
      const { answer } = await askInDialogue("第三条呢？", turn(answerOf(stand, ITEMS)), silent(...articles));
      expect(answer.kind).toBe("not-found");
    }
    const afresh = await assistantOver([changed]);
    const { answer } = await askInDialogue("第三条呢？", turn(answerOf(stand, ITEMS)), afresh);
    const start = changed.text.indexOf("不在书上写字");
    expect(answer).toMatchObject({ quotes: [{ text: "不在书上写字", start }] });
  });
});

test.each([
  [
    "云岭茶厂2022年产茶多少吨？",
    "What does that night reading room in Penmouth's Harbour Library look like?",
  ],
  ["How many kilometres long is the tram line?", "铜锣峡储气库他们用的那个甲烷检测仪是什么"],
  ["徐州汉源大道那次演练现场乱不乱？", "绿色工厂那篇文章的作者呢"],
])(
  "behind %s, %s stands alone although it points: it names what another article tells",
  async (first, second) => {
    const last = await askInDialogue(first, undefined, assistant);
    const understood = await askInDialogue(second, last, assistant);
    expect(understood).toMatchObject({ carriedOver: false, answer: await assistant.ask(second) });
  },
);

test("an item of what was no list is not searched elsewhere", async () => {
  const last = await askInDialogue("云岭茶厂2022年产茶多少吨？", undefined, assistant);
  const { answer, carriedOver } = await askInDialogue("第三个", last, assistant);
  expect(carriedOver).toBe(true);
  expect(answer).toMatchObject({ kind: "not-found", nearest: [{ articleId: "tea" }] });
});

test("a date or source that the article does not have is not made up", async () => {
  const last = await askInDialogue("沈阳一东四环公司获得了多少奖励？", undefined, assistant);
  const when = await askInDialogue("什么时候发的？", last, assistant);
  expect(when).toMatchObject({ carriedOver: true, detail: "publishedAt", answer: { kind: "not-found" } });
  const where = await askInDialogue("出处呢？", last, assistant);
  expect(where).toMatchObject({
    detail: "source",
    answer: { quotes: [{ field: "title", source: "page.txt" }] },
  });
});

test("nothing of an article that was taken away is in a follow-up's answer", async () => {
  const articles = (await dialogueArticles()).filter(({ id }) => id !== "tea");
  const last = await askInDialogue("云岭茶厂2022年产茶多少吨？", undefined, assistant);
  const poorer = await assistantOver(articles);
  for (const question of ["谁写的？", "它在哪里？", "那2023年呢？", "第二条呢？"]) {
    const { answer } = await askInDialogue(question, last, poorer);
    expect(JSON.stringify({ ...answer, question: "" })).not.toContain("云岭茶厂");
  }
});
