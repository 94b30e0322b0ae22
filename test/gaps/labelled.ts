import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const labelled = z.object({
  /** The weights were fitted on "fit"; "held" was only measured. */
  half: z.enum(["fit", "held"]),
  group: z.string(),
  language: z.string(),
  question: z.string(),
});
export type Labelled = z.infer<typeof labelled>;

/** Questions of operators' readers, written before anything was fitted: in groups that ask the same, many beside others that differ in a name or in what is asked. */
export function readLabelled(): Labelled[] {
  const lines = readFileSync(join(import.meta.dirname, "questions.jsonl"), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => labelled.parse(JSON.parse(line)));
}

export interface GroupingFigures {
  /** Of the pairs that were put together, those that belong together; and the other way round. */
  readonly precision: number;
  readonly recall: number;
  readonly recallWithinLanguage: number;
  readonly recallAcrossLanguages: number;
  /** Bagga and Baldwin (LREC 1998): means over the questions. */
  readonly bCubedPrecision: number;
  readonly bCubedRecall: number;
}

/** How well groups agree with the labels. */
export function figuresOf(
  questions: readonly Labelled[],
  groups: readonly (readonly number[])[],
): GroupingFigures {
  const groupOf = new Map(groups.flatMap((members) => members.map((member) => [member, members] as const)));
  const counts = { together: 0, right: 0, within: 0, withinFound: 0, across: 0, acrossFound: 0 };
  let [precision, recall] = [0, 0];
  questions.forEach((one, i) => {
    const found = groupOf.get(i)!;
    const meant = questions.flatMap(({ group }, j) => (group === one.group ? [j] : []));
    const right = found.filter((j) => questions[j]!.group === one.group);
    precision += right.length / found.length;
    recall += right.length / meant.length;
    counts.together += found.length - 1;
    counts.right += right.length - 1;
    for (const j of meant) {
      if (j === i) continue;
      const kind = primary(questions[j]!) === primary(one) ? "within" : "across";
      counts[kind]++;
      if (found.includes(j)) counts[`${kind}Found`]++;
    }
  });
  return {
    precision: counts.right / counts.together,
    recall: counts.right / (counts.within + counts.across),
    recallWithinLanguage: counts.withinFound / counts.within,
    recallAcrossLanguages: counts.acrossFound / counts.across,
    bCubedPrecision: precision / questions.length,
    bCubedRecall: recall / questions.length,
  };
}

function primary({ language }: Labelled): string {
  return language.split("-")[0]!;
}
