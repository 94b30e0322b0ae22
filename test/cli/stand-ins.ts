import { PassThrough, Readable } from "node:stream";
import type { Assistant } from "../../src/assistant.ts";
import type { Log } from "../../src/log.ts";
import type { Explanation } from "../../src/retrieval/explain.ts";
import type { Answer, Article, ArticleId, Quote } from "../../src/types.ts";

/** A stream that remembers what was written to it. */
export function capture(options: { isTTY?: boolean } = {}) {
  const chunks: string[] = [];
  const stream = Object.assign(new PassThrough({ encoding: "utf8" }), options);
  stream.on("data", (chunk: string) => chunks.push(chunk));
  return Object.assign(stream, { text: () => chunks.join("") });
}

export type Captured = ReturnType<typeof capture>;

/** Input that ends after the text or bytes given. */
export function input(...chunks: readonly (string | Uint8Array)[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

/** A log that keeps its events. */
export function recordLog(): Log & { readonly events: string[] } {
  const events: string[] = [];
  const add = (event: string) => void events.push(event);
  return { events, debug: add, info: add, warn: add, error: add };
}

export const ARTICLES: readonly Article[] = [
  article("steel-1", "炼钢", ["李明", "Wang"]),
  article("ore-2", "矿石\u001b[31m红", []),
  article("coal-3", "煤", ["赵"]),
];

function article(id: string, title: string, authors: readonly string[]): Article {
  const text = "一段。";
  return {
    id: id as ArticleId,
    collection: "",
    title,
    authors,
    source: "page.txt",
    text,
    paragraphs: [{ start: 0, end: text.length }],
  };
}

export function quote(text: string, more: Partial<Quote> = {}): Quote {
  const place = { field: "text", paragraph: 4, start: 0, end: text.length, citation: 1 } as const;
  return { text, articleId: ARTICLES[0]!.id, title: "炼钢", authors: ["李明"], ...place, ...more };
}

export function answered(question: string, text = `re ${question}`): Answer {
  return { kind: "answered", question, language: "en", confidence: 0.9, quotes: [quote(text)] };
}

/** Answers every question with "re" and the question; what `answers` holds for a question comes first. */
export function standInAssistant(answers: Readonly<Record<string, Answer | Error>> = {}) {
  const asked: string[] = [];
  const assistant: Pick<Assistant, "articles" | "ask" | "explain"> = {
    articles: ARTICLES,
    async ask(question) {
      asked.push(question);
      const answer = answers[question] ?? answered(question);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    async explain(question): Promise<Explanation> {
      const scores = { score: 3.25, lexical: 12.5, cosine: 0.5, rerank: 0.75 };
      const matches = [{ question: "hard", passage: "硬", similarity: 0.81 }];
      const hit = { articleId: ARTICLES[0]!.id, title: "炼钢", passage: "硬措施。", ...scores, matches };
      return { question, terms: ["hard"], sharesScript: true, hits: [hit] };
    },
  };
  return { assistant, asked };
}
