import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paragraphSpans } from "../../src/corpus/article-file.ts";
import { renderArticlePage } from "../../src/telegram/reading/article-page.ts";
import type { Article, ArticleId } from "../../src/types.ts";
import { readTelegramHtml } from "./html.ts";

function article(text: string, more: Partial<Article> = {}): Article {
  const id = "a" as ArticleId;
  const paragraphs = paragraphSpans(text);
  return { id, collection: "", title: "题", authors: ["甲"], source: "", text, paragraphs, ...more };
}

/** What stands on every page, without heading, numbers of paragraphs and of the page. */
function bodies(one: Article): string[] {
  const { pages } = renderArticlePage(one, 0, "en");
  return Array.from({ length: pages }, (_, page) => {
    const { html } = renderArticlePage(one, page, "en");
    expect(html.length).toBeLessThanOrEqual(4096);
    const [, ...parts] = html.split("\n\n");
    if (pages > 1) parts.pop();
    return readTelegramHtml(parts.join("\n\n").replace(/<b>\d+<\/b> {2}/g, ""));
  });
}

describe("renderArticlePage", () => {
  it("ends a page at a sentence's end, and never within a character", () => {
    const sentences = "这一句话说明了一些别的事情。".repeat(500);
    const pages = bodies(article(sentences));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page.endsWith("。")).toBe(true);
    expect(bodies(article(`x${"😀".repeat(4000)}`)).join("")).toBe(`x${"😀".repeat(4000)}`);
  });

  it("opens where a quote begins, and underlines it", () => {
    const text = `${"长长的一段。".repeat(800)}\n\n要找的就是这一句。`;
    const start = text.indexOf("要找的");
    const { html, page, pages } = renderArticlePage(article(text), { start, end: text.length }, "zh-Hans");
    expect(page).toBe(pages - 1);
    expect(html).toContain("<b>2</b>  <u>要找的就是这一句。</u>");
  });

  it("shows every character of an article once, in order, whatever it is", () => {
    const anyText = fc.string({
      unit: fc.constantFrom("&", "<", "长", "。", "\n\n", "😀", "a "),
      maxLength: 9000,
    });
    fc.assert(
      fc.property(anyText, (text) => {
        const one = article(text);
        const whole = one.paragraphs.map(({ start, end }) => text.slice(start, end)).join("");
        expect(bodies(one).join("").replaceAll("\n\n", "")).toBe(whole.replaceAll("\n\n", ""));
      }),
      { numRuns: 60 },
    );
  });
});
