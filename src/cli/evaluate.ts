import type { ReportProgress } from "./build.ts";
import { jsonLine, printableLine, type Streams, write } from "./output.ts";
import { showProgress } from "./progress.ts";

/** Shares are 0 to 1; null where the dataset cannot tell. */
type Figure = number | null;
type Figures = Readonly<Record<string, Figure>>;

/** What `evaluate` prints as JSON; other programs rely on it. */
export interface EvaluationReport {
  readonly dataset: string;
  readonly queries: number;
  readonly passages: number;
  readonly model: string;
  readonly commit: string | null;
  readonly retrieval: Figures | null;
  /** Retrieval figures for the questions of one language, by its tag. */
  readonly byLanguage: Readonly<Record<string, Figures>>;
  readonly answers: Figures;
  readonly refusal: Figures;
  readonly calibration: Figures;
  readonly latencyMs: Figures;
}

export interface EvaluatePartners extends Pick<Streams, "stdout" | "stderr"> {
  readonly evaluate: (onProgress: ReportProgress) => Promise<EvaluationReport>;
}

/** `evaluate`: asks every question of a dataset and prints how well it went. */
export async function runEvaluate(
  options: { readonly json: boolean },
  { evaluate, stdout, stderr }: EvaluatePartners,
): Promise<number> {
  const progress = showProgress(stderr, "Evaluating");
  const report = await evaluate(progress.report).finally(progress.end);
  await write(stdout, options.json ? jsonLine(report) : describeEvaluation(report));
  return 0;
}

/** The report as aligned tables for people. */
export function describeEvaluation(report: EvaluationReport): string {
  const { dataset, queries, passages, model, commit } = report;
  const head = `${printableLine(dataset)}: ${queries} queries, ${passages} passages, model ${printableLine(model)}`;
  const groups: [string, Figures | null][] = [
    ["retrieval", report.retrieval],
    ...Object.entries(report.byLanguage).map(([tag, figures]): [string, Figures] => [
      `  ${printableLine(tag)}`,
      figures,
    ]),
    ["answers", report.answers],
    ["refusal", report.refusal],
    ["calibration", report.calibration],
    ["latency, ms", report.latencyMs],
  ];
  const lines = groups.flatMap(([name, figures]) => {
    const cells = Object.entries(figures ?? {}).map(
      ([figure, value]) => `${figure} ${describeFigure(figure, value)}`,
    );
    return cells.length > 0 ? [`${name.padEnd(12)} ${cells.join("   ")}\n`] : [];
  });
  return `${head}${commit === null ? "" : `, commit ${commit}`}\n${lines.join("")}`;
}

/** Shares as percentages; lengths and times as they are. */
function describeFigure(name: string, value: Figure): string {
  if (value === null) return "–";
  return /^(p\d+|mean)/.test(name) ? value.toFixed(1) : `${(value * 100).toFixed(1)} %`;
}
