/**
 * Fits the regressions of src/answering/confidence.ts: tsx bench/fit-confidence.ts DATASET:LANG:WEIGHT …
 *
 * Each dataset is asked with each half of its documents taken out in turn, of the shipped articles, and with the
 * sentences taken out that hold the answer: so for every question there is an index that answers it, some that do not
 * tell of its subject, and one that tells of the subject and not what is asked. The tune half of our own questions is
 * added. Prints the models and, for a range of thresholds, who is refused.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { splitSentences } from "../src/analysis/sentences.ts";
import { type ConfidenceFeatures, confidenceFeatures } from "../src/answering/confidence.ts";
import { investigate } from "../src/answering/investigate.ts";
import { embeddedModelFolder } from "../src/assistant.ts";
import { paragraphSpans } from "../src/corpus/article-file.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { type DatasetQuery, readDataset } from "../src/evaluation/dataset.ts";
import { judge } from "../src/evaluation/gold.ts";
import { buildIndex } from "../src/index/build.ts";
import { openIndex } from "../src/index/open.ts";
import { createTokenTable } from "../src/retrieval/token-table.ts";
import type { Answer, Article } from "../src/types.ts";
import { dot, fit, sigmoid } from "./logistic.ts";

/** Whether the index answers the question, tells of its subject only ("near"), or of neither ("absent"). */
type State = "answered" | "near" | "absent";

interface Example {
  readonly group: string;
  readonly state: State;
  /** In the fit of the first condition, and of the second, which our own questions lead. */
  readonly weight: number;
  readonly saidWeight: number;
  readonly sharesLanguage: boolean;
  /** Whether one of the first three sentences holds the answer. */
  readonly isRight: boolean;
  readonly features: ConfidenceFeatures;
}

type Asked = Pick<DatasetQuery, "text" | "gold"> & { readonly state: State };
type Name = keyof ConfidenceFeatures;

const SUBJECT: readonly Name[] = [
  "nearby",
  "nearbyCoverage",
  "nearbyFresh",
  "nearbyFocus",
  "passage",
  "passageCosine",
  "missed",
  "worst",
  "margin",
  "size",
  "coverage",
  "evidence",
  "standout",
  "lexical",
  "missingNumbers",
  "heaviest",
];
const SAID: readonly Name[] = [
  "fresh",
  "contextFresh",
  "focus",
  "contextFocus",
  "nearbyFocus",
  "least",
  "nearbyLeast",
  "coverage",
  "cosine",
  "number",
  "quantity",
  "time",
  "missingNumbers",
];
/** Across languages no term is shared… */
const LEXICAL: readonly Name[] = ["nearbyCoverage", "coverage", "lexical", "heaviest"];
/** …and a short question meets something by chance. */
const CROSS_SUBJECT: readonly Name[] = [
  ...SUBJECT.filter((name) => !LEXICAL.includes(name)),
  "cosine",
  "length",
  "otherScript",
];
const CROSS_SAID: readonly Name[] = [...SAID.filter((name) => !LEXICAL.includes(name)), "otherScript"];

const OWN_WEIGHT = 4;
const QUESTIONS_PER_LANGUAGE = 800;
/** Each takes the answers of another question of each document out. */
const CUTS = 2;
/** What a dataset counts for beside our own questions in the second condition. */
const DATASET_DISCOUNT = 12;
const QUANTILES = [0.002, 0.005, 0.01, 0.015, 0.02, 0.03];

const { positionals } = parseArgs({ allowPositionals: true });
const root = join(import.meta.dirname, "..");
const embedder = await loadEmbedder(embeddedModelFolder(root));
const shipped = (await readCorpus(join(root, "corpus"))).articles;
const examples: Example[] = [];

const own = (await readDataset(join(root, "test/datasets/articles"))).queries.filter(
  ({ split, kind }) => split === "tune" && (kind === "fact" || kind?.startsWith("unanswerable")),
);
const stateOf = ({ answerable, kind }: DatasetQuery): State =>
  answerable ? "answered" : kind === "unanswerable-near" ? "near" : "absent";
await ask(
  "own",
  OWN_WEIGHT,
  shipped,
  own.map((query) => ({ ...query, state: stateOf(query) })),
);
for (const argument of positionals) {
  const [folder = "", language = "", weight = "1"] = argument.split(":");
  const { articles = [], queries, name } = await readDataset(folder);
  const asked = sample(queries.filter((query) => query.language === language));
  const group = `${name}:${language}`;
  for (const half of [0, 1]) {
    const kept = articles.filter((_, i) => i % 2 === half);
    const ids = new Set(kept.map(({ id }) => id));
    const states = asked.map((query) => ({
      ...query,
      state: [...(query.relevant ?? [])].some((id) => ids.has(id)) ? "answered" : "absent",
    }));
    await ask(group, Number(weight), kept, states as Asked[]);
  }
  for (let cut = 0; cut < CUTS; cut++) {
    const cutOut = new Map(
      articles.map(({ id }) => [id, asked.filter(({ relevant }) => relevant?.has(id))[cut]]),
    );
    const rest = articles.map((article) => without(article, cutOut.get(article.id)));
    const chosen = [...cutOut.values()].flatMap((query) => query ?? []);
    await ask(
      group,
      Number(weight),
      rest,
      chosen.map((query) => ({ ...query, state: "near" })),
    );
  }
  const elsewhere = asked.slice(0, QUESTIONS_PER_LANGUAGE / 4);
  await ask(
    group,
    Number(weight) / 20,
    shipped,
    elsewhere.map((query) => ({ ...query, state: "absent" })),
  );
}
report("same language", true, SUBJECT, SAID);
report("cross language", false, CROSS_SUBJECT, CROSS_SAID);

function sample<T>(list: readonly T[]): T[] {
  const step = Math.max(1, list.length / QUESTIONS_PER_LANGUAGE);
  return Array.from(
    { length: Math.min(list.length, QUESTIONS_PER_LANGUAGE) },
    (_, i) => list[Math.floor(i * step)]!,
  );
}

/** The article less the sentences that hold the answer to a question. */
function without(article: Article, query: DatasetQuery | undefined): Article {
  const gold = query?.gold;
  if (!gold) return article;
  const sentences = splitSentences(article.text).map(({ start, end }) => article.text.slice(start, end));
  const text = sentences.filter((sentence) => !holds([sentence], { gold })).join("");
  return text === "" ? article : { ...article, text, paragraphs: paragraphSpans(text) };
}

function holds(texts: readonly string[], { gold }: Pick<DatasetQuery, "gold">): boolean {
  const answer = { kind: "answered", quotes: texts.map((text) => ({ text })) } as unknown as Answer;
  return gold !== null && judge(answer, gold).hit;
}

/** Adds an example for each question; those of one call and state weigh `weight` together. */
async function ask(
  group: string,
  weight: number,
  articles: readonly Article[],
  questions: readonly Asked[],
): Promise<void> {
  const indexDir = await mkdtemp(join(tmpdir(), "wenbao-fit-"));
  try {
    await buildIndex({ articles, indexDir, embedder });
    const index = await openIndex({ articles, indexDir, embedder });
    const parts = { index, embedder, table: createTokenTable(embedder) };
    for (const query of questions) {
      const { retrieval, evidence } = await investigate(query.text, parts);
      if (evidence.length === 0) continue;
      const alike = questions.filter(({ state }) => state === query.state).length;
      const texts = evidence.slice(0, 3).map(({ article, span }) => article.text.slice(span.start, span.end));
      examples.push({
        group,
        state: query.state,
        weight: weight / alike,
        saidWeight: Math.sqrt(weight) / alike / (group === "own" ? 1 : DATASET_DISCOUNT),
        sharesLanguage: retrieval.query.sharesLanguage,
        isRight: query.state === "answered" && holds(texts, query),
        features: await confidenceFeatures(retrieval, evidence, parts),
      });
    }
  } finally {
    await rm(indexDir, { recursive: true, force: true });
  }
  process.stderr.write(`${group}: ${questions.length} questions of ${articles.length} articles\n`);
}

function report(
  title: string,
  sharesLanguage: boolean,
  subjectNames: readonly Name[],
  saidNames: readonly Name[],
): void {
  const rows = examples.filter((example) => example.sharesLanguage === sharesLanguage);
  const inputs = (names: readonly Name[], { features }: Example) => names.map((name) => features[name]);
  const fitCondition = (names: readonly Name[], missing: State) =>
    fit(
      rows
        .filter(({ state }) => state === "answered" || state === missing)
        .map((row) => ({
          input: inputs(names, row),
          target: row.state === "answered",
          weight: missing === "near" ? row.saidWeight : row.weight,
        })),
    );
  const subject = fitCondition(subjectNames, "absent");
  const said = fitCondition(saidNames, "near");
  const scored = rows.map((row) => ({
    ...row,
    subject: sigmoid(dot(subject, [1, ...inputs(subjectNames, row)])),
    said: sigmoid(dot(said, [1, ...inputs(saidNames, row)])),
  }));
  const calibration = fit(
    scored
      .filter(({ state }) => state !== "near")
      .map((row) => ({
        input: [Math.log(row.subject), Math.log(row.said)],
        target: row.isRight,
        weight: row.weight,
      })),
  );
  const show = (names: readonly string[], model: readonly number[]) =>
    `bias: ${model[0]!.toFixed(2)}, ${names.map((name, i) => `${name}: ${model[i + 1]!.toFixed(2)}`).join(", ")}`;
  console.log(`${title}\n  subject ${show(subjectNames, subject)}\n  said ${show(saidNames, said)}`);
  console.log(`  calibration ${show(["subject", "said"], calibration)}`);
  const reference = scored.filter((row) => row.state === "answered" && row.group === mainGroup(rows));
  for (const first of QUANTILES) {
    for (const second of QUANTILES) {
      const thresholds = [
        quantile(
          reference.map((row) => row.subject),
          first,
        ),
        quantile(
          reference.map((row) => row.said),
          second,
        ),
      ];
      const refused = (group: string, wanted: State) => {
        const chosen = scored.filter((row) => row.group === group && row.state === wanted);
        const out = chosen.filter((row) => row.subject < thresholds[0]! || row.said < thresholds[1]!);
        return chosen.length === 0 ? "–" : ((100 * out.length) / chosen.length).toFixed(1);
      };
      const groups = [...new Set(rows.map(({ group }) => group))].map(
        (group) =>
          `${group} ${refused(group, "answered")} / ${refused(group, "near")} / ${refused(group, "absent")}`,
      );
      console.log(`  ${thresholds.map((value) => value.toFixed(3)).join(" ")}: ${groups.join("; ")}`);
    }
  }
}

/** The group that weighs most, our own aside: its answered questions give the thresholds. */
function mainGroup(rows: readonly Example[]): string {
  const groups = [...new Set(rows.map(({ group }) => group))].filter((group) => group !== "own");
  const weightOf = (wanted: string) =>
    rows.reduce((sum, { group, weight }) => sum + (group === wanted ? weight : 0), 0);
  return groups.sort((one, other) => weightOf(other) - weightOf(one))[0]!;
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * values.length)]!;
}
