import { describe, expect, it } from "vitest";
import { PHRASES } from "../../src/telegram/phrases.ts";

describe("the bot's phrases", () => {
  it("are written without Simplified letters in Traditional Chinese", () => {
    const traditional = PHRASES["zh-Hant"];
    const all = JSON.stringify(traditional) + traditional.questionTooLong(9) + traditional.missingItem(3, 2);
    expect(all).not.toMatch(/[问报这没发语请长简为项后来应]/u);
  });

  it.each(Object.values(PHRASES))("say that quotes stay in the articles' language", (phrases) => {
    for (const text of [phrases.greeting, phrases.help]) {
      expect(text).toMatch(/quotes stay in the language of the articles|引文保持文章的[語语]言/u);
    }
  });
});
