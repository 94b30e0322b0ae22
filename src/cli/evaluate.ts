import type { EvaluationReport } from "../evaluation/evaluate.ts";
import type { Figure } from "../evaluation/figures.ts";
import { jsonLine, printable, printableLine, type Streams, write } from "./output.ts";
import { type ReportProgress, withProgress } from "./progress.ts";

export interface EvaluatePartners extends Pick<Streams, "stdout" | "stderr"> {
  readonly evaluate: (onProgress: ReportProgress) => Promise<EvaluationReport>;
}

/** `evaluate`: asks every question of a dataset and prints how well it went. */
export async function runEvaluate(
  options: { readonly json: boolean },
  { evaluate, stdout, stderr }: EvaluatePartners,
): Promise<number> {
  const report = await withProgress(stderr, "Evaluating", evaluate);
  await write(stdout, options.json ? jsonLine(report) : describeEvaluation(report));
  return 0;
}

/** The report as aligned tables for people. */
function describeEvaluation(report: EvaluationReport): string {
  const { dataset, queries, passages, model, commit, failed, firstFailure } = report;
  const head = `${printableLine(dataset)}: ${queries} queries, ${passages} passages, model ${printableLine(model)}`;
  const groups: Readonly<Record<string, object | null>> = {
    retrieval: report.retrieval,
    ...Object.fromEntries(Object.entries(report.byLanguage).map(([tag, row]) => [`  ${tag}`, row])),
    answers: report.answers,
    refusal: report.refusal,
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
