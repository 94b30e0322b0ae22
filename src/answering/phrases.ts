import type { ListReport, Quote } from "../types.ts";

/** What Wenbao says around quotes, in one language: plain text, for Telegram and the terminal alike. */
export interface Phrases {
  readonly notFound: string;
  /** Heads the titles that follow a "not found". */
  readonly nearest: string;
  readonly listComplete: (found: number) => string;
  readonly listIncomplete: (found: number, declared: number) => string;
  readonly listElided: (found: number, declared: number) => string;
  /** The source gives some items and does not say how many there are. */
  readonly listUnknownTotal: (found: number) => string;
  readonly paragraph: (ordinal: number) => string;
  /** A source with its page. */
  readonly page: (source: string, page: number) => string;
  readonly title: (title: string) => string;
  readonly authors: (names: readonly string[]) => string;
  /** Name what is quoted when it is not the article's text. */
  readonly titleField: string;
  readonly authorsField: string;
}

const SIMPLIFIED: Phrases = {
  notFound: "文章里没有找到答案。",
  nearest: "最接近的文章：",
  listComplete: (found) => `共 ${found} 项，已全部列出。`,
  listIncomplete: (found, declared) => `共 ${declared} 项，只有其中 ${found} 项找到了。`,
  listElided: (found, declared) => `共 ${declared} 项，只有其中 ${found} 项：原文到此为止。`,
  listUnknownTotal: (found) => `这里有 ${found} 项，原文没有列全。`,
  paragraph: (ordinal) => `第 ${ordinal} 段`,
  page: (source, page) => `${source} 第 ${page} 页`.trim(),
  title: (title) => `《${title}》`,
  authors: (names) => names.join("、"),
  titleField: "标题",
  authorsField: "作者",
};

const TRADITIONAL: Phrases = {
  notFound: "文章裡沒有找到答案。",
  nearest: "最接近的文章：",
  listComplete: (found) => `共 ${found} 項，已全部列出。`,
  listIncomplete: (found, declared) => `共 ${declared} 項，只有其中 ${found} 項找到了。`,
  listElided: (found, declared) => `共 ${declared} 項，只有其中 ${found} 項：原文到此為止。`,
  listUnknownTotal: (found) => `這裡有 ${found} 項，原文沒有列全。`,
  paragraph: (ordinal) => `第 ${ordinal} 段`,
  page: (source, page) => `${source} 第 ${page} 頁`.trim(),
  title: (title) => `《${title}》`,
  authors: (names) => names.join("、"),
  titleField: "標題",
  authorsField: "作者",
};

const ENGLISH: Phrases = {
  notFound: "Not found in the articles.",
  nearest: "The nearest articles:",
  listComplete: (found) => (found === 1 ? "1 item, all there is." : `All ${found} items.`),
  listIncomplete: (found, declared) => `${found} of ${declared}: no more were found.`,
  listElided: (found, declared) => `${found} of ${declared}: the source stops there.`,
  listUnknownTotal: (found) =>
    `${found} ${found === 1 ? "item" : "items"}; the source does not give them all.`,
  paragraph: (ordinal) => `paragraph ${ordinal}`,
  page: (source, page) => `${source} p. ${page}`.trim(),
  title: (title) => `“${title}”`,
  authors: (names) => names.join(", "),
  titleField: "title",
  authorsField: "authors",
};

const PHRASES = { en: ENGLISH, "zh-Hans": SIMPLIFIED, "zh-Hant": TRADITIONAL };

/**
 * The phrases for a BCP 47 tag, of a question or a Telegram `language_code`, in any case: Traditional Chinese for
 * the script Hant and, where no script is named, for Taiwan, Hong Kong and Macau; Simplified for other Chinese;
 * English for everything else.
 */
export function phrasesFor(language: string | undefined): Phrases {
  return PHRASES[interfaceLanguage(language)];
}

/** A language in which Wenbao speaks for itself, as a BCP 47 tag. */
export type InterfaceLanguage = keyof typeof PHRASES;

/** Tells it of a tag as `phrasesFor` does. */
export function interfaceLanguage(language: string | undefined): InterfaceLanguage {
  const [primary, ...rest] = (language ?? "").toLowerCase().split(/[-_]/);
  if (primary !== "zh") return "en";
  if (rest.includes("hans")) return "zh-Hans";
  return rest.some((part) => ["hant", "tw", "hk", "mo"].includes(part)) ? "zh-Hant" : "zh-Hans";
}

/** One line that says how much of a list there is. */
export function listLine(phrases: Phrases, list: ListReport): string {
  if (list.complete) return phrases.listComplete(list.found);
  if (list.declared === null || list.declared <= list.found) return phrases.listUnknownTotal(list.found);
  return (list.elided ? phrases.listElided : phrases.listIncomplete)(list.found, list.declared);
}

/** One line that says where a quote stands; what the quote itself says is named, not repeated. */
export function citationLine(
  phrases: Phrases,
  quote: Pick<Quote, "field" | "title" | "authors" | "publishedAt" | "source" | "page" | "paragraph">,
): string {
  const { source = "", page, publishedAt = "" } = quote;
  const title = quote.field === "title" ? phrases.titleField : phrases.title(quote.title);
  const authors = quote.field === "authors" ? phrases.authorsField : phrases.authors(quote.authors);
  const place = page === undefined ? source : phrases.page(source, page);
  const paragraph = quote.paragraph === undefined ? "" : phrases.paragraph(quote.paragraph);
  return [title, authors, publishedAt, place, paragraph].filter((piece) => piece !== "").join(" · ");
}
