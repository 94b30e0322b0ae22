import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { AppError, messageOf } from "../errors.ts";
import type { FoundArticles } from "./readers.ts";

export interface ParseRequest {
  readonly path: string;
}

export type ParseReply =
  | /** The file is begun, or a page of it done: the limit begins anew. */ { readonly kind: "progress" }
  | { readonly kind: "read"; readonly found: FoundArticles }
  | {
      readonly kind: "failed";
      readonly message: string;
      /** As Node's system errors have it. */
      readonly code?: string;
      readonly isExpected: boolean;
    };

/** Reads files in a thread of its own, one after another. */
export interface ParseThread {
  /**
   * As `readFileArticles`. Throws an AppError where the file takes longer than the limit or more memory than there is
   * for it; the next file is read all the same.
   */
  read(path: string): Promise<FoundArticles>;
  /** Ends the thread for good. What is being read rejects, and what comes after. */
  close(): Promise<void>;
}

export interface ParseLimits {
  /** For a file, and for every page of one that tells of its pages; that much again for each megabyte. */
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

/** The longest page that was seen took a second. */
const LIMITS: ParseLimits = { timeoutMs: 10_000, memoryMb: 1024 };

/** A thread that starts with the first file, and anew after one that it did not survive. */
export function createParseThread(limits: ParseLimits = LIMITS): ParseThread {
  let worker: Worker | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function readNow(path: string): Promise<FoundArticles> {
    // What keeps the file from being looked at, reading it says.
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    const timeoutMs = limits.timeoutMs * (1 + Math.floor(size / 2 ** 20));
    if (isClosed) throw new AppError(UNFINISHED);
    worker ??= start(limits.memoryMb);
    const thread = worker;
    try {
      return await exchange(thread, { path }, { ...limits, timeoutMs });
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
      if (worker === thread) worker = undefined;
      await thread.terminate();
      throw new AppError(error.message, { cause: error });
    }
  }

  return {
    read(path) {
      const reading = turn.then(() => readNow(path));
      turn = reading.catch(() => undefined);
      return reading;
    },
    async close() {
      isClosed = true;
      await worker?.terminate();
      worker = undefined;
    },
  };
}

const UNFINISHED = "was not read to its end";

/** The thread is of no use any more. */
class ThreadLost extends Error {}

function start(memoryMb: number): Worker {
  // Beside this file: compiled in dist/, TypeScript in src/.
  const entry = `./parse-worker${extname(fileURLToPath(import.meta.url))}`;
  const worker = new Worker(new URL(entry, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    // Libraries print warnings, which are neither data nor ours.
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return worker;
}

function exchange(worker: Worker, request: ParseRequest, limits: ParseLimits): Promise<FoundArticles> {
  return new Promise((resolve, reject) => {
    const seconds = limits.timeoutMs / 1000;
    const late = () =>
      end(() =>
        reject(new ThreadLost(`takes longer than ${seconds} seconds to read; split it into smaller files`)),
      );
    let timeout: NodeJS.Timeout | undefined;
    const onMessage = (reply: ParseReply) => {
      switch (reply.kind) {
        case "progress":
          clearTimeout(timeout);
          timeout = setTimeout(late, limits.timeoutMs);
          return;
        case "read":
          return end(() => resolve(reply.found));
        case "failed":
          return end(() => reject(failure(reply)));
      }
    };
    const onError = (error: NodeJS.ErrnoException) =>
      end(() =>
        reject(
          new ThreadLost(
            error.code === "ERR_WORKER_OUT_OF_MEMORY"
              ? `takes more than ${limits.memoryMb} MB of memory to read; split it into smaller files`
              : `cannot be read: ${messageOf(error)}`,
          ),
        ),
      );
    const onExit = () => end(() => reject(new ThreadLost(UNFINISHED)));
    const end = (settle: () => void) => {
      clearTimeout(timeout);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      worker.unref();
      settle();
    };
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.ref();
    worker.postMessage(request);
  });
}

function failure({ message, code, isExpected }: ParseReply & { kind: "failed" }): Error {
  if (isExpected) return new AppError(message);
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
