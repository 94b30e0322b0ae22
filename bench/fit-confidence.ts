/**
 * Fits the two logistic regressions of src/answering/confidence.ts: tsx bench/fit-confidence.ts DATASET[:LANG] …
 *
 * Answerable questions: the tune half of test/datasets/articles, and those of each dataset whose document is there
 * after every second document was taken out. Unanswerable ones: the others, and all of the dataset's questions asked
 * of the shipped articles. Prints the weights and, for a range of thresholds, who is refused.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConfidenceFeatures, confidenceFeatures } from "../src/answering/confidence.ts";
import { investigate } from "../src/answering/investigate.ts";
import { embeddedModelFolder } from "../src/assistant.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import type { Embedder } from "../src/embedding/embedder.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { type DatasetQuery, readDataset } from "../src/evaluation/dataset.ts";
import { buildIndex } from "../src/index/build.ts";
import { openIndex } from "../src/index/open.ts";
import { createTokenTable } from "../src/retrieval/token-table.ts";
import type { Article } from "../src/types.ts";

interface Example {
  readonly group: string;
  readonly features: ConfidenceFeatures;
  readonly sharesLanguage: boolean;
  readonly answerable: boolean;
}

type Name = keyof ConfidenceFeatures;
const SAME: readonly Name[] = ["article", "coverage", "passageCosine", "evidenceCosine", "time", "size"];
const CROSS: readonly Name[] = [
  "article",
  "evidence",
  "passageCosine",
  "evidenceCosine",
  "number",
  "time",
  "length",
];
const QUESTIONS_PER_LANGUAGE = 400;
const RIDGE = 1e-4;
const STEPS = 20_000;

const root = join(import.meta.dirname, "..");
const embedder = await loadEmbedder(embeddedModelFolder(root));
const shipped = (await readCorpus(join(root, "corpus"))).articles;
const own = await readDataset(join(root, "test/datasets/articles"));
const examples = await examplesOf(
  "articles",
  shipped,
  own.queries.filter(({ split, kind }) => split === "tune" && kind !== "meta"),
);
for (const argument of process.argv.slice(2)) {
  const [folder = "", language] = argument.split(":");
  const { articles = [], queries, name } = await readDataset(folder);
  const asked = sample(queries.filter((query) => language === undefined || query.language === language));
  const kept = articles.filter((_, i) => i % 2 === 0);
  const ids = new Set(kept.map(({ id }) => id));
  const halved = asked.map((query) => {
    return {
      ...query,
      answerable: query.answerable && [...(query.relevant ?? [])].some((id) => ids.has(id)),
    };
  });
  examples.push(...(await examplesOf(`${name} halved`, kept, halved)));
  const elsewhere = asked.map((query) => ({ ...query, answerable: false }));
  examples.push(...(await examplesOf(`${name} elsewhere`, shipped, elsewhere)));
}
report(
  "same language",
  examples.filter(({ sharesLanguage }) => sharesLanguage),
  SAME,
);
report(
  "cross language",
  examples.filter(({ sharesLanguage }) => !sharesLanguage),
  CROSS,
);

function sample<T>(list: readonly T[]): T[] {
  const step = Math.max(1, list.length / QUESTIONS_PER_LANGUAGE);
  return Array.from(
    { length: Math.min(list.length, QUESTIONS_PER_LANGUAGE) },
    (_, i) => list[Math.floor(i * step)]!,
  );
}

async function examplesOf(
  group: string,
  articles: readonly Article[],
  queries: readonly Pick<DatasetQuery, "text" | "answerable" | "language">[],
): Promise<Example[]> {
  const parts = await openParts(articles, embedder);
  const found: Example[] = [];
  for (const { text, answerable, language } of queries) {
    const { retrieval, evidence } = await investigate(text, parts);
    if (evidence[0] === undefined) continue;
    const features = await confidenceFeatures(retrieval, evidence[0], parts);
    found.push({
      group: `${group} ${language}`,
      features,
      sharesLanguage: retrieval.query.sharesLanguage,
      answerable,
    });
  }
  return found;
}

async function openParts(articles: readonly Article[], model: Embedder) {
  const indexDir = await mkdtemp(join(tmpdir(), "wenbao-fit-"));
  try {
    await buildIndex({ articles, indexDir, embedder: model });
    const index = await openIndex({ articles, indexDir, embedder: model });
    return { index, embedder: model, table: createTokenTable(model) };
  } finally {
    await rm(indexDir, { recursive: true, force: true });
  }
}

/** Gradient descent with momentum on the weighted log loss: each group's two classes weigh by the root of their size. */
function fitModel(rows: readonly Example[], names: readonly Name[]): number[] {
  const sizes = new Map<string, number>();
  const classOf = ({ group, answerable }: Example) => `${group} ${answerable}`;
  for (const row of rows) sizes.set(classOf(row), (sizes.get(classOf(row)) ?? 0) + 1);
  const weights = rows.map(
    (row) => (row.group.startsWith("articles ") ? 3 : 1) / Math.sqrt(sizes.get(classOf(row))!),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const inputs = rows.map(({ features }) => [1, ...names.map((name) => features[name])]);
  const model = new Array<number>(names.length + 1).fill(0);
  const velocity = new Array<number>(model.length).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = model.map((value, i) => (i === 0 ? 0 : 2 * RIDGE * value));
    rows.forEach(({ answerable }, r) => {
      const error = (weights[r]! / total) * (probability(model, inputs[r]!) - (answerable ? 1 : 0));
      for (let i = 0; i < model.length; i++) gradient[i]! += error * inputs[r]![i]!;
    });
    for (let i = 0; i < model.length; i++) {
      velocity[i] = 0.95 * velocity[i]! - gradient[i]!;
      model[i]! += velocity[i]!;
    }
  }
  return model;
}

function probability(model: readonly number[], input: readonly number[]): number {
  return 1 / (1 + Math.exp(-model.reduce((sum, weight, i) => sum + weight * input[i]!, 0)));
}

function report(title: string, rows: readonly Example[], names: readonly Name[]): void {
  const model = fitModel(rows, names);
  const shown = names.map((name, i) => `${name} ${model[i + 1]!.toFixed(2)}`);
  console.log(`${title}: bias ${model[0]!.toFixed(2)}, ${shown.join(", ")}`);
  const confidences = rows.map(({ features }) =>
    probability(model, [1, ...names.map((name) => features[name])]),
  );
  for (const threshold of [0.1, 0.15, 0.2, 0.25, 0.3, 0.36, 0.4, 0.5]) {
    const refused = (keep: (row: Example) => boolean) => {
      const chosen = rows.flatMap((row, r) => (keep(row) ? [confidences[r]!] : []));
      if (chosen.length === 0) return "–";
      return `${((100 * chosen.filter((value) => value < threshold).length) / chosen.length).toFixed(1)} %`;
    };
    const groups = [...new Set(rows.map(({ group }) => group))].map((group) => {
      const answerable = refused((row) => row.group === group && row.answerable);
      return `${group} ${answerable} / ${refused((row) => row.group === group && !row.answerable)}`;
    });
    console.log(`  below ${threshold}: answerable / unanswerable refused: ${groups.join("; ")}`);
  }
}
