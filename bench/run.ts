/**
 * Speed and memory of the whole path at several sizes, and of its parts beside their plain versions, in one run:
 * tsx bench/run.ts [--sizes 1000,10000]. The mass is made of the shipped articles' sentences in random order.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { splitSentences } from "../src/analysis/sentences.ts";
import { embeddedModelFolder, openAssistant } from "../src/assistant.ts";
import { paragraphSpans } from "../src/corpus/article-file.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { readDataset } from "../src/evaluation/dataset.ts";
import { percentile } from "../src/evaluation/metrics.ts";
import { buildIndex } from "../src/index/build.ts";
import { readBuildInForce } from "../src/index/build-folder.ts";
import { decodeData } from "../src/index/data.ts";
import { loadHnswlib, openExact, openHnsw } from "../src/index/vectors.ts";
import type { Article, ArticleId } from "../src/types.ts";

const QUESTIONS = 200;
const SENTENCES_PER_ARTICLE = 12;

const USAGE =
  "npm run --silent bench -- [--sizes 1000,10000]   passages to measure at, beside the shipped ones";
const { values } = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const root = join(import.meta.dirname, "..");
const shipped = (await readCorpus(join(root, "corpus"))).articles;
const sentences = shipped.flatMap(({ text }) =>
  splitSentences(text).map(({ start, end }) => text.slice(start, end)),
);
const { queries } = await readDataset(join(root, "test/datasets/articles"));
const questions = queries.slice(0, QUESTIONS).map(({ text }) => text);

let began = performance.now();
const embedder = await loadEmbedder(embeddedModelFolder(root));
console.log(`model loaded in ${since(began)} ms`);
console.log("passages  build ms  open ms  ask p50  p95  p99 ms  HNSW ÷ exact  recall@10  resident MB");
await measure(shipped);
for (const size of values.sizes.split(",").map(Number)) await measure([...shipped, ...mass(size)]);

function readArguments() {
  try {
    return parseArgs({
      options: {
        sizes: { type: "string", default: "1000,10000" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

async function measure(articles: readonly Article[]): Promise<void> {
  const indexDir = await mkdtemp(join(tmpdir(), "wenbao-bench-"));
  try {
    began = performance.now();
    const { passages } = await buildIndex({ articles, indexDir, embedder });
    const build = since(began);
    began = performance.now();
    const assistant = await openAssistant({ articles, indexDir, embedder });
    const open = since(began);
    for (const question of questions.slice(0, 20)) await assistant.ask(question);
    const times = await timeEach(questions, (question) => assistant.ask(question));
    const shown = [0.5, 0.95, 0.99].map((share) => percentile(times, share)!.toFixed(1));
    const search = await compareSearch(indexDir);
    const resident = (process.memoryUsage().rss / 2 ** 20).toFixed(0);
    console.log([passages, build, open, ...shown, ...search, resident].join("  "));
  } finally {
    await rm(indexDir, { recursive: true, force: true });
  }
}

/** Time of HNSW as a share of exact search's, and the share of the exact ten that it finds, on the questions' vectors. */
async function compareSearch(indexDir: string): Promise<string[]> {
  const lib = loadHnswlib();
  const build = await readBuildInForce(indexDir);
  if (lib === undefined || build?.graph === undefined) return ["–", "–"];
  const exact = openExact(decodeData(build.files).vectors, embedder.dimensions);
  const hnsw = openHnsw(lib, embedder.dimensions, build.graph);
  const vectors = await embedder.embed(questions, "query");
  let found = 0;
  const slow = await timeEach(vectors, (vector) => exact.search(vector, 40));
  const fast = await timeEach(vectors, (vector) => hnsw.search(vector, 40));
  for (const vector of vectors) {
    const wanted = new Set(exact.search(vector, 10).map(({ passage }) => passage));
    found += hnsw.search(vector, 10).filter(({ passage }) => wanted.has(passage)).length / wanted.size;
  }
  return [(percentile(fast, 0.5)! / percentile(slow, 0.5)!).toFixed(2), (found / vectors.length).toFixed(3)];
}

/** Articles of random sentences that come to at least `size` passages. */
function mass(size: number): Article[] {
  let state = 1;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const perArticle = SENTENCES_PER_ARTICLE / 2.5;
  return Array.from({ length: Math.ceil(size / perArticle) }, (_, i) => {
    const picked = Array.from(
      { length: SENTENCES_PER_ARTICLE },
      () => sentences[Math.floor(random() * sentences.length)]!,
    );
    const text = picked.join("");
    return {
      id: `mass-${i}` as ArticleId,
      collection: "",
      title: `第${i + 1}号`,
      authors: [],
      source: "bench",
      text,
      paragraphs: paragraphSpans(text),
    };
  });
}

async function timeEach<T>(inputs: readonly T[], run: (input: T) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (const input of inputs) {
    const start = performance.now();
    await run(input);
    times.push(performance.now() - start);
  }
  return times;
}

function since(start: number): string {
  return (performance.now() - start).toFixed(0);
}
