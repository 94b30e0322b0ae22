import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { AppError, messageOf } from "../errors.ts";
import type { EvaluationReport } from "./evaluate.ts";
import { namedFigures } from "./intervals.ts";

const resultSchema = z.object({
  corpus: z.string(),
  corpusFingerprint: z.string(),
  articles: z.int(),
  passages: z.int(),
  model: z.string(),
  modelFingerprint: z.string(),
  commit: z.string().nullable(),
  /** The program differed from its commit. */
  modified: z.boolean(),
  node: z.string(),
  date: z.iso.date(),
  queries: z.int(),
  failed: z.int(),
  /** By name; with the bounds of its interval where it has one. */
  figures: z.record(
    z.string(),
    z.union([z.tuple([z.number()]), z.tuple([z.number(), z.number(), z.number()])]),
  ),
});

/** What is kept of a report: no text, only figures and what they were measured on. */
export type Result = Readonly<z.infer<typeof resultSchema>>;
/** By dataset, with the name of the distractors after a plus sign where there are some. */
export type Results = Readonly<Record<string, Result>>;

/** Throws AppError where the file is not what `writeResults` wrote; there are no results where it is missing. */
export async function readResults(path: string): Promise<Results> {
  try {
    return z.record(z.string(), resultSchema).parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return {};
    const reason = cause instanceof z.ZodError ? "it does not hold what evaluate wrote" : messageOf(cause);
    throw new AppError(`${path} cannot be read: ${reason}. Name another file or delete this one.`, { cause });
  }
}

/** Datasets in the order of their names, one figure a line. */
export async function writeResults(path: string, results: Results): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)));
  // No string of JSON holds a line feed.
  const lists = /\[\n\s*([^\]]*?)\n\s*\]/g;
  const text = JSON.stringify(sorted, null, 2).replace(
    lists,
    (_, inner) => `[${inner.replace(/\s+/g, " ")}]`,
  );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${text}\n`);
}

/** The report under the name that results know it by; figures to four places. */
export function resultOf(report: EvaluationReport, node: string, now: Date): readonly [string, Result] {
  const { dataset, distractors, intervals } = report;
  const figures = namedFigures(report).map(([name, value]) => {
    return [name, [value, ...(intervals[name] ?? [])].map((number) => Number(number.toFixed(4)))];
  });
  const name = distractors === undefined ? dataset : `${dataset} + ${distractors}`;
  const date = now.toISOString().slice(0, 10);
  return [name, resultSchema.parse({ ...report, node, date, figures: Object.fromEntries(figures) })];
}
