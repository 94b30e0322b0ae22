import { Worker } from "node:worker_threads";
import { AppError, messageOf } from "../errors.ts";
import type { ParseReply, ParseRequest } from "./parser.ts";
import { readFileArticles } from "./read-file.ts";
import type { OnPage } from "./readers.ts";

/**
 * A reader that never returns would outlive the program, and what it unpacks into buffers V8 does not limit: this thread
 * sees that the program is gone, or that the process has grown beyond its second argument, in MB.
 */
const WATCHDOG = `
  const { ppid, pid, memoryUsage } = process;
  const most = require("node:worker_threads").workerData * 2 ** 20;
  setInterval(() => {
    if (process.ppid !== ppid || memoryUsage.rss() > most) process.kill(pid, "SIGKILL");
  }, 100);
`;
new Worker(WATCHDOG, { eval: true, workerData: Number(process.argv[2]) }).unref();
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
