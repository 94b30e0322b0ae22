/**
 * How long one changed article takes to be in the answers while others are asked for: `npm run build && npx tsx
 * bench/refresh.ts [ARTICLES]` (2,000), composed of the sentences of our own data sets. Prints one line of JSON. The
 * program is the compiled one: loading TypeScript into its thread would take longer than the refresh.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { splitSentences } from "../src/analysis/sentences.ts";
import { embeddedModelFolder } from "../src/assistant.ts";
import { formatArticleFile } from "../src/corpus/article-file.ts";
import { percentile } from "../src/evaluation/metrics.ts";
import type { Answer } from "../src/types.ts";
import { seeded } from "../test/corpus/compose-page.ts";

type KeepCurrent = typeof import("../src/upkeep/keep-current.ts");
type Transformers = typeof import("../src/embedding/transformers.ts");
const compiled = (path: string) => import(new URL(`../dist/${path}`, import.meta.url).href);
const { keepCurrent } = (await compiled("upkeep/keep-current.js")) as KeepCurrent;
const { loadEmbedder } = (await compiled("embedding/transformers.js")) as Transformers;

const project = fileURLToPath(new URL("../", import.meta.url));
const [total = 2000] = process.argv.slice(2).map(Number);
const CHANGES = 5;
const SENTENCES_AN_ARTICLE = 16;
const CHANGED = "城东游泳馆每天早上七点开门";

interface Document {
  readonly text: string;
}

const texts: string[] = [];
for (const set of ["lists", "more-lists"]) {
  const lines = await readFile(join(project, "test/datasets", set, "corpus.jsonl"), "utf8");
  for (const line of lines.trim().split("\n")) texts.push((JSON.parse(line) as Document).text);
}
const sentences = texts.flatMap((text) =>
  splitSentences(text).map(({ start, end }) => text.slice(start, end)),
);
const random = seeded(1);
const root = await mkdtemp(join(tmpdir(), "wenbao-refresh-"));
const corpusDir = join(root, "corpus");
const article = (number: number, more = "") => {
  const chosen = Array.from(
    { length: SENTENCES_AN_ARTICLE },
    () => sentences[Math.floor(random() * sentences.length)]!,
  );
  const text = [chosen.slice(0, 8).join(""), chosen.slice(8).join(""), more]
    .filter((part) => part !== "")
    .join("\n\n");
  return formatArticleFile({
    id: `a-${number}`,
    title: chosen[0]!.slice(0, 20),
    authors: [],
    source: "bench",
    text,
  });
};
const pathOf = (number: number) => join(corpusDir, `a-${number}.md`);

try {
  await mkdir(corpusDir);
  for (let number = 0; number < total; number++) await writeFile(pathOf(number), article(number));
  const embedder = await loadEmbedder(embeddedModelFolder(project));
  const silent = () => {};
  const live = await keepCurrent({
    corpusDir,
    indexDir: join(root, "index"),
    embedder,
    onReading: silent,
    onIndexing: silent,
    log: { debug: silent, info: silent, warn: console.error, error: console.error },
  });
  const assistant = live.follow("");
  const questions = sentences
    .filter((_, i) => i % 97 === 0)
    .slice(0, 20)
    .map((sentence) => `${sentence.slice(0, 12)}？`);
  const before = await Promise.all(questions.map((question) => assistant.ask(question)));
  const said = (answer: Answer) =>
    JSON.stringify("quotes" in answer ? answer.quotes.map(({ text }) => text) : answer);
  // What watching has begun with is over by then.
  await new Promise((resolve) => setTimeout(resolve, 5000));

  const refreshMs: number[] = [];
  const answerMs: number[] = [];
  let different = 0;
  for (let change = 0; change < CHANGES; change++) {
    const text = `${CHANGED}，${change + 1}号厅除外。`;
    await writeFile(pathOf(total + 1), article(total + 1, text));
    const start = performance.now();
    for (let asked = 0; !assistant.articles.some((one) => one.text.includes(text)); asked++) {
      const at = asked % questions.length;
      const askedAt = performance.now();
      const answer = await assistant.ask(questions[at]!);
      answerMs.push(performance.now() - askedAt);
      if (said(answer) !== said(before[at]!)) different++;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    refreshMs.push(performance.now() - start);
  }
  const round = (value: number | null) => Math.round(value ?? Number.NaN);
  console.log(
    JSON.stringify({
      articles: total,
      passages: assistant.passages,
      refreshMs: refreshMs.map((ms) => round(ms)),
      answersMeanwhile: answerMs.length,
      different,
      answerMs: { p50: round(percentile(answerMs, 0.5)), p99: round(percentile(answerMs, 0.99)) },
    }),
  );
  await live.close();
} finally {
  await rm(root, { recursive: true, force: true });
}
