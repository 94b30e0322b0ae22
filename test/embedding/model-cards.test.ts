import { describe, expect, test } from "vitest";
import { findModelCard } from "../../src/embedding/model-cards.ts";

const SEARCH = "Represent this sentence for searching relevant passages: ";

describe("findModelCard", () => {
  test.each([
    ["Xenova/multilingual-e5-small", "mean", "query: ", "passage: "],
    ["intfloat/e5-large-v2", "mean", "query: ", "passage: "],
    ["Xenova/bge-small-zh-v1.5", "cls", "为这个句子生成表示以用于检索相关文章：", ""],
    ["Xenova/bge-base-en-v1.5", "cls", SEARCH, ""],
    ["Xenova/bge-m3", "cls", "", ""],
    ["Snowflake/snowflake-arctic-embed-m", "cls", SEARCH, ""],
    ["Snowflake/snowflake-arctic-embed-m-v2.0", "cls", "query: ", ""],
    ["mixedbread-ai/mxbai-embed-large-v1", "cls", SEARCH, ""],
    ["onnx-community/gte-multilingual-base", "cls", "", ""],
    ["Xenova/gte-small", "mean", "", ""],
    ["Xenova/LaBSE", "cls", "", ""],
    ["nomic-ai/nomic-embed-text-v1.5", "mean", "search_query: ", "search_document: "],
    ["Xenova/paraphrase-multilingual-MiniLM-L12-v2", "mean", "", ""],
    // The owner's name says nothing about the model.
    ["e5-lovers/all-MiniLM-L6-v2", "mean", "", ""],
  ])("uses %s as its card says", (name, pooling, query, passage) => {
    expect(findModelCard(name)).toEqual({ pooling, prefix: { query, passage } });
  });

  test("gives an instructed model its task with the question only", () => {
    const { prefix } = findModelCard("intfloat/multilingual-e5-large-instruct");
    expect(prefix.query).toMatch(/^Instruct: .+\nQuery: $/);
    expect(prefix.passage).toBe("");
  });
});
