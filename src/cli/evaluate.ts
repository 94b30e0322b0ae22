import { resolve } from "node:path";
import { callerDir } from "../config.ts";
import type { EvaluationReport } from "../evaluation/evaluate.ts";
import type { Figure } from "../evaluation/figures.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { jsonLine, printable, printableLine, write } from "./output.ts";
import { withProgress } from "./progress.ts";

export const evaluate: Command = {
  name: "evaluate",
  summary: "measure retrieval, answers and refusals on a dataset",
  operand: "DATASET",
  details:
    "DATASET is a folder in BEIR layout, which is indexed apart, or one that holds only questions.jsonl, which\n" +
    "is asked against the corpus.",
  options: {
    distractors: { value: "DATASET", description: "search among this folder's articles too" },
    ...JSON_OPTION,
  },
  examples: [["npm run --silent evaluate -- datasets/news --json", "one JSON object of figures"]],

  async run({ operands, has, value }, session) {
    const from = callerDir(session);
    const dataset = resolve(from, operands[0]!);
    const distractors = value("distractors");
    const folders = distractors ? { dataset, distractors: resolve(from, distractors) } : { dataset };
    const report = await withProgress(session.stderr, "Evaluating", (onProgress) =>
      session.rooms.evaluate(session.config, { ...folders, onProgress }),
    );
    await write(session.stdout, has("json") ? jsonLine(report) : describeEvaluation(report));
    return 0;
  },
};

/** The report as aligned tables for people. */
function describeEvaluation(report: EvaluationReport): string {
  const { dataset, queries, passages, model, commit, failed, firstFailure } = report;
  const head = `${printableLine(dataset)}: ${queries} queries, ${passages} passages, model ${printableLine(model)}`;
  const groups: Readonly<Record<string, object | null>> = {
    retrieval: report.retrieval,
    ...Object.fromEntries(Object.entries(report.byLanguage).map(([tag, row]) => [`  ${tag}`, row])),
    answers: report.answers,
    refusal: report.refusal,
    lists: report.lists,
    ...Object.fromEntries(
      Object.entries(report.listsByLanguage).map(([tag, row]) => [`  lists ${tag}`, row]),
    ),
    calibration: report.calibration,
    "latency, ms": report.latencyMs,
  };
  const lines = Object.entries(groups).flatMap(([name, figures]) => {
    const cells = Object.entries(figures ?? {}).map(([figure, value]) => describeFigure(figure, value));
    return cells.length > 0 ? [`${printable(name).padEnd(12)} ${cells.join("   ")}\n`] : [];
  });
  if (failed > 0)
    lines.push(`${"failed".padEnd(12)} ${failed}   the first: ${printableLine(firstFailure ?? "")}\n`);
  return `${head}${commit === null ? "" : `, commit ${commit}`}\n${lines.join("")}`;
}

/** Shares as percentages; lengths and times as they are. */
function describeFigure(name: string, value: Figure): string {
  if (value === null) return `${name} –`;
  return `${name} ${/^(p\d+|mean)/.test(name) ? value.toFixed(1) : `${(value * 100).toFixed(1)} %`}`;
}
