/**
 * Fits how enumerations without markers are read (src/answering/borders.ts) or whether the best list is meant
 * (src/answering/list-choice.ts): tsx bench/fit-lists.ts borders|choice DATASET…
 *
 * Datasets with lists say what is right; sentences of their articles that hold no list, what is none. For the choice,
 * questions of other datasets are ones for facts, whose answer a list that is given must hold. Prints the weights.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldForComparison } from "../src/analysis/fold.ts";
import { type Cut, itemsOf, readingsOf, scoreReading } from "../src/answering/borders.ts";
import { asList } from "../src/answering/enumerations.ts";
import { type Findings, investigate } from "../src/answering/investigate.ts";
import { cutsNear, relevanceOf } from "../src/answering/list-candidates.ts";
import { choiceFeatures, meetsMoreThanNumber, namedList } from "../src/answering/list-choice.ts";
import { rankLists } from "../src/answering/list-ranking.ts";
import type { TextList } from "../src/answering/lists.ts";
import { embeddedModelFolder } from "../src/assistant.ts";
import { readCorpus } from "../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { type DatasetQuery, readDataset } from "../src/evaluation/dataset.ts";
import { judge } from "../src/evaluation/gold.ts";
import { buildIndex } from "../src/index/build.ts";
import { openIndex } from "../src/index/open.ts";
import type { RetrievalParts } from "../src/retrieval/retrieve.ts";
import { createTokenTable } from "../src/retrieval/token-table.ts";
import type { Answer } from "../src/types.ts";
import { fit, type Row } from "./logistic.ts";

/** Readings of a sentence that are compared, the best by the weights in force. */
const READINGS = 40;
/** What a sentence without a list counts for beside one with a list. */
const NONE_WEIGHT = 0.3;
/** The same of a question for a fact. */
const FACT_WEIGHT = 0.4;
const STEPS = 600;
const STEP_SIZE = 0.05;
const RIDGE = 1e-4;
const CHOICE_RIDGE = 3e-4;

interface Reading {
  readonly features: ReadonlyMap<number, number>;
  readonly isRight: boolean;
}

const [what = "", ...folders] = process.argv.slice(2);
const root = join(import.meta.dirname, "..");
const embedder = await loadEmbedder(embeddedModelFolder(root));
const names: string[] = [];
const sentences: Reading[][] = [];
const choices: Row[] = [];
for (const folder of folders) {
  const { articles = (await readCorpus(join(root, "corpus"))).articles, queries } = await readDataset(folder);
  const indexDir = await mkdtemp(join(tmpdir(), "wenbao-fit-"));
  try {
    await buildIndex({ articles, indexDir, embedder });
    const index = await openIndex({ articles, indexDir, embedder });
    const parts = { index, embedder, table: createTokenTable(embedder) };
    const gold = goldOf(queries);
    for (const query of queries) {
      if (!/^(?:zh|en)$/u.test(query.language)) continue;
      const findings = await investigate(query.text, parts);
      if (findings.evidence.length === 0) continue;
      if (what === "choice") await addChoice(query, findings, parts);
      else await addSentences(gold, findings, parts);
    }
  } finally {
    await rm(indexDir, { recursive: true, force: true });
  }
  process.stderr.write(`${folder}: ${queries.length} questions\n`);
}
const weights = what === "choice" ? fit(choices, CHOICE_RIDGE) : fitBeside(sentences);
if (what === "choice") names.unshift("bias");
console.log(names.map((name, i) => `${name}: ${weights[i]!.toFixed(2)}`).join(", "));

/** The items of each article's lists. */
function goldOf(queries: readonly DatasetQuery[]): Map<string, string[][]> {
  const gold = new Map<string, string[][]>();
  for (const { list, relevant } of queries) {
    const [id] = relevant ?? [];
    if (list && id !== undefined) gold.set(id, [...(gold.get(id) ?? []), list.items.map(foldForComparison)]);
  }
  return gold;
}

async function addSentences(
  gold: ReadonlyMap<string, string[][]>,
  findings: Findings,
  parts: RetrievalParts,
): Promise<void> {
  const cuts = cutsNear(findings);
  const relevance = await relevanceOf(cuts, findings, parts);
  const bySentence = new Map<string, Cut[]>();
  for (const cut of cuts) {
    const { article, sentence } = cut.enumeration;
    const key = `${article.id} ${sentence.start}`;
    bySentence.set(key, [...(bySentence.get(key) ?? []), cut]);
  }
  for (const group of bySentence.values()) {
    const readings = group.flatMap((cut) =>
      [...readingsOf(cut, relevance)].map((reading) => ({
        start: reading.start,
        end: reading.end,
        score: scoreReading(reading),
        features: flatten(reading.features),
        texts: textsOf(asList(cut.enumeration, itemsOf(reading))),
      })),
    );
    const { article } = group[0]!.enumeration;
    const lists = gold.get(article.id) ?? [];
    const judged = readings.map((reading) => ({
      ...reading,
      isRight: lists.some((items) => items.join("\n") === reading.texts.join("\n")),
    }));
    const start = Math.min(...readings.map((reading) => reading.start));
    const end = Math.max(...readings.map((reading) => reading.end));
    const text = foldForComparison(article.text.slice(start, end));
    // One with markers, or one that no reading tells.
    if (lists.flat().some((item) => text.includes(item)) && !judged.some(({ isRight }) => isRight)) continue;
    const best = judged.sort((a, b) => b.score - a.score).slice(0, READINGS);
    sentences.push([...new Set([...judged.filter(({ isRight }) => isRight), ...best])]);
  }
}

function textsOf({ article, items }: TextList): string[] {
  return items.map(({ start, end }) => foldForComparison(article.text.slice(start, end)));
}

/** The features that are not 0, by number; their names are kept in `names`. */
function flatten(features: Readonly<Record<string, Readonly<Record<string, number | undefined>>>>) {
  const flat = new Map<number, number>();
  for (const [table, own] of Object.entries(features)) {
    for (const [feature, value] of Object.entries(own)) {
      const name = `${table}.${feature}`;
      if (!names.includes(name)) names.push(name);
      if (value) flat.set(names.indexOf(name), value);
    }
  }
  return flat;
}

/** A conditional logit of the right readings of each sentence beside none, by Adam (Kingma and Ba, ICLR 2015). */
function fitBeside(all: readonly (readonly Reading[])[]): number[] {
  const model = names.map(() => 0);
  const mean = names.map(() => 0);
  const square = names.map(() => 0);
  const total = all.reduce((sum, readings) => sum + weightOf(readings), 0);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = model.map((weight) => RIDGE * weight);
    for (const readings of all) {
      const odds = readings.map(({ features }) => {
        let score = 0;
        for (const [i, value] of features) score += model[i]! * value;
        return Math.exp(Math.min(50, score));
      });
      const isList = readings.some(({ isRight }) => isRight);
      const sum = odds.reduce((before, one) => before + one, 1);
      const right = odds.reduce((before, one, r) => before + (readings[r]!.isRight ? one : 0), 0);
      readings.forEach(({ features, isRight }, r) => {
        const slope = odds[r]! / sum - (isList && isRight ? odds[r]! / right : 0);
        for (const [i, value] of features) gradient[i]! += (weightOf(readings) / total) * slope * value;
      });
    }
    for (let i = 0; i < model.length; i++) {
      mean[i] = 0.9 * mean[i]! + 0.1 * gradient[i]!;
      square[i] = 0.999 * square[i]! + 0.001 * gradient[i]! ** 2;
      model[i]! -=
        (STEP_SIZE * (mean[i]! / (1 - 0.9 ** step))) / (Math.sqrt(square[i]! / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return model;
}

function weightOf(readings: readonly Reading[]): number {
  return readings.some(({ isRight }) => isRight) ? 1 : NONE_WEIGHT;
}

async function addChoice(query: DatasetQuery, findings: Findings, parts: RetrievalParts): Promise<void> {
  if (!findings.aspects.list && !findings.aspects.open) return;
  const ranked = await rankLists(findings, parts);
  const isOpen = namedList(ranked, findings) === undefined && ranked.length > 0;
  if (!isOpen || !meetsMoreThanNumber(ranked[0]!, findings)) return;
  const { list } = ranked[0]!;
  const features = choiceFeatures(ranked, findings);
  if (names.length === 0) names.push(...Object.keys(features));
  const input = names.map((name) => features[name as keyof typeof features]);
  if (query.list !== undefined) {
    const { items, declared, complete } = query.list;
    const isWhole = !list.elided && (list.declared === null || list.declared <= list.items.length);
    const isSame = textsOf(list).join("\n") === items.map(foldForComparison).join("\n");
    const target = isSame && list.declared === declared && isWhole === complete;
    choices.push({ input, target, weight: 1 });
  } else if (query.gold) {
    const text = list.article.text.slice(list.span.start, list.span.end);
    const quoted = { kind: "answered", quotes: [{ text }] } as unknown as Answer;
    // A list that holds the answer does no harm.
    if (!judge(quoted, query.gold).hit) choices.push({ input, target: false, weight: FACT_WEIGHT });
  }
}
