import type { Output } from "./output.ts";

const BAR_COLUMNS = 30;
/** Without a terminal, a line at every tenth part is enough. */
const PLAIN_STEPS = 10;

export interface Progress {
  /** `done` of `total` are finished. */
  readonly report: (done: number, total: number) => void;
  /** Removes the bar, so that what comes next starts on a line of its own. */
  readonly end: () => void;
}

/** A bar on a terminal, plain lines elsewhere. Nothing is shown until the first report. */
export function showProgress(output: Output, label: string): Progress {
  const isTerminal = output.isTTY === true;
  let shown = "";
  let step = 0;
  return {
    report(done, total) {
      const share = total > 0 ? Math.min(1, done / total) : 1;
      if (isTerminal) {
        const filled = Math.round(share * BAR_COLUMNS);
        const bar = `${"█".repeat(filled)}${"░".repeat(BAR_COLUMNS - filled)}`;
        const line = `${label} ${bar} ${done}/${total}`;
        if (line !== shown) output.write(`\r\u001b[2K${line}`);
        shown = line;
      } else if (Math.floor(share * PLAIN_STEPS) > step) {
        step = Math.floor(share * PLAIN_STEPS);
        output.write(`${label}: ${done} of ${total}\n`);
      }
    },
    end() {
      if (shown !== "") output.write("\r\u001b[2K");
    },
  };
}
