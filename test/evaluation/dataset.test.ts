import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { readDataset, readDistractors } from "../../src/evaluation/dataset.ts";
import { makeFolder } from "../index/sample.ts";

const corpus = [{ _id: "p0", title: "", text: "甲。" }];
const queries = [{ _id: "q0", text: "甲？", lang: "zh", answers: ["甲"] }];
const header = "query-id\tcorpus-id\tscore\n";

describe("a folder in BEIR layout", () => {
  test("documents become articles whose lines are paragraphs", async () => {
    const text = " 第一段。\r\n\n第二段 还是。 \n";
    const folder = await makeFolder({
      "corpus.jsonl": [{ _id: "p0", title: "题", text }],
      "queries.jsonl": queries,
    });
    const { name, articles } = await readDataset(`${folder}/`);
    expect(name).toBe(basename(folder));
    expect(articles).toHaveLength(1);
    const article = articles![0]!;
    expect(article).toMatchObject({ id: "p0", collection: "", title: "题", authors: [] });
    expect(article.paragraphs.map(({ start, end }) => article.text.slice(start, end))).toEqual([
      "第一段。",
      "第二段 还是。",
    ]);
  });

  test("paragraphs of any text are its lines that are not blank, trimmed", async () => {
    const texts = fc.array(fc.stringMatching(/^[甲a \t\n\r\u3000]{0,30}$/), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        const rows = all.map((text, i) => ({ _id: `p${i}`, text }));
        const folder = await makeFolder({ "corpus.jsonl": rows, "queries.jsonl": queries });
        const { articles } = await readDataset(folder);
        const found = articles!.map((article) =>
          article.paragraphs.map(({ start, end }) => article.text.slice(start, end)),
        );
        const lines = (text: string) => text.split(/[\r\n]/).map((line) => line.trim());
        expect(found).toEqual(all.map((text) => lines(text).filter((line) => line !== "")));
      }),
      { numRuns: 20 },
    );
  });

  test("queries carry what a right answer is: spellings, parts, or that there is none", async () => {
    const folder = await makeFolder({
      "corpus.jsonl": corpus,
      "queries.jsonl": [
        ...queries,
        { _id: "q1", text: "what?", lang: "en", answers: ["x", "y"], parts: [["x"], ["y", "Y"]] },
        { _id: "q2", text: "没有？", answerable: false },
        { _id: "q3", text: "不知道？" },
      ],
      "qrels/test.tsv": `${header}q0\tp0\t1\r\nq0\tp7\t2\nq1\tp0\t0\n\n`,
    });
    const read = await readDataset(folder);
    expect(read.queries).toEqual([
      {
        text: "甲？",
        language: "zh",
        answerable: true,
        gold: { kind: "any", ways: [["甲"]] },
        relevant: new Set(["p0", "p7"]), // p7 is not in the corpus, so it will count as not found
      },
      {
        text: "what?",
        language: "en",
        answerable: true,
        gold: { kind: "parts", parts: [["x"], ["y", "Y"]] },
        relevant: null, // judged, but 0 is not relevant
      },
      { text: "没有？", language: "und", answerable: false, gold: null, relevant: null },
      { text: "不知道？", language: "und", answerable: true, gold: null, relevant: null },
    ]);
  });

  test("queries carry the list that is asked for, and the half they belong to", async () => {
    const list = { items: ["甲", "乙"], declared: null, complete: false };
    const folder = await makeFolder({
      "corpus.jsonl": corpus,
      "queries.jsonl": [{ _id: "q0", text: "哪些？", list, split: "tune" }],
    });
    expect((await readDataset(folder)).queries[0]).toMatchObject({ list, split: "tune", gold: null });
  });

  test("judgements may be missing, and a byte order mark and blank lines do not matter", async () => {
    const line = JSON.stringify(corpus[0]);
    const folder = await makeFolder({ "corpus.jsonl": `\ufeff\n${line}\n\n`, "queries.jsonl": queries });
    const { articles, queries: read } = await readDataset(folder);
    expect(articles).toHaveLength(1);
    expect(read[0]!.relevant).toBeNull();
  });

  test("distractors keep clear of the ids of the dataset they are added to", async () => {
    const folder = await makeFolder({ "corpus.jsonl": corpus });
    const own = await readDataset(await makeFolder({ "corpus.jsonl": corpus, "queries.jsonl": queries }));
    const { name, articles } = await readDistractors(folder);
    expect(name).toBe(basename(folder));
    expect(articles[0]!.text).toBe("甲。");
    expect(articles[0]!.id).not.toBe(own.articles![0]!.id);
  });
});

describe("a folder that holds only questions.jsonl", () => {
  test("evidence or all keys answer; without an article nothing does", async () => {
    const folder = await makeFolder({
      "questions.jsonl": [
        {
          lang: "zh",
          question: "谁？",
          article: 3,
          evidence: "甲和乙",
          keys: ["甲", "乙"],
          kind: "fact",
          split: "tune",
        },
        { lang: "en", question: "Moon?", article: null, evidence: null, keys: [], kind: "unanswerable" },
      ],
    });
    expect((await readDataset(folder)).articles).toBeUndefined();
    expect((await readDataset(folder)).queries).toEqual([
      {
        text: "谁？",
        language: "zh",
        answerable: true,
        gold: { kind: "any", ways: [["甲和乙"], ["甲", "乙"]] },
        relevant: null,
        evidence: "甲和乙",
        kind: "fact",
        split: "tune",
      },
      { text: "Moon?", language: "en", answerable: false, gold: null, relevant: null, kind: "unanswerable" },
    ]);
  });
});

describe("what is wrong with a dataset is said with file and line", () => {
  const good = { "corpus.jsonl": corpus, "queries.jsonl": queries };
  const line = (rows: readonly object[]) => `${JSON.stringify(rows[0])}\n`;
  const question = { lang: "zh", question: "谁？", article: 3, evidence: "甲", keys: ["甲"] };
  test.each<[string, Record<string, string | readonly object[]>, string, number, RegExp]>([
    [
      "a line that is not JSON",
      { ...good, "corpus.jsonl": `${line(corpus)}\n{"_id":` },
      "corpus.jsonl",
      3,
      /not JSON/,
    ],
    [
      "a text that is a number",
      { ...good, "corpus.jsonl": [{ _id: "p0", text: 5 }] },
      "corpus.jsonl",
      1,
      /"text"/,
    ],
    [
      "a document's id twice",
      { ...good, "corpus.jsonl": [...corpus, ...corpus] },
      "corpus.jsonl",
      2,
      /"p0".*twice/,
    ],
    [
      "a query's id twice",
      { ...good, "queries.jsonl": [...queries, ...queries] },
      "queries.jsonl",
      2,
      /"q0".*twice/,
    ],
    [
      "a blank answer, which any quote would hold",
      { ...good, "queries.jsonl": [{ ...queries[0], answers: [" "] }] },
      "queries.jsonl",
      1,
      /"answers\.0"/,
    ],
    [
      "an empty part",
      { ...good, "queries.jsonl": [{ ...queries[0], parts: [["x"], []] }] },
      "queries.jsonl",
      1,
      /"parts\.1"/,
    ],
    ["a line that is no object", { ...good, "queries.jsonl": "[]\n" }, "queries.jsonl", 1, /expected object/],
    [
      "spaces for tabs",
      { ...good, "qrels/test.tsv": `${header}q0 p0 1\n` },
      join("qrels", "test.tsv"),
      2,
      /tabs/,
    ],
    [
      "a score in words",
      { ...good, "qrels/test.tsv": `${header}q0\tp0\tyes\n` },
      join("qrels", "test.tsv"),
      2,
      /number/,
    ],
    [
      "an article without evidence",
      { "questions.jsonl": [{ ...question, evidence: null }] },
      "questions.jsonl",
      1,
      /"evidence"/,
    ],
    [
      "a split nobody knows",
      { "questions.jsonl": [question, { ...question, split: "dev" }] },
      "questions.jsonl",
      2,
      /"split"/,
    ],
  ])("%s", async (_, files, file, number, reason) => {
    const folder = await makeFolder(files);
    const error = await readDataset(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).message).toMatch(reason);
    expect((error as AppError).message.startsWith(`${join(folder, file)}, line ${number}: `)).toBe(true);
    expect((error as AppError).message).not.toContain("\n");
  });

  test("a folder that is no dataset, or holds half of one", async () => {
    const empty = await makeFolder({});
    const unasked = await makeFolder({ "corpus.jsonl": corpus });
    await expect(readDataset(empty)).rejects.toThrow(/neither corpus\.jsonl nor questions\.jsonl/);
    await expect(readDataset(join(empty, "absent"))).rejects.toThrow(AppError);
    await expect(readDataset(unasked)).rejects.toThrow(/no queries\.jsonl/);
    await expect(readDistractors(empty)).rejects.toThrow(/no corpus\.jsonl/);
  });

  test("a file that is not UTF-8 is named", async () => {
    const folder = await makeFolder({
      "queries.jsonl": queries,
      "corpus.jsonl": Buffer.from([0x7b, 0xd2, 0x7d]),
    });
    await expect(readDataset(folder)).rejects.toThrow(/corpus\.jsonl cannot be read/);
  });
});
