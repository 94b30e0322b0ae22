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
const mostMb = Number(process.argv[2]);
new Worker(WATCHDOG, { eval: true, workerData: mostMb }).unref();
process.on("disconnect", () => process.exit());
// Ctrl-C reaches every process of the terminal; the program decides what becomes of this one.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const say = (reply: ParseReply) => process.send?.(reply);
/** What a file leaves behind shall not be counted as the next one's. */
const isSpent = () => process.memoryUsage.rss() > 0.75 * mostMb * 2 ** 20;

process.on("message", async ({ path }: ParseRequest) => {
  const onProgress: OnPage = (page, pages) =>
    say({ kind: "progress", ...(page === undefined || pages === undefined ? {} : { page, pages }) });
  try {
    onProgress();
    const found = await readFileArticles(path, onProgress);
    say({ kind: "read", found, isSpent: isSpent() });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isExpected = error instanceof AppError;
    const known = typeof code === "string" ? { code } : {};
    say({ kind: "failed", message: messageOf(error), isExpected, isSpent: isSpent(), ...known });
  }
});
