import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { embeddedModelFolder } from "../../src/assistant.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import type { SupportParts } from "../../src/phrasing/pieces.ts";
import { objectionTo } from "../../src/phrasing/support.ts";
import { createTokenTable } from "../../src/retrieval/token-table.ts";

/** Sentences that the quotes support, and altered ones by what was altered, each with the quote it cites. */
interface Row {
  readonly question: string;
  readonly quotes: readonly string[];
  readonly supported: readonly string[];
  readonly unsupported: Readonly<Record<string, string>>;
}

const rows = readFileSync(join(import.meta.dirname, "sentences.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Row);

let parts: SupportParts;
beforeAll(async () => {
  const embedder = await loadEmbedder(embeddedModelFolder(join(import.meta.dirname, "../..")));
  parts = { embedder, table: createTokenTable(embedder) };
}, 60_000);

const object = (sentence: string, quote: string, context = "") =>
  objectionTo(sentence, quote, context, parts);

async function acceptedOf(sentences: readonly (readonly [Row, string])[]): Promise<string[]> {
  const accepted: string[] = [];
  for (const [{ question, quotes }, sentence] of sentences) {
    const [, text = "", citation = ""] = /^(.*)\[(\d)\]$/.exec(sentence)!;
    const quote = quotes[Number(citation) - 1];
    const objection = quote === undefined ? "no such quote" : await object(text, quote, question);
    if (objection === undefined) accepted.push(sentence);
  }
  return accepted;
}

describe("objectionTo", () => {
  it("accepts three of four faithful sentences and one of a hundred altered ones", async () => {
    const supported = rows.flatMap((row) => row.supported.map((sentence) => [row, sentence] as const));
    const altered = rows.flatMap((row) =>
      Object.values(row.unsupported).map((sentence) => [row, sentence] as const),
    );
    expect([supported.length, altered.length]).toEqual([184, 402]);
    expect((await acceptedOf(supported)).length).toBeGreaterThanOrEqual(140);
    // Most of the five say who did what to whom the other way round, where order does not tell.
    expect((await acceptedOf(altered)).length).toBeLessThanOrEqual(5);
  });

  it.each([
    ["沈阳一东四环公司获得了30万元奖励。", "number 300000cny"],
    ["沈阳一东四环公司获得了20万美元奖励。", "number 200000usd"],
    ["沈阳一东四环公司不获得20万元奖励。", "negation"],
    ["沈阳一东四环公司成为国家级“绿色工厂”。", "an opposite"],
    ["沈阳一西四环公司获得了20万元奖励。", "an altered copy"],
    ["沈阳工信局获得沈阳一东四环公司发放的20万元奖励。", "words in reversed order"],
    ["The company got 200,000 yuan from Huawei.", "name huawei"],
    ["沈阳一东四环公司获得20万元奖励，并捐给了学校。", "word 捐"],
  ])("says what speaks against %s", async (sentence, objection) => {
    const quote =
      "沈阳一东四环公司顺利通过“绿色工厂”认证，成为省级“绿色工厂”，并获得沈阳工信局发放的20万元一次性奖励。";
    expect(await object(sentence, quote)).toContain(objection);
  });

  it("takes no fact from the question: it names things, and may be wrong", async () => {
    const quote = "该公司获得20万元奖励。";
    expect(await object("四环公司获得20万元奖励。", quote, "四环公司是不是获得了500万元？")).toBeUndefined();
    expect(await object("四环公司获得500万元。", quote, "四环公司是不是获得了500万元？")).toBe(
      "number 5000000cny",
    );
  });

  it("lets a sentence rest on one sentence of a quote, not on what two of them say", async () => {
    const quote = "2022年第一季度净利润3.4亿元，同比增长12%；2023年第一季度净利润2.9亿元，同比下降14.7%。";
    expect(await object("2022年第一季度净利润3.4亿元。", quote)).toBeUndefined();
    expect(await object("2023年第一季度净利润3.4亿元。", quote)).toBeDefined();
    expect(await object("Net profit rose by 14.7% in the first quarter of 2023.", quote)).toBeDefined();
  });

  it("knows who gave and who was given to, where Chinese says so with a word between", async () => {
    const quote = "企业家陈国华向母校捐款500万元。";
    expect(await object("陈国华向母校捐款500万元。", quote)).toBeUndefined();
    expect(await object("母校向陈国华捐款500万元。", quote)).toBe("roles in another order");
  });

  it("knows a Chinese name by its reading, and no other name", async () => {
    const quote = "刘振利为一线操作者讲授编程。";
    expect(await object("Liu Zhenli taught programming.", quote)).toBeUndefined();
    expect(await object("Liu Zhenhua taught programming.", quote)).toBe("name zhenhua");
  });
});
