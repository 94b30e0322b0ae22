import { type ChildProcess, fork } from "node:child_process";
import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import type { FoundArticles, OnPage } from "./readers.ts";

export interface ParseRequest {
  readonly path: string;
}

export type ParseReply =
  | /** The file is begun, or a page of it done: the limit begins anew. */ {
      readonly kind: "progress";
      readonly page?: number;
      readonly pages?: number;
    }
  | {
      readonly kind: "read";
      readonly found: FoundArticles;
      /** The process takes so much memory by now that the next file needs another one. */
      readonly isSpent: boolean;
    }
  | {
      readonly kind: "failed";
      readonly isSpent: boolean;
      readonly message: string;
      /** As Node's system errors have it. */
      readonly code?: string;
      readonly isExpected: boolean;
    };

/** Reads files in a process of its own, one after another. */
export interface Parser {
  /**
   * As `readFileArticles`. Throws an AppError where the file takes longer than the limit, more memory than there is
   * for it, or brings the process down; the next file is read all the same.
   *
   * @param onPage Told which of how many pages is read, where a file has pages.
   */
  read(path: string, onPage?: (page: number, pages: number) => void): Promise<FoundArticles>;
  /** Ends the process for good. What is being read rejects, and what comes after. */
  close(): Promise<void>;
}

export interface ParseLimits {
  /** For a file, and for every page of one that tells of its pages; that much again for each megabyte. */
  readonly timeoutMs: number;
  /** Of the whole process where it is more than Node and the libraries take for themselves. */
  readonly memoryMb: number;
}

/** What Node and the libraries take at most for themselves; a smaller limit is one of what a file takes. */
const LEAST_PROCESS_MB = 300;
/** The longest page that was seen took a second. */
const LIMITS: ParseLimits = { timeoutMs: 9_000, memoryMb: 1024 };
const UNFINISHED = "was not read to its end";

/**
 * A process that starts with the first file, and anew after one that it did not survive. A thread would not do: a
 * damaged PDF can ask V8 for an array of a size at which it ends the process.
 */
export function createParser(limits: ParseLimits = LIMITS): Parser {
  let child: ChildProcess | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function readNow(path: string, onPage: OnPage): Promise<FoundArticles> {
    // What keeps the file from being looked at, reading it says.
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    const timeoutMs = limits.timeoutMs * (1 + Math.floor(size / 2 ** 20));
    if (isClosed) throw new AppError(UNFINISHED);
    if (child === undefined || hasEnded(child)) child = start(limits.memoryMb);
    const process = child;
    try {
      return await exchange(process, { path }, { ...limits, timeoutMs }, onPage);
    } catch (error) {
      if (!(error instanceof ProcessLost)) throw error;
      process.kill("SIGKILL");
      throw new AppError(error.message, { cause: error });
    }
  }

  return {
    read(path, onPage) {
      const onStep: OnPage = (page, pages) => {
        if (page !== undefined && pages !== undefined) onPage?.(page, pages);
      };
      const reading = turn.then(() => readNow(path, onStep));
      turn = reading.catch(() => undefined);
      return reading;
    },
    async close() {
      isClosed = true;
      child?.kill("SIGKILL");
    },
  };
}

/** The process is of no use any more. */
class ProcessLost extends Error {}

function start(memoryMb: number): ChildProcess {
  // Beside this file: compiled in dist/, TypeScript in src/.
  const entry = new URL(`./parser-process${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const child = fork(entry, [String(Math.max(memoryMb, LEAST_PROCESS_MB))], {
    execArgv: [...process.execArgv, `--max-old-space-size=${memoryMb}`],
    // Libraries print warnings, and a process that dies its last words; neither are data nor ours.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
  });
  release(child);
  return child;
}

function hasEnded({ killed, exitCode, signalCode }: ChildProcess): boolean {
  return killed || exitCode !== null || signalCode !== null;
}

/** It keeps this program alive only while it reads. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function exchange(
  child: ChildProcess,
  request: ParseRequest,
  limits: ParseLimits,
  onPage: OnPage,
): Promise<FoundArticles> {
  return new Promise((resolve, reject) => {
    const lose = (reason: string) => end(() => reject(new ProcessLost(reason)));
    const seconds = limits.timeoutMs / 1000;
    const late = () => lose(`takes longer than ${seconds} seconds to read; split it into smaller files`);
    let timeout: NodeJS.Timeout | undefined;
    const onMessage = (reply: ParseReply) => {
      switch (reply.kind) {
        case "progress":
          clearTimeout(timeout);
          timeout = setTimeout(late, limits.timeoutMs);
          onPage(reply.page, reply.pages);
          return;
        case "read":
          end(() => resolve(reply.found));
          break;
        case "failed":
          end(() => reject(failure(reply)));
      }
      if (reply.isSpent) child.kill("SIGKILL");
    };
    const onError = (error: Error) => lose(`${UNFINISHED}: ${error.message}`);
    const onExit = () => {
      const reason = `${UNFINISHED}: it is damaged, or needs more than ${limits.memoryMb} MB of memory`;
      lose(child.killed ? UNFINISHED : reason);
    };
    const end = (settle: () => void) => {
      clearTimeout(timeout);
      child.off("message", onMessage).off("error", onError).off("exit", onExit);
      release(child);
      settle();
    };
    child.on("message", onMessage).on("error", onError).on("exit", onExit);
    child.ref();
    child.channel?.ref();
    child.send(request, (error) => error && onError(error));
  });
}

function failure({ message, code, isExpected }: ParseReply & { kind: "failed" }): Error {
  if (isExpected) return new AppError(message);
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
