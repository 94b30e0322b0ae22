import type { Output } from "./output.ts";

const BAR_COLUMNS = 30;
/** Without a terminal, a line at every tenth part is enough. */
const PLAIN_STEPS = 10;

/** `done` of `total` are finished. */
export type ReportProgress = (done: number, total: number) => void;

/**
 * Does the work and shows how far it is: a bar on a terminal, which is gone at the end, plain lines elsewhere.
 * Nothing is shown until the first report.
 */
export async function withProgress<Result>(
  output: Output,
  label: string,
  work: (report: ReportProgress) => Promise<Result>,
): Promise<Result> {
  let shown = "";
  let step = 0;
  let size = 0;
  const report: ReportProgress = (done, total) => {
    const share = total > 0 ? Math.min(1, done / total) : 1;
    // Another total is another part of the work: first the index, then the questions.
    if (total !== size) step = 0;
    size = total;
    if (output.isTTY) {
      const filled = Math.round(share * BAR_COLUMNS);
      const line = `${label} ${"█".repeat(filled)}${"░".repeat(BAR_COLUMNS - filled)} ${done}/${total}`;
      if (line !== shown) output.write(`\r\u001b[2K${line}`);
      shown = line;
    } else if (Math.floor(share * PLAIN_STEPS) > step) {
      step = Math.floor(share * PLAIN_STEPS);
      output.write(`${label}: ${done} of ${total}\n`);
    }
  };
  try {
    return await work(report);
  } finally {
    if (shown !== "") output.write("\r\u001b[2K");
  }
}
