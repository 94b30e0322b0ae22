import { basename } from "node:path";
import { expect, test, vi } from "vitest";
import { AppError } from "../../src/errors.ts";
import { type EvaluationOptions, evaluate } from "../../src/evaluation/evaluate.ts";
import { makeArticle, makeFolder } from "../index/sample.ts";
import { answered, listing, notFound, scriptedSubject, withConfidence } from "./stand-ins.ts";

const corpus = ["p0", "p1", "p2"].map((_id) => ({ _id, text: `${_id} 的正文。` }));
const qrels = "query-id\tcorpus-id\tscore\n";

type Subject = ReturnType<typeof scriptedSubject>;

function run(dataset: string, subject: Subject, more: Partial<EvaluationOptions> = {}) {
  const { openSubject, now } = subject;
  return evaluate({
    dataset,
    commit: "abc1234",
    modified: false,
    openSubject,
    onProgress: () => {},
    now,
    ...more,
  });
}

test("a BEIR dataset gives every figure, here computed by hand", async () => {
  const folder = await makeFolder({
    "corpus.jsonl": corpus,
    "queries.jsonl": [
      { _id: "q0", text: "一", lang: "zh", answers: ["三百米"] },
      { _id: "q1", text: "二", lang: "zh", parts: [["甲"], ["乙"]] },
      { _id: "q2", text: "three", lang: "en", answers: ["x"] },
      { _id: "q3", text: "four", lang: "en", answers: ["x"] },
      { _id: "q4", text: "五", lang: "zh", answerable: false },
      { _id: "q5", text: "六", lang: "zh", answerable: false },
    ],
    "qrels/test.tsv": `${qrels}q0\tp0\t1\nq1\tp1\t1\nq1\tp2\t1\nq2\tp0\t1\nq3\tp1\t1\n`,
  });
  const subject = scriptedSubject({
    // Right at once: the first quote holds the answer, 6 of 11 characters in the first quote.
    一: {
      answer: withConfidence(answered("它高三百米。", "在城南方。"), 0.95),
      ranked: ["p0", "p1"],
      takesMs: 1,
    },
    // Only together; the relevant articles stand at 2 and 3.
    二: {
      answer: withConfidence(answered("有甲。", "有乙。"), 0.85),
      ranked: ["p0", "p1", "p2"],
      takesMs: 2,
    },
    // Wrong, and the relevant article was not found.
    three: { answer: withConfidence(answered("abcd"), 0.55), ranked: ["p1"], takesMs: 3 },
    // Refused though it is answerable.
    four: { answer: withConfidence(notFound(), 0.15), ranked: ["p1"], takesMs: 4 },
    // Refused, as it should be.
    五: { answer: withConfidence(notFound(), 0.05), takesMs: 5 },
    // Answered, which it should not be.
    六: { answer: withConfidence(answered("瞎说"), 0.65), takesMs: 60 },
  });
  const report = await run(folder, subject);

  const ndcgOfSecond = (1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3));
  expect(report).toEqual({
    dataset: basename(folder),
    queries: 6,
    corpus: basename(folder),
    corpusFingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    articles: 3,
    passages: 42,
    model: "stand-in",
    modelFingerprint: "f00d",
    commit: "abc1234",
    modified: false,
    // q0, q1, q2, q3 are judged.
    retrieval: {
      "recall@1": 2 / 4,
      "recall@5": 3 / 4,
      "recall@10": 3 / 4,
      "mrr@10": (1 + 1 / 2 + 0 + 1) / 4,
      "ndcg@10": expect.closeTo((1 + ndcgOfSecond + 0 + 1) / 4, 12),
    },
    byLanguage: {
      zh: {
        "recall@1": 1 / 2,
        "recall@5": 1,
        "recall@10": 1,
        "mrr@10": 3 / 4,
        "ndcg@10": expect.closeTo((1 + ndcgOfSecond) / 2, 12),
      },
      en: { "recall@1": 1 / 2, "recall@5": 1 / 2, "recall@10": 1 / 2, "mrr@10": 1 / 2, "ndcg@10": 1 / 2 },
    },
    // Lengths are those of q0, q1 and q2, which are answerable and were answered.
    answers: { first: 1 / 4, hit: 2 / 4, meanFirstChars: (6 + 3 + 4) / 3, meanChars: (11 + 6 + 4) / 3 },
    answersByLanguage: {
      zh: {
        first: 1 / 2,
        hit: 1,
        meanFirstChars: 4.5,
        meanChars: 8.5,
        falseRefusal: 0,
        correctRefusal: 1 / 2,
      },
      en: { first: 0, hit: 0, meanFirstChars: 4, meanChars: 4, falseRefusal: 1 / 2, correctRefusal: null },
    },
    answersByKind: {},
    answersBySplit: {},
    refusal: { falseRefusal: 1 / 4, correctRefusal: 1 / 2 },
    lists: null,
    listsByLanguage: {},
    // Each alone in its bin: 0.05 + 0.15 for the right ones, all of the confidence for the others.
    calibration: { ece: expect.closeTo((0.05 + 0.15 + 0.55 + 0.15 + 0.05 + 0.65) / 6, 12) },
    // 1, 2, 3, 4, 5 and 60: ranking took a second each and is not in it.
    latencyMs: { p50: 3, p95: 60, p99: 60 },
    // intervals.test.ts tells what they are.
    intervals: expect.objectContaining({ "answers.first": [0, expect.any(Number)] }),
    failed: 0,
  });
});

test("lists are measured by their items, by what is said of their number, and by what is passed over in silence", async () => {
  const list = { items: ["甲", "乙"], declared: 2, complete: true };
  const folder = await makeFolder({
    "corpus.jsonl": corpus,
    "queries.jsonl": [
      { _id: "q0", text: "一", lang: "zh", list },
      { _id: "q1", text: "二", lang: "zh", list },
      { _id: "q2", text: "three", lang: "en", list },
      { _id: "q3", text: "four", lang: "en" },
    ],
  });
  const subject = scriptedSubject({
    一: { answer: listing(["甲", "乙"]) },
    二: { answer: listing(["甲"]) },
    three: { answer: new Error("no") },
    four: { answer: notFound() },
  });
  const report = await run(folder, subject);
  expect(report.lists).toEqual({
    exact: 1 / 3,
    items: 1 / 3,
    completeness: 2 / 3,
    silentlyIncomplete: 1 / 3,
  });
  expect(report.listsByLanguage).toEqual({
    zh: { exact: 1 / 2, items: 1 / 2, completeness: 1, silentlyIncomplete: 1 / 2 },
    en: { exact: 0, items: 0, completeness: 0, silentlyIncomplete: 0 },
  });
});

test("questions.jsonl is asked of the articles the program has", async () => {
  const folder = await makeFolder({
    "questions.jsonl": [
      {
        question: "高？",
        lang: "zh",
        article: 1,
        evidence: "三百 米",
        keys: ["三百"],
        kind: "fact",
        split: "tune",
      },
      {
        question: "谁写？",
        lang: "zh",
        article: 2,
        evidence: "赵、钱",
        keys: ["钱"],
        kind: "meta",
        split: "test",
      },
      {
        question: "何处？",
        lang: "zh",
        article: 2,
        evidence: "不在此处",
        keys: ["此处"],
        kind: "fact",
        split: "test",
      },
      {
        question: "月球？",
        lang: "zh",
        article: null,
        evidence: null,
        keys: [],
        kind: "unanswerable",
        split: "test",
      },
    ],
  });
  const own = [
    makeArticle("a1", "塔", "它高三百米。"),
    { ...makeArticle("a2", "桥", "很长。"), authors: ["赵", "钱"] },
  ];
  const scripts = {
    "高？": { answer: answered("它高三百米。"), ranked: ["a1", "a2"] },
    "谁写？": { answer: answered("很长。"), ranked: ["a1", "a2"] },
    "何处？": { answer: answered("此处"), ranked: ["a1", "a2"] },
    "月球？": { answer: notFound() },
  };
  const subject = scriptedSubject(scripts, own);
  const report = await run(folder, subject);

  expect(subject.opened).toEqual([undefined]);
  // Found at 1, at 2 by its authors, and not at all: no article holds the evidence of the third.
  expect(report.retrieval).toMatchObject({ "recall@1": 1 / 3, "recall@5": 2 / 3, "mrr@10": 0.5 });
  expect(report.answers).toMatchObject({ first: 2 / 3, hit: 2 / 3 });
  // The one that nothing answers was refused.
  expect(report.refusal).toEqual({ falseRefusal: 0, correctRefusal: 1 });
  expect(report.answersByKind).toMatchObject({ fact: { first: 1 }, meta: { first: 0 } });
  expect(report.answersBySplit).toMatchObject({
    tune: { first: 1 },
    test: { first: 1 / 2, correctRefusal: 1 },
  });
});

test("a question that fails counts as neither answered nor rightly refused, and is reported", async () => {
  const folder = await makeFolder({
    "corpus.jsonl": corpus,
    "queries.jsonl": [
      { _id: "q0", text: "好", answers: ["好"] },
      { _id: "q1", text: "坏", answers: ["坏"] },
      { _id: "q2", text: "无", answerable: false },
    ],
    "qrels/test.tsv": `${qrels}q0\tp0\t1\nq1\tp0\t1\n`,
  });
  const subject = scriptedSubject({
    好: { answer: withConfidence(answered("好"), 0.9), ranked: ["p0"], takesMs: 7 },
    坏: { answer: new Error("the model is gone") },
    无: { answer: new Error("gone again") },
  });
  const report = await run(folder, subject);
  expect(report).toMatchObject({ failed: 2, firstFailure: "the model is gone" });
  expect(report.answers).toMatchObject({ first: 1 / 2, hit: 1 / 2 });
  expect(report.refusal).toEqual({ falseRefusal: 1 / 2, correctRefusal: 0 });
  expect(report.retrieval).toMatchObject({ "recall@1": 1 / 2 });
  expect(report.calibration.ece).toBeCloseTo(0.1, 12);
  expect(report.latencyMs).toEqual({ p50: 7, p95: 7, p99: 7 });
  expect(subject.closed()).toBe(1);
});

test("what the dataset does not say is null, not 0", async () => {
  const folder = await makeFolder({ "corpus.jsonl": corpus, "queries.jsonl": [{ _id: "q0", text: "问" }] });
  const report = await run(folder, scriptedSubject({ 问: { answer: answered("答") } }));
  expect(report.retrieval).toBeNull();
  expect(report.byLanguage).toEqual({});
  expect(report.answers).toEqual({ first: null, hit: null, meanFirstChars: 1, meanChars: 1 });
  expect(report.refusal).toEqual({ falseRefusal: 0, correctRefusal: null });
  expect(report.calibration).toEqual({ ece: null });
});

test("the first questions are asked once before they count, and progress counts the rest", async () => {
  const texts = ["一", "二", "三", "四", "五", "六", "七"];
  const folder = await makeFolder({
    "corpus.jsonl": corpus,
    "queries.jsonl": texts.map((text) => ({ _id: text, text })),
  });
  const scripts = Object.fromEntries(texts.map((text) => [text, { answer: notFound() }]));
  const subject = scriptedSubject(scripts);
  const onProgress = vi.fn();
  await run(folder, subject, { onProgress });
  expect(subject.asked).toEqual([...texts.slice(0, 5), ...texts]);
  expect(onProgress.mock.calls).toEqual(texts.map((_, i) => [i + 1, 7]));
});

test("distractors are searched beside the dataset's own documents", async () => {
  const dataset = await makeFolder({ "corpus.jsonl": corpus, "queries.jsonl": [{ _id: "q", text: "问" }] });
  const distractors = await makeFolder({ "corpus.jsonl": corpus.slice(0, 2) });
  const subject = scriptedSubject({ 问: { answer: notFound() } });
  const report = await run(dataset, subject, { distractors });
  expect(report.distractors).toBe(basename(distractors));
  expect(new Set(subject.opened[0]!.map(({ id }) => id)).size).toBe(5);
});

test("distractors join the program's own articles, and holding the evidence does not make them relevant", async () => {
  const question = { question: "高？", article: 1, evidence: "三百米", keys: ["三百"] };
  const dataset = await makeFolder({ "questions.jsonl": [question] });
  const distractors = await makeFolder({ "corpus.jsonl": [{ _id: "n0", text: "另一座也高三百米。" }] });
  const own = [makeArticle("a1", "塔", "它高三百米。")];
  const subject = scriptedSubject({ "高？": { answer: notFound(), ranked: ["distractors/n0", "a1"] } }, own);
  const report = await run(dataset, subject, { distractors });
  expect(subject.opened.map((articles) => articles?.map(({ id }) => id))).toEqual([
    undefined,
    ["a1", "distractors/n0"],
  ]);
  expect(subject.closed()).toBe(2);
  expect(report.retrieval).toMatchObject({ "recall@1": 0, "mrr@10": 1 / 2 });
});

test("a malformed dataset is refused before anything is opened", async () => {
  const folder = await makeFolder({ "corpus.jsonl": corpus, "queries.jsonl": '{"_id":"q0"}\n' });
  const subject = scriptedSubject({});
  await expect(run(folder, subject)).rejects.toThrow(AppError);
  expect(subject.opened).toEqual([]);
});
