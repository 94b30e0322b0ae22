import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { embeddedModelFolder } from "../../src/assistant.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { objectionTo, type SupportParts } from "../../src/phrasing/support.ts";
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
  it("accepts at least 55 % of the faithful sentences and at most 1.5 % of the altered ones", async () => {
    const supported = rows.flatMap((row) => row.supported.map((sentence) => [row, sentence] as const));
    const altered = rows.flatMap((row) =>
      Object.values(row.unsupported).map((sentence) => [row, sentence] as const),
    );
    expect([supported.length, altered.length]).toEqual([184, 402]);
    // 102 and 5: the five say who did what to whom the other way round, where order does not tell.
    expect((await acceptedOf(supported)).length / 184).toBeGreaterThanOrEqual(0.55);
    expect((await acceptedOf(altered)).length / 402).toBeLessThanOrEqual(0.015);
  });

  it.each([
    ["该公司获得了30万元奖励。", "number 300000cny"],
    ["该公司获得了20万美元奖励。", "number 200000usd"],
    ["该公司不获得20万元奖励。", "negation"],
    ["该公司获得不超过20万元奖励。", "an opposite"],
    ["工信局获得沈阳一东公司被给20万元奖励。", "words in another order"],
    ["沈阳一西公司获得20万元奖励。", "word 西"],
    ["该公司捐给学校20万元。", "word 捐"],
    ["The company got 200,000 yuan from Huawei.", "name huawei"],
    ["See example.org for the 200,000 yuan.", "address example.org"],
    ["Компания получила 200000.", "script"],
  ])("says what speaks against %s", async (sentence, objection) => {
    const quote = "沈阳一东公司获得沈阳工信局给的至少20万元奖励。";
    expect(await object(sentence, quote)).toBe(objection);
  });

  it("takes no fact from the question: it names things, and may be wrong", async () => {
    const quote = "该公司获得20万元奖励。";
    const question = "星光公司是不是获得了500万元？";
    expect(await object("星光公司获得20万元奖励。", quote, question)).toBeUndefined();
    expect(await object("星光公司获得500万元。", quote, question)).toBe("number 5000000cny");
  });

  it("lets each clause of a sentence rest on one clause of a quote, not on what two of them say", async () => {
    const quote = "2022年净利润3.4亿元，同比增长12%；2023年净利润2.9亿元，同比下降14.7%。";
    expect(await object("2022年净利润3.4亿元，同比增长12%。", quote)).toBeUndefined();
    expect(await object("2023年净利润3.4亿元。", quote)).toBeDefined();
    expect(await object("2022年净利润同比下降12%。", quote)).toBeDefined();
    expect(await object("Net profit rose by 14.7% in 2023.", quote)).toBeDefined();
  });

  it("knows who gave and who was given to, where Chinese says so with a word between", async () => {
    const quote = "企业家陈国华向母校捐款500万元。";
    expect(await object("陈国华向母校捐款500万元。", quote)).toBeUndefined();
    expect(await object("母校向陈国华捐款500万元。", quote)).toBe("words in another order");
  });

  it("knows a name as it stands, and no other spelling", async () => {
    const quote = "刘振利为一线操作者讲授编程。";
    expect(await object("刘振利讲授编程。", quote)).toBeUndefined();
    expect(await object("Liu Zhenli taught programming.", quote)).toMatch(/^name/);
  });
});
