import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { embeddedModelFolder, inCollection, openAssistant, openAssistants } from "../src/assistant.ts";
import type { Embedder } from "../src/embedding/embedder.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { AppError } from "../src/errors.ts";
import { buildIndex } from "../src/index/build.ts";
import { buildCollections, groupByCollection } from "../src/index/collections.ts";
import type { Article, ArticleId } from "../src/types.ts";
import { makeFolder, projectPath, readTree, shippedArticles } from "./index/sample.ts";

let embedder: Embedder;
let shipped: readonly Article[];
beforeAll(async () => {
  embedder = await loadEmbedder(embeddedModelFolder(projectPath()));
  shipped = await shippedArticles();
});

const move = (article: Article, collection: string): Article =>
  collection === "" ? article : { ...article, collection, id: `${collection}/${article.id}` as ArticleId };

const NAMES = ["", "甲组", "team b"];
const QUESTIONS = [
  "八条硬措施是哪八条？",
  "Who wrote the article about the fire drill?",
  "长春一东高技能人才占比2023年是多少？",
  "储气库什么时候投产？",
  "六条措施有哪些？",
  "《海宁迎春画展》的作者是谁？",
  "谁赢得了世界杯？",
];

describe("collections", () => {
  test("a collection is answered from as if there were no other: whatever lies where, whatever is asked", async () => {
    const places = fc.array(fc.constantFrom(...NAMES), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.subarray(QUESTIONS, { minLength: 2, maxLength: 4 }),
        async (where, questions) => {
          const articles = shipped.map((article, i) => move(article, where[i]!));
          const indexDir = await makeFolder();
          await buildCollections({ articles, indexDir, embedder });
          const assistants = await openAssistants({ articles, indexDir, embedder });
          for (const [collection, own] of groupByCollection(articles)) {
            const alone = await makeFolder();
            await buildIndex({ articles: own, indexDir: alone, embedder });
            const only = await openAssistant({ articles: own, indexDir: alone, embedder });
            const assistant = inCollection(assistants, collection);
            expect(assistant.articles).toEqual(own);
            for (const question of questions) {
              const answer = await assistant.ask(question);
              expect(answer).toEqual(await only.ask(question));
              expect(await assistant.explain(question)).toEqual(await only.explain(question));
              const named = answer.kind === "answered" ? answer.quotes : answer.nearest;
              const ids = named.map(({ articleId }) => articleId);
              expect(own.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
            }
          }
        },
      ),
      { numRuns: 3 },
    );
  });

  test("of a collection that is gone, or of an article that was removed, nothing is left in the index", async () => {
    const indexDir = await makeFolder();
    const articles = shipped.map((article, i) => move(article, i === 0 ? "甲组" : ""));
    await buildCollections({ articles, indexDir, embedder });
    const holds = async (text: string) =>
      [...(await readTree(indexDir)).values()].some(
        (bytes) => bytes.includes(text) || bytes.includes(Buffer.from(text, "utf16le")),
      );
    expect(await holds("甲组/page-01")).toBe(true);
    expect(await holds("page-08")).toBe(true);
    await buildCollections({ articles: articles.slice(1, 7), indexDir, embedder });
    expect(await holds("甲组/page-01")).toBe(false);
    expect(await holds("page-08")).toBe(false);
    const paths = [...(await readTree(indexDir)).keys()];
    expect(paths.filter((path) => path.includes("甲组"))).toEqual([]);
  });

  test("only a collection that has changed is opened again", async () => {
    const indexDir = await makeFolder();
    const articles = shipped.map((article, i) => move(article, i < 2 ? "甲组" : ""));
    await buildCollections({ articles, indexDir, embedder });
    const before = await openAssistants({ articles, indexDir, embedder });
    const changed = articles.slice(0, 7);
    await buildCollections({ articles: changed, indexDir, embedder });
    const after = await openAssistants({ articles: changed, indexDir, embedder }, before);
    expect(after.get("甲组")).toBe(before.get("甲组"));
    expect(after.get("")).not.toBe(before.get(""));
  });

  test("one that is not there is refused with the names of those that are", () => {
    const parts = new Map([
      ["", 1],
      ["甲组", 2],
    ]);
    expect(inCollection(parts, "甲组")).toBe(2);
    expect(() => inCollection(parts, "乙组")).toThrow(AppError);
    expect(() => inCollection(parts, "乙组")).toThrow("no collection 乙组: the corpus has 甲组");
    expect(() => inCollection(new Map([["", 1]]), "x")).toThrow("the corpus has none");
  });
});
