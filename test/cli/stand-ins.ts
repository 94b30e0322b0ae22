import { PassThrough, Readable } from "node:stream";
import { runProgram } from "../../src/cli/program.ts";
import type { Host, Rooms } from "../../src/cli/session.ts";
import type { EvaluationReport } from "../../src/evaluation/evaluate.ts";
import type { Explanation } from "../../src/retrieval/explain.ts";
import type { Answer, Article, ArticleId, Quote } from "../../src/types.ts";
import type { LiveAssistants } from "../../src/upkeep/keep-current.ts";

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
  const assistant: Awaited<ReturnType<Rooms["openAssistant"]>> = {
    articles: ARTICLES,
    problems: [],
    passages: 3,
    search: "hnsw",
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

export interface Changes {
  readonly host?: Partial<Host>;
  readonly rooms?: Partial<Rooms>;
  readonly answers?: Parameters<typeof standInAssistant>[0];
}

/** Starts a command of a program whose every room is a stand-in that says what it was called with. */
export function start(argv: readonly string[], { host = {}, rooms = {}, answers = {} }: Changes = {}) {
  const [stdout, stderr] = [capture(), capture()];
  const called: unknown[] = [];
  const { assistant, asked } = standInAssistant(answers);
  const ended = runProgram(
    argv,
    {
      stdin: input(),
      stdout,
      stderr,
      env: {},
      cwd: "/caller",
      programDir: "/program",
      version: "1.2.3",
      nodeVersion: "20.19.0",
      now: () => new Date(0),
      interrupted: () => new AbortController().signal,
      ...host,
    },
    {
      openAssistant: async ({ corpusDir, indexDir }, _, collection) => {
        called.push({ corpusDir, indexDir, ...(collection === "" ? {} : { collection }) });
        return assistant;
      },
      keepCurrent: async ({ corpusDir, indexDir }) => {
        called.push({ corpusDir, indexDir });
        return {
          problems: assistant.problems,
          collections: () => [""],
          current: () => assistant as unknown as ReturnType<LiveAssistants["current"]>,
          follow: (collection) => {
            if (collection !== "") called.push({ collection });
            return assistant as unknown as ReturnType<LiveAssistants["follow"]>;
          },
          refresh: async () => Promise.reject(new Error("not asked for")),
          changeCorpus: async (change) => change(),
          close: async () => void called.push("closed"),
        };
      },
      serveTelegram: async (config, options) => void called.push(config.telegram, options),
      examineHealth: async () => "the bot that runs heard from Telegram 3 s ago",
      examineChatServer: async () => "a-model",
      examineBot: async () => ({ username: "news_bot", webhook: "" }),
      readCorpus: async () => ({ articles: ARTICLES, problems: [] }),
      planImport: async ({ onProgress: _, ...request }) => {
        called.push(request);
        const article = {
          id: "t" as ArticleId,
          title: "t",
          authors: [],
          paragraphs: [],
          source: "t.txt",
          repairs: 0,
        };
        const write = async () => void called.push("write");
        return { report: { articles: [article], skipped: [] }, write };
      },
      settleCorpus: async () => {},
      removeArticles: async (_, articles) => void called.push({ removed: articles.map(({ id }) => id) }),
      buildIndex: async ({ corpusDir, indexDir }) => {
        called.push({ corpusDir, indexDir });
        return { articles: 1, passages: 1, embeddedArticles: 0, problems: [] };
      },
      evaluate: async ({ corpusDir, indexDir }, { onProgress: _, ...folders }) => {
        called.push({ ...folders, corpusDir, indexDir });
        return { byLanguage: {} } as EvaluationReport;
      },
      hasNativeIndex: async () => true,
      segmentWords: async () => ["我们", "看", "报纸"],
      findPdfLibrary: async () => "1.2.3",
      examineArticles: async () => [],
      examineInbox: async () => ({ files: 2, unknown: [] }),
      lookAtFolder: async () => ({ kind: "folder", isReadable: true, isWritable: true, freeBytes: 9e9 }),
      measureFolder: async () => 2e6,
      loadModel: async () => "wenbao-multilingual-256",
      ...rooms,
    },
  );
  return { ended, stdout, stderr, asked, called, assistant };
}

/** As `start`, to the end: the exit code and what was said. */
export async function run(argv: readonly string[], changes: Changes = {}) {
  const { ended, stdout, stderr, asked, called } = start(argv, changes);
  const code = await ended;
  return { code, out: stdout.text(), err: stderr.text(), asked, called };
}
