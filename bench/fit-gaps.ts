/**
 * Fits the weights of src/gaps/group-questions.ts on the half "fit" of test/gaps/questions.jsonl: tsx bench/fit-gaps.ts
 *
 * Prints them and, for a range of bars, how the groups that come of them agree with the labelled ones.
 */
import { join } from "node:path";
import { embeddedModelFolder } from "../src/assistant.ts";
import { loadEmbedder } from "../src/embedding/transformers.ts";
import { createGrouper, WEIGHTS } from "../src/gaps/group-questions.ts";
import { compareTraits, readTraits } from "../src/gaps/likeness.ts";
import { createTokenTable } from "../src/retrieval/token-table.ts";
import { figuresOf, readLabelled } from "../test/gaps/labelled.ts";
import { fit, type Row } from "./logistic.ts";

const root = join(import.meta.dirname, "..");
const embedder = await loadEmbedder(embeddedModelFolder(root));
const table = createTokenTable(embedder);
const names = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];

const labelled = readLabelled().filter(({ half }) => half === "fit");
const traits = await readTraits(
  labelled.map(({ question }) => question),
  { embedder, table },
);
const rows: Row[] = labelled.flatMap((one, i) =>
  labelled.slice(0, i).flatMap((other, j) => {
    if (traits[i]!.numbers !== traits[j]!.numbers) return [];
    const features = compareTraits(traits[i]!, traits[j]!, table);
    const input = names.map((name) => features[name]);
    return { input, target: one.group === other.group, weight: 1 };
  }),
);
const [bias, ...weights] = fit(rows);
console.log({ bias, ...Object.fromEntries(names.map((name, i) => [name, weights[i]])) });

const held = readLabelled().filter(({ half }) => half === "held");
for (let bar = 0; bar < 3; bar += 0.2) {
  for (const questions of [labelled, ...(process.argv.includes("--held") ? [held] : [])]) {
    const groups = await createGrouper(embedder, bar)(questions.map(({ question }) => question));
    const figures = Object.values(figuresOf(questions, groups)).map((figure) => figure.toFixed(3));
    console.log(questions[0]!.half, bar.toFixed(1), ...figures);
  }
}
