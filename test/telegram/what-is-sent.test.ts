import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { embeddedModelFolder, openAssistant } from "../../src/assistant.ts";
import { paragraphSpans } from "../../src/corpus/article-file.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { buildIndex } from "../../src/index/build.ts";
import { openStore } from "../../src/store/store.ts";
import { createBot } from "../../src/telegram/bot.ts";
import { escapeHtml } from "../../src/telegram/html.ts";
import type { Article, ArticleId } from "../../src/types.ts";
import { makeFolder, projectPath } from "../index/sample.ts";
import type { Shown } from "../support/fake-bot-api/shown.ts";
import { type FakeBotApi, ME, startFakeBotApi } from "../support/fake-bot-api.ts";
import { libraryOf, makeMetrics, NO_EDITOR, SETTINGS } from "../support/serve-bot.ts";
import { readTelegramHtml } from "./html.ts";

let embedder: Embedder;
beforeAll(async () => {
  embedder = await loadEmbedder(embeddedModelFolder(projectPath()));
});

/** Sentences that many of the articles hold. */
const SENTENCES = [
  "一是严格检查。二是加强培训。三是落实责任。",
  "开工日期为2025年3月1日。",
  "The price is 30 yuan. ",
];
const OWN_WORDS = ["开工日期是哪天？", "严格检查，加强培训，落实责任有哪些？", "What is the price in yuan?"];

/** What damaged files, markup, other scripts and long lines may leave in an article. */
const anyPiece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "<b>粗</b>",
    "&amp;",
    "</blockquote>",
    "\u202E",
    "\0",
    "\uD800",
    "👩‍🌾",
    "@Wenbao_Bot",
    "/start",
  ),
  fc.constantFrom(...SENTENCES),
  fc.string({ unit: fc.constantFrom("长", "。", "&", "𠮷"), minLength: 200, maxLength: 2500 }),
);
const anyText = fc.array(anyPiece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(""));
const anyArticle = fc.record({
  title: anyText,
  authors: fc.array(anyText, { maxLength: 3 }),
  text: fc.array(anyText, { minLength: 1, maxLength: 6 }).map((paragraphs) => paragraphs.join("\n\n")),
});
/** Of the articles' own words too, for what is not found is shown without a quote. */
const anyQuestion = fc.oneof(
  fc.constantFrom(...OWN_WORDS),
  fc.constantFrom("有哪些措施？", "什么时候开工？", "What is the price?", "谁写的？", "文章的标题是什么"),
  anyText,
);

describe("whatever the articles and the question", () => {
  it("Telegram takes what is sent, and every quote stands in its article word for word", async () => {
    let quotations = 0;
    const articles = fc.array(anyArticle, { minLength: 1, maxLength: 3 });
    const language = fc.constantFrom("en", "zh-hans", "zh-hant");
    await fc.assert(
      fc.asyncProperty(articles, anyQuestion, language, async (contents, question, language_code) => {
        const telegram = await startFakeBotApi();
        const store = openStore(await makeFolder());
        try {
          const corpus = contents.map((content, i) => toArticle(content, i));
          const handle = await openBot(telegram, corpus, store);
          const you = telegram.private(7, { language_code });
          const group = telegram.group(-100).member(7, { language_code });
          you.says(question);
          group.says(`/ask ${question}`);
          await handle();
          for (const person of [you, group])
            for (const shown of person.messages.filter(({ isByBot }) => isByBot)) {
              quotations += expectVerbatim(shown, corpus);
              for (const button of shown.buttons) {
                const now = () => person.messages.find(({ id }) => id === shown.id)!;
                if (!now().buttons.includes(button)) continue;
                person.presses(now(), button);
                await handle();
                quotations += expectVerbatim(now(), corpus);
              }
            }
          const inline = you.asksInline(question.slice(0, 256));
          const all = you.asksInline("");
          await handle();
          for (const query of [inline, all]) expect((await query.answer()).results).toBeDefined();
          const refused = telegram.calls.filter(({ response }) => response?.ok === false);
          expect(refused.map(({ method, payload, response }) => ({ method, payload, response }))).toEqual([]);
        } finally {
          store.close();
          await telegram.close();
        }
      }),
      { numRuns: 30 },
    );
    expect(quotations).toBeGreaterThan(10);
  }, 120_000);
});

function toArticle(
  { title, authors, text }: Pick<Article, "title" | "authors" | "text">,
  i: number,
): Article {
  const id = `article-${i}` as ArticleId;
  return { id, collection: "", title, authors, source: "a<b>.txt", text, paragraphs: paragraphSpans(text) };
}

/** Gives what has the bot handle all that is said to it. */
async function openBot(
  telegram: FakeBotApi,
  articles: readonly Article[],
  store: ReturnType<typeof openStore>,
) {
  const indexDir = await makeFolder();
  await buildIndex({ articles, indexDir, embedder });
  const library = libraryOf(await openAssistant({ articles, indexDir, embedder }));
  const log = {
    debug() {},
    info() {},
    warn() {},
    error: (event: string, fields?: object) => fail(event, fields),
  };
  const { token, apiRoot } = telegram;
  const { bot } = createBot({
    token,
    apiRoot,
    botInfo: ME,
    library,
    store,
    stateDir: indexDir,
    metrics: makeMetrics(),
    editor: NO_EDITOR,
    groupQuestions: async (questions) => questions.map((_, place) => [place]),
    settings: SETTINGS,
    log,
    now: () => new Date(),
  });
  let offset = 0;
  return async () => {
    for (const update of telegram.pending().filter(({ update_id }) => update_id >= offset)) {
      offset = update.update_id + 1;
      await bot.handleUpdate(update);
    }
  };
}

function fail(event: string, fields: object = {}): never {
  throw new Error(`${event} ${JSON.stringify(fields)}`);
}

/** Every quotation that is not cut stands in an article, but for what no message can hold. Gives how many there are. */
function expectVerbatim({ text, entities }: Shown, articles: readonly Article[]): number {
  const whole = articles.map((one) =>
    readTelegramHtml(escapeHtml([one.text, one.title, one.authors.join("、")].join("\n"))),
  );
  const quotations = entities
    .filter(({ type }) => type === "blockquote")
    .map(({ offset, length }) => text.slice(offset, offset + length));
  for (const quoted of quotations) {
    if (quoted.endsWith("…")) continue;
    expect(
      whole.some((article) => article.includes(quoted)),
      quoted,
    ).toBe(true);
  }
  return quotations.length;
}
