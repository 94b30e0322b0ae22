import { expect, it, onTestFinished } from "vitest";
import type { Answer, ArticleId } from "../../src/types.ts";
import { startFakeBotApi } from "../support/fake-bot-api.ts";
import { assistantWith, libraryOf, serveBot } from "../support/serve-bot.ts";

const answered = (question: string): Answer => ({
  ...{ kind: "answered", question, language: "zh", confidence: 0.9 },
  quotes: [
    {
      ...{ text: "甲种稻。", field: "text", articleId: "rice" as ArticleId, title: "稻", authors: [] },
      ...{ paragraph: 1, start: 0, end: 4, citation: 1 },
    },
  ],
});

it("an answer is put into sentences once, when it is shown, and not where quotes alone are", async () => {
  const telegram = await startFakeBotApi();
  onTestFinished(telegram.close);
  const phrased: string[] = [];
  const assistant = {
    ...assistantWith(async (question) => answered(question)),
    phrase: async (answer: Answer) => {
      phrased.push(answer.question);
      return answer;
    },
  };
  await serveBot(telegram, { library: libraryOf(assistant) });
  const you = telegram.private(7, { language_code: "zh-hans" });
  await you.waitForReply(you.says("谁种稻？"));
  await you.waitForReply(you.says("那家公司在哪里？"));
  await you.asksInline("谁种稻？").answer();
  expect(phrased).toEqual(["谁种稻？", "那家公司在哪里？"]);
});
