import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interfaceLanguage } from "../../src/answering/phrases.ts";
import { renderAnswer as render } from "../../src/telegram/asking/render-answer.ts";
import { escapeHtml, plainText } from "../../src/telegram/html.ts";
import type { Answer, ArticleId, Quote } from "../../src/types.ts";
import { readTelegramHtml } from "./html.ts";

const quote = (text: string, more: Partial<Quote> = {}): Quote => ({
  text,
  field: "text",
  articleId: "rice" as ArticleId,
  title: "水稻田里的约定",
  authors: ["甲"],
  paragraph: 4,
  start: 0,
  end: text.length,
  citation: 1,
  ...more,
});

const answered = (more: Partial<Extract<Answer, { kind: "answered" }>> = {}): Answer => ({
  kind: "answered",
  question: "?",
  language: "zh",
  confidence: 0.9,
  quotes: [quote("一句话。")],
  ...more,
});

const renderAnswer = (answer: Answer, notes?: string[]) =>
  render(answer, interfaceLanguage(answer.language), notes);

describe("renderAnswer", () => {
  it("puts one quote above its citation, without a number", () => {
    expect(renderAnswer(answered())).toBe(
      "<blockquote>一句话。</blockquote>\n《水稻田里的约定》 · 甲 · 第 4 段",
    );
  });

  it("numbers several quotes by their citation, and puts those after the first into a box that opens", () => {
    const second = quote("第二句。", { citation: 2, paragraph: 5 });
    const third = quote("第三句。", { citation: 3, paragraph: 6 });
    expect(renderAnswer(answered({ quotes: [quote("一句话。"), second, third] }))).toBe(
      "<blockquote>一句话。</blockquote>\n[1] 《水稻田里的约定》 · 甲 · 第 4 段\n\n" +
        "<blockquote expandable>第二句。\n[2] 《水稻田里的约定》 · 甲 · 第 5 段\n\n" +
        "第三句。\n[3] 《水稻田里的约定》 · 甲 · 第 6 段</blockquote>",
    );
  });

  it("puts notes below, as text", () => {
    expect(renderAnswer(answered(), ["a < b"])).toBe(
      "<blockquote>一句话。</blockquote>\n《水稻田里的约定》 · 甲 · 第 4 段\n\n<i>a &lt; b</i>",
    );
  });

  it("puts what is phrased before the quotes that say so, as text", () => {
    const sentences = [
      { text: "A <b>bold</b>\nsentence & more.", citation: 1 },
      { text: "&".repeat(300), citation: 1 },
    ];
    expect(renderAnswer(answered({ phrasing: { sentences, model: "m" } }))).toBe(
      "A &lt;b&gt;bold&lt;/b&gt; sentence &amp; more. [1]\n\n" +
        "<blockquote>一句话。</blockquote>\n[1] 《水稻田里的约定》 · 甲 · 第 4 段",
    );
  });

  it("numbers a list's items and says how many of how many the source gives", () => {
    const list = {
      declared: 8,
      found: 2,
      complete: false,
      elided: true as const,
      items: ["停产整顿", "限期<整改>"],
    };
    expect(renderAnswer(answered({ language: "en", list }))).toBe(
      "1. 停产整顿\n2. 限期&lt;整改&gt;\n\n2 of 8: the source stops there.\n“水稻田里的约定” · 甲 · paragraph 4",
    );
  });

  it("puts what is quoted beside a list into the box", () => {
    const list = { declared: null, found: 2, complete: true, items: ["甲", "乙"] };
    const html = renderAnswer(answered({ list, quotes: [quote("甲、乙"), quote("丙。", { citation: 2 })] }));
    expect(html).toContain("1. 甲\n2. 乙\n\n共 2 项，已全部列出。\n[1] 《水稻田里的约定》");
    expect(html).toContain("<blockquote expandable>丙。\n[2] ");
  });

  it("shows the quotes where a list was asked for and no item was found", () => {
    const list = { declared: 8, found: 0, complete: false, items: [] };
    const html = renderAnswer(answered({ list }));
    expect(html).toContain("共 8 项，只有其中 0 项");
    expect(html).toContain("<blockquote>一句话。</blockquote>");
  });

  it("says what is not found, and leaves the nearest articles to the buttons", () => {
    const nearest = [{ articleId: "rice" as ArticleId, title: "A & B" }];
    const notFound: Answer = { kind: "not-found", question: "?", language: "en", confidence: 0.1, nearest };
    expect(renderAnswer(notFound)).toBe("Not found in the articles.\n\nThe nearest articles:");
    expect(renderAnswer({ ...notFound, nearest: [] })).toBe("Not found in the articles.");
  });

  it("cuts what is too long before a character, never inside one, and says so", () => {
    for (const text of ["&".repeat(5000), "𠮷".repeat(5000), `x${"𠮷".repeat(5000)}`]) {
      const html = renderAnswer(answered({ quotes: [quote(text)] }));
      const shown = readTelegramHtml(html);
      expect(html.length).toBeGreaterThan(4080);
      expect(html.length).toBeLessThanOrEqual(4096);
      expect(shown).not.toMatch(/\p{Surrogate}/u);
      expect(shown).toContain("…\n《水稻田里的约定》");
      expect(shown).toContain("有删节");
      expect(text.startsWith(shown.split("…")[0]!)).toBe(true);
    }
  });

  it("keeps the 2-of-8 line and the citation of a list too long for a message", () => {
    const items = Array.from({ length: 3000 }, (_, at) => `第${at}项措施，${"长".repeat(at % 50)}`);
    const html = renderAnswer(answered({ list: { declared: 4000, found: 3000, complete: false, items } }));
    expect(html.length).toBeLessThanOrEqual(4096);
    expect(html).toContain("共 4000 项，只有其中 3000 项");
    expect(html).toContain("有删节");
    expect(html).toContain("《水稻田里的约定》");
  });

  it("leaves out null bytes and replaces lone surrogates, which Telegram refuses", () => {
    expect(escapeHtml("a\0b\uD800c\u0007\r\nd")).toBe("ab\uFFFDc\nd");
  });

  it("makes valid HTML of at most 4096 units of any article, with the quotes verbatim when none is cut", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "binary", maxLength: 600 }),
      fc.string({
        unit: fc.constantFrom("&", "<", "b", ">", "/", "…", "𠮷", "\uD800", "\0", "条"),
        maxLength: 900,
      }),
      fc.string({ unit: fc.constantFrom("&", "𠮷"), minLength: 1500, maxLength: 3000 }),
    );
    const anyQuote = fc
      .record({
        text: anyText,
        title: anyText,
        authors: fc.array(anyText, { maxLength: 3 }),
        paragraph: fc.nat(),
      })
      .map(({ text, ...more }) => quote(text, more));
    const anyAnswer = fc
      .record({
        language: fc.constantFrom("zh", "zh-Hant", "en"),
        quotes: fc.array(anyQuote, { minLength: 1, maxLength: 3 }),
        items: fc.option(fc.array(anyText, { maxLength: 40 })),
      })
      .map(({ language, quotes, items }) =>
        answered({
          language,
          quotes,
          ...(items ? { list: { declared: 50, found: items.length, complete: false, items } } : {}),
        }),
      );
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        if (answer.kind !== "answered") return;
        const html = renderAnswer(answer);
        expect(html.length).toBeLessThanOrEqual(4096);
        const shown = readTelegramHtml(html);
        expect(shown).not.toMatch(/\p{Surrogate}|\0/u);
        const items = answer.list?.items ?? [];
        const quoted = answer.quotes.map(({ text }) => text);
        const spans = items.length > 0 ? [...items, ...quoted.slice(1)] : quoted;
        const whole = !/shortened|有删节|有刪節/.test(shown);
        for (const span of whole ? spans : []) expect(shown).toContain(readTelegramHtml(escapeHtml(span)));
        if (spans.reduce((sum, span) => sum + escapeHtml(span).length + 5, 0) < 1000) {
          expect(whole).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("escapes so that reading gives back any well-formed text without control characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const clean = text.replace(/\p{Cc}/gu, "");
        expect(readTelegramHtml(escapeHtml(clean))).toBe(clean);
        expect(plainText(`<blockquote>${escapeHtml(clean)}</blockquote>`)).toBe(clean);
      }),
    );
  });
});
