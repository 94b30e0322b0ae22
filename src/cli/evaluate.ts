import { basename, join, resolve } from "node:path";
import { callerDir } from "../config.ts";
import { AppError } from "../errors.ts";
import type { EvaluationReport } from "../evaluation/evaluate.ts";
import { findDatasets } from "../evaluation/find-datasets.ts";
import { type Interval, namedFigures } from "../evaluation/intervals.ts";
import { readResults, resultOf, writeResults } from "../evaluation/results.ts";
import { jsonLine } from "../log.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { printable, printableLine, write } from "./output.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";

export const evaluate: Command = {
  name: "evaluate",
  summary: "measure retrieval, answers and refusals on datasets",
  operand: "[DATASET…]",
  details:
    "DATASET is a folder in BEIR layout, which is indexed apart, or one that holds only questions.jsonl, which\n" +
    "is asked against the corpus, or a folder of such folders. Without one, the datasets that came with the\n" +
    "program are measured. Behind a figure stands its 95 % interval (bootstrap).",
  options: {
    distractors: { value: "DATASET", description: "search among this folder's articles too" },
    out: { value: "FILE", description: "keep the figures in this file too, beside those of other datasets" },
    ...JSON_OPTION,
  },
  examples: [
    ["npm run --silent evaluate -- datasets/news --json", "one JSON object of figures"],
    [
      "npm run --silent evaluate -- datasets --out results.json",
      "every dataset in a folder, and a file of figures",
    ],
  ],

  async run({ operands, has, value }, session) {
    const { config, stdout, stderr, nodeVersion, now, rooms } = session;
    const within = (path: string) => resolve(callerDir(session), path);
    const datasets = await chooseDatasets(operands.map(within), session);
    const [distractors, out] = [value("distractors"), value("out")].map((path) => path && within(path));
    let results = out ? await readResults(out) : {};
    for (const dataset of datasets) {
      const folders = distractors ? { dataset, distractors } : { dataset };
      const label = `Evaluating ${printableLine(basename(dataset))}`;
      const report = await withProgress(stderr, label, (onProgress) =>
        rooms.evaluate(config, { ...folders, onProgress }),
      );
      await write(stdout, has("json") ? jsonLine(report) : describeEvaluation(report));
      if (!out) continue;
      const [name, result] = resultOf(report, nodeVersion, now());
      results = { ...results, [name]: result };
      await writeResults(out, results);
    }
    return 0;
  },
};

/** Those in the folders, or those of the program. Throws AppError where these are missing, or two have one name. */
async function chooseDatasets(
  folders: readonly string[],
  { programDir, stderr }: Session,
): Promise<readonly string[]> {
  const shipped = join(programDir, "test/datasets");
  const found = await Promise.all((folders.length > 0 ? folders : [shipped]).map(findDatasets));
  const datasets = found.flatMap((each) => each.datasets);
  if (folders.length === 0 && datasets.includes(shipped))
    throw new AppError(`No dataset came with this installation in ${shipped}: name a DATASET.`);
  const names = datasets.map((folder) => basename(folder));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new AppError(`Two datasets are named ${twice}: measure them one at a time.`);
  for (const folder of found.flatMap(({ unasked }) => unasked))
    await write(stderr, `Skipped ${printableLine(folder)}: it holds articles, but no questions.\n`);
  return datasets;
}

/** The report as aligned tables for people: what it cannot tell is left out. */
function describeEvaluation(report: EvaluationReport): string {
  const { dataset, queries, passages, model, commit, modified, failed, firstFailure, intervals } = report;
  const made = commit === null ? "" : `, commit ${commit}${modified ? ", modified" : ""}`;
  const rows = new Map<string, string[]>();
  for (const [name, value] of namedFigures(report)) {
    const group = name.slice(0, name.lastIndexOf("."));
    const cell = describeFigure(name.slice(group.length + 1), value, intervals[name]);
    rows.set(group, [...(rows.get(group) ?? []), cell]);
  }
  if (failed > 0) rows.set("failed", [`${failed}`, `the first: ${printableLine(firstFailure ?? "")}`]);
  // Groups within a group, by language or kind, stand below the figures on all questions.
  const labels = [...rows.keys()].map((group) => printable(group.replace(/^.*?\./, "  ")));
  const width = Math.max(...labels.map(({ length }) => length));
  const lines = [...rows.values()].map((cells, i) => `${labels[i]!.padEnd(width)}  ${cells.join("   ")}\n`);
  const size = `${queries} queries, ${passages} passages, model ${printableLine(model)}`;
  return `${printableLine(dataset)}: ${size}${made}\n${lines.join("")}`;
}

/** Shares as percentages; lengths and times as they are. */
function describeFigure(name: string, value: number, interval: Interval | undefined): string {
  const isShare = !/^(p\d+|mean)/.test(name);
  const show = (number: number) => (isShare ? number * 100 : number).toFixed(1);
  const bounds = interval ? ` (${interval.map(show).join("–")})` : "";
  return `${printable(name)} ${show(value)}${isShare ? " %" : ""}${bounds}`;
}
