import fc from "fast-check";
import { expect, test } from "vitest";
import type { Gap } from "../../../src/store/gaps.ts";
import { MAX_MESSAGE_CHARS } from "../../../src/telegram/html.ts";
import { groupOf } from "../../../src/telegram/ledger/gap-groups.ts";
import { gapList } from "../../../src/telegram/ledger/gap-list.ts";
import { gapPrompt } from "../../../src/telegram/ledger/gap-prompt.ts";
import { readTelegramHtml } from "../html.ts";

const languages = fc.constantFrom("en", "zh-Hans", "zh-Hant") satisfies fc.Arbitrary<string>;
const texts = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 2000 }),
  fc.constantFrom("<b>&amp;</b>", "&".repeat(2000), "长".repeat(2000), "\uD840", "  \n "),
);
const gaps = fc.array(
  fc
    .tuple(texts, fc.integer({ min: 0, max: 5 }), fc.constantFrom(null, "answered", "dismissed"))
    .map(([meant, person, settled]): Omit<Gap, "id"> => {
      const place = { chat: person, topic: null, person, message: 1, surface: "private" as const };
      return { ...place, at: 1e12, collection: "", language: "en", meant, askedIn: "zh-Hant", settled };
    }),
  { minLength: 1, maxLength: 12 },
);
const numbered = (some: readonly Omit<Gap, "id">[]): Gap[] => some.map((gap, id) => ({ ...gap, id }));

test("whatever was asked, the list and its pages are messages that Telegram takes", () => {
  fc.assert(
    fc.property(gaps, texts, languages, fc.nat(12), (some, collection, language, page) => {
      const counts = Array.from({ length: 12 }, (_, i) => ({ collection: `${collection}${i}`, count: i }));
      const groups = numbered(some).map((gap) => groupOf([gap]));
      const { html, keyboard } = gapList({ groups, collection, counts }, page, language);
      expect(html.length).toBeLessThanOrEqual(MAX_MESSAGE_CHARS);
      expect(readTelegramHtml(html).trim()).not.toBe("");
      const data = keyboard.inline_keyboard.flat().map((button) => Object(button).callback_data as string);
      for (const one of data) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(64);
    }),
  );
});

test("whatever was asked, a group's questions are a message that Telegram takes", () => {
  fc.assert(
    fc.property(gaps, languages, (some, language) => {
      const { html } = gapPrompt(numbered(some), language);
      expect(html.length).toBeLessThanOrEqual(MAX_MESSAGE_CHARS);
      expect(readTelegramHtml(html).trim()).not.toBe("");
    }),
  );
});
