import { Worker } from "node:worker_threads";
import { AppError, messageOf } from "../errors.ts";
import type { ParseReply, ParseRequest } from "./parser.ts";
import { readFileArticles } from "./read-file.ts";
import type { OnPage } from "./readers.ts";

/** A reader that never returns would outlive the program: this thread sees that it is gone. */
const WATCHDOG = `
  const { ppid, pid } = process;
  setInterval(() => process.ppid === ppid || process.kill(pid, "SIGKILL"), 1000);
`;
new Worker(WATCHDOG, { eval: true }).unref();
process.on("disconnect", () => process.exit());
// Ctrl-C reaches every process of the terminal; the program decides what becomes of this one.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const say = (reply: ParseReply) => process.send?.(reply);

process.on("message", async ({ path }: ParseRequest) => {
  const onProgress: OnPage = (page, pages) =>
    say({ kind: "progress", ...(page === undefined || pages === undefined ? {} : { page, pages }) });
  try {
    onProgress();
    say({ kind: "read", found: await readFileArticles(path, onProgress) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isExpected = error instanceof AppError;
    const known = typeof code === "string" ? { code } : {};
    say({ kind: "failed", message: messageOf(error), isExpected, ...known });
  }
});
