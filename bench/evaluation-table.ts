/**
 * The main figures of a file of results as a Markdown table: tsx bench/evaluation-table.ts [FILE]. FILE is what
 * `evaluate --out FILE` wrote.
 */
import { readResults } from "../src/evaluation/results.ts";

const COLUMNS = {
  "recall@1": "retrieval.recall@1",
  "recall@5": "retrieval.recall@5",
  "first quote": "answers.first",
  "some quote": "answers.hit",
  "exact lists": "lists.exact",
  "characters, first": "answers.meanFirstChars",
  "all quotes": "answers.meanChars",
  "falsely refused": "refusal.falseRefusal",
  "rightly refused": "refusal.correctRefusal",
  "calibration error": "calibration.ece",
  "median, ms": "latencyMs.p50",
};

const results = Object.entries(await readResults(process.argv[2] ?? "bench/results/evaluation.json"));
const columns = Object.entries(COLUMNS).filter(([, figure]) =>
  results.some(([, { figures }]) => figures[figure] !== undefined),
);
const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
console.log(row(["set", "questions", "passages", ...columns.map(([title]) => title), "commit"]));
console.log(row(new Array(columns.length + 4).fill("---")));
for (const [name, { queries, passages, commit, modified, figures }] of results) {
  const cells = columns.map(([, figure]) => describe(figure, figures[figure]));
  const made = `${commit ?? "–"}${modified ? ", modified" : ""}`;
  console.log(row([name.replaceAll("|", "\\|"), queries, passages, ...cells, made]));
}

/** Shares in percent, with the interval in brackets. */
function describe(figure: string, numbers: readonly number[] | undefined): string {
  if (numbers === undefined) return "–";
  const isShare = !/\.(p\d+|mean\w+)$/.test(figure);
  const [value, ...interval] = numbers.map((number) => (isShare ? number * 100 : number).toFixed(1));
  return interval.length > 0 ? `${value} (${interval.join("–")})` : value!;
}
