import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type GroupMessage, type Reply, readMessages, replyTo } from "../../bench/group-messages.ts";
import { embeddedModelFolder, openAssistant } from "../../src/assistant.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { projectPath, shippedArticles } from "../index/sample.ts";

const folder = projectPath("test/datasets/group-messages");
const leastSchema = z.strictObject({ precision: z.number(), recall: z.number() });
const least = leastSchema.parse(JSON.parse(readFileSync(`${folder}/expected.json`, "utf8")));

let messages: readonly GroupMessage[];
let replies: readonly Reply[];
beforeAll(async () => {
  messages = await readMessages(`${folder}/messages.jsonl`);
  const embedder = await loadEmbedder(embeddedModelFolder(projectPath()));
  const articles = await shippedArticles();
  const assistant = await openAssistant({ articles, indexDir: projectPath("index"), embedder });
  const all: (Reply | undefined)[] = [];
  for (const message of messages.filter(({ half }) => half === "held"))
    all.push(await replyTo(message, assistant));
  replies = all.filter((reply) => reply !== undefined);
}, 60_000);

describe("messages in a group", () => {
  test("hold evidence word for word where they should be answered, and only there; none stands twice", async () => {
    const articles = await shippedArticles();
    const texts = articles.flatMap(({ text, title, authors }) => [text, title, authors.join("、")]);
    expect(new Set(messages.map(({ text }) => text)).size).toBe(messages.length);
    for (const { text, answer, evidence } of messages) {
      expect(evidence !== undefined, text).toBe(answer);
      if (evidence !== undefined)
        expect(
          texts.some((one) => one.includes(evidence)),
          text,
        ).toBe(true);
    }
  });

  test("of the held half are answered as precisely as expected.json says", () => {
    const given = replies.filter(({ isGiven }) => isGiven);
    const right = given.filter(({ isRight }) => isRight).length;
    const wanted = messages.filter((message) => message.answer && message.half === "held").length;
    const wrong = given.filter(({ isRight }) => !isRight).map(({ message }) => message.text);
    expect(right / given.length, wrong.join("\n")).toBeGreaterThanOrEqual(least.precision);
    expect(right / wanted).toBeGreaterThanOrEqual(least.recall);
  });
});
