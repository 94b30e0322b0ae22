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
  readonly greeting: string;
  readonly help: string;
  /** `/ask` without a question. */
  readonly usage: string;
  readonly textOnly: string;
  readonly questionTooLong: (maxChars: number) => string;
  readonly failed: string;
  readonly shortened: string;
  /** One line each for the menu of commands. */
  readonly commands: { readonly ask: string; readonly help: string };
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
  greeting:
    "你好，我是问报。请直接提问，我用文章里的原文回答，并注明出自哪篇文章、第几段。可以用任何语言提问，引文保持文章的语言。发送 /help 查看用法。",
  help: "问报只用文章里的原文回答；文章里没有的，会照实说没有。\n\n• 私聊：直接发送问题。\n• 群里：提到我、回复我的消息，或发送 /ask 加问题。回复某条消息并发送 /ask，就问那条消息。\n\n可以用任何语言提问，引文保持文章的语言。",
  usage: "请在 /ask 后面写上问题，或者回复一条消息并发送 /ask。",
  textOnly: "我只看得懂文字，请把问题写成文字。",
  questionTooLong: (maxChars) => `问题太长了，请缩短到 ${maxChars} 字以内。`,
  failed: "我这边出了点问题，没能回答。请再试一次。",
  shortened: "（内容太长，有删节）",
  commands: { ask: "提一个问题", help: "怎样使用" },
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
  greeting:
    "你好，我是問報。請直接提問，我用文章裡的原文回答，並註明出自哪篇文章、第幾段。可以用任何語言提問，引文保持文章的語言。傳送 /help 查看用法。",
  help: "問報只用文章裡的原文回答；文章裡沒有的，會照實說沒有。\n\n• 私訊：直接傳送問題。\n• 群組裡：提到我、回覆我的訊息，或傳送 /ask 加問題。回覆某則訊息並傳送 /ask，就問那則訊息。\n\n可以用任何語言提問，引文保持文章的語言。",
  usage: "請在 /ask 後面寫上問題，或者回覆一則訊息並傳送 /ask。",
  textOnly: "我只看得懂文字，請把問題寫成文字。",
  questionTooLong: (maxChars) => `問題太長了，請縮短到 ${maxChars} 字以內。`,
  failed: "我這邊出了點問題，沒能回答。請再試一次。",
  shortened: "（內容太長，有刪節）",
  commands: { ask: "提一個問題", help: "怎樣使用" },
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
  greeting:
    "Hello, I am Wenbao. Ask me a question: I answer with verbatim quotes from the articles and say which article and paragraph they come from. Ask in any language; the quotes stay in the language of the articles. Send /help to see how.",
  help: "Wenbao answers only with verbatim quotes from the articles, and says so when they hold no answer.\n\n• In a private chat: just send your question.\n• In a group: mention me, reply to one of my messages, or send /ask and your question. Reply to a message with /ask alone to ask what it asks.\n\nAsk in any language; the quotes stay in the language of the articles.",
  usage: "Write your question after /ask, or reply to a message with /ask.",
  textOnly: "I can only read text. Please write your question.",
  questionTooLong: (maxChars) => `The question is too long. Please keep it within ${maxChars} characters.`,
  failed: "Something went wrong on our side and there is no answer. Please try again.",
  shortened: "(shortened: too long for one message)",
  commands: { ask: "Ask a question", help: "How to use Wenbao" },
};

/**
 * The phrases for a BCP 47 tag, of a question or a Telegram `language_code`, in any case: Traditional Chinese for
 * the script Hant and, where no script is named, for Taiwan, Hong Kong and Macau; Simplified for other Chinese;
 * English for everything else.
 */
export function phrasesFor(language: string | undefined): Phrases {
  const [primary, ...rest] = (language ?? "").toLowerCase().split(/[-_]/);
  if (primary !== "zh") return ENGLISH;
  if (rest.includes("hans")) return SIMPLIFIED;
  return rest.some((part) => ["hant", "tw", "hk", "mo"].includes(part)) ? TRADITIONAL : SIMPLIFIED;
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
