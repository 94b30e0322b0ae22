/**
 * Measures one step of one system, in a process of its own so that its memory is its own, called in the program's
 * folder: measure.js build|ask PEER FOLDER. FOLDER holds articles.json, passages.json and questions.json; the peer's
 * files go to `store`, figures to build.json and ask.json.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { foldForSearch } from "../src/analysis/fold.ts";
import { segmentWords } from "../src/analysis/words.ts";
import { embeddedModelFolder } from "../src/assistant.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { messageOf } from "../src/errors.ts";
import { mean, ndcgAt, percentile, recallAt } from "../src/evaluation/metrics.ts";
import type { Question } from "./corpus.ts";
import { compareHnsw, type HnswFigures } from "./hnsw.ts";
import type { Material, Peer, Store, Tools } from "./peer.ts";

export interface BuildFigures {
  readonly ms: number;
  readonly peakMb: number;
  /** Why it could not be saved. */
  readonly notSaved?: string;
}

/** Milliseconds. */
export type Latency = Readonly<Record<"p50" | "p95" | "p99", number>>;
export type Quality = Readonly<Record<"recall@1" | "recall@5" | "ndcg@10", number>>;

export interface AskFigures {
  readonly openMs: number;
  /** Whether it had to be built again, because it was not saved. */
  readonly rebuilt: boolean;
  /** The embedded model, beside `openMs`. */
  readonly modelMs: number;
  /** Before model and peer were loaded. */
  readonly baseMb: number;
  readonly residentMb: number;
  readonly search: Latency;
  readonly answer?: Latency;
  readonly scan?: Latency;
  readonly quality: Quality;
  readonly byGroup: Readonly<Record<string, Quality>>;
  readonly hnsw?: HnswFigures;
}

/** Passages asked for, so that ten articles come of them. */
const LIMIT = 50;
const WARM_UP = 20;
const MB = 2 ** 20;
const EMBED_BATCH = 64;

const baseMb = process.memoryUsage().rss / MB;
const [step, id, folder] = process.argv.slice(2) as [string, string, string];
const store = join(folder, "store");
const own = id === "wenbao" || id === "exact";
const { peer } = (await import(own ? `./${id}.ts` : `./peers/${id}.ts`)) as { peer: Peer };

let began = performance.now();
const tools = await createTools(peer);
const modelMs = since(began);
await writeFile(
  join(folder, `${step}.json`),
  JSON.stringify(step === "build" ? await build() : await openAndAsk()),
);
// Libraries may hold timers or sockets open.
process.exit(0);

async function createTools({ kind }: Peer): Promise<Tools> {
  const none = () => {
    throw new Error(`${id} takes no vectors`);
  };
  const embedder = kind === "lexical" ? none : await loadEmbedder(embeddedModelFolder(process.cwd()));
  return {
    get embedder() {
      return typeof embedder === "function" ? embedder() : embedder;
    },
    embed: async (texts) => {
      const vectors: number[][] = [];
      for (let start = 0; start < texts.length; start += EMBED_BATCH) {
        const batch = await tools.embedder.pool(texts.slice(start, start + EMBED_BATCH));
        vectors.push(...batch.map((vector) => Array.from(vector)));
      }
      return vectors;
    },
    words: (text) => segmentWords(foldForSearch(text)).filter((word) => /[\p{L}\p{N}]/u.test(word)),
  };
}

async function build(): Promise<BuildFigures> {
  const material = await readMaterial();
  await mkdir(store);
  const start = performance.now();
  const built = await peer.build(material, tools);
  const saving = built.save?.(store) ?? Promise.reject(new Error("lives in memory only"));
  const notSaved = await saving.then(() => undefined, messageOf);
  const ms = since(start);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { ms, peakMb, ...(notSaved === undefined ? {} : { notSaved }) };
}

async function openAndAsk(): Promise<AskFigures> {
  const questions = await readJson<Question[]>("questions.json");
  const rebuilt = (await readJson<BuildFigures>("build.json")).notSaved !== undefined;
  const material = rebuilt ? await readMaterial() : undefined;
  began = performance.now();
  const opened = material ? await peer.build(material, tools) : await peer.open!(store, tools);
  const openMs = since(began);
  const ranked: string[][] = [];
  const search = await timeEach(questions, async ({ text }) => {
    ranked.push([...new Set(await opened.search(text, LIMIT))]);
  });
  const rankings = ranked.slice(-questions.length);
  const answer = opened.answer && (await timeEach(questions, ({ text }) => opened.answer!(text)));
  const residentMb = process.memoryUsage().rss / MB;
  const numbers = [...questions.keys()];
  const groups = new Set(questions.map(({ group }) => group));
  return {
    openMs,
    rebuilt,
    modelMs,
    baseMb,
    residentMb,
    search,
    ...(answer && { answer }),
    ...(await compareScans(opened, questions)),
    quality: qualityOf(questions, rankings, numbers),
    byGroup: Object.fromEntries(
      [...groups].map((group) => {
        const members = numbers.filter((i) => questions[i]!.group === group);
        return [group, qualityOf(questions, rankings, members)];
      }),
    ),
  };
}

/** What is measured on the questions' vectors alone, once memory has been. */
async function compareScans(
  { scan }: Store,
  questions: readonly Question[],
): Promise<Pick<AskFigures, "scan" | "hnsw">> {
  const graph = join(store, "index");
  if (!scan && !existsSync(graph)) return {};
  const vectors = await tools.embedder.embed(
    questions.map(({ text }) => text),
    "query",
  );
  if (scan) return { scan: await timeEach(vectors, (vector) => scan(vector, LIMIT)) };
  const hnsw = await compareHnsw(graph, vectors);
  return hnsw ? { hnsw } : {};
}

function qualityOf(
  questions: readonly Question[],
  rankings: readonly (readonly string[])[],
  members: readonly number[],
): Quality {
  const over = (metric: typeof recallAt, k: number) =>
    mean(members.map((i) => metric(rankings[i]!, new Set(questions[i]!.relevant), k)))!;
  return { "recall@1": over(recallAt, 1), "recall@5": over(recallAt, 5), "ndcg@10": over(ndcgAt, 10) };
}

/** The first ones are asked before the clock counts, too. */
async function timeEach<T>(inputs: readonly T[], run: (input: T) => unknown): Promise<Latency> {
  for (const input of inputs.slice(0, WARM_UP)) await run(input);
  const times: number[] = [];
  for (const input of inputs) {
    const start = performance.now();
    await run(input);
    times.push(since(start));
  }
  return { p50: percentile(times, 0.5)!, p95: percentile(times, 0.95)!, p99: percentile(times, 0.99)! };
}

async function readMaterial(): Promise<Material> {
  const [articles, passages] = [readJson<Material["articles"]>("articles.json"), readJson("passages.json")];
  return { articles: await articles, passages: (await passages) as Material["passages"] };
}

async function readJson<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(folder, name), "utf8"));
}

function since(start: number): number {
  return performance.now() - start;
}
