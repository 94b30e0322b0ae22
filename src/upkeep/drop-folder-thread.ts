import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { AppError, messageOf } from "../errors.ts";
import type { Log, LogLevel } from "../log.ts";
import { type DropFolderPlaces, hasChanged } from "./drop-folder.ts";

/** What the thread says. */
export type FromSync =
  | {
      readonly kind: "log";
      readonly level: LogLevel;
      readonly event: string;
      readonly fields: Record<string, unknown>;
    }
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly message: string; readonly isExpected: boolean };

/** A folder whose files become articles while the program runs. */
export interface DropFolder {
  /** Absolute. */
  readonly folder: string;
  /**
   * As `syncDropFolder`, in a thread of its own: comparing a new article with thousands takes a second, in which
   * questions are to be answered. Never rejects: what cannot be done is logged.
   */
  sync(signal: AbortSignal, onProgress?: (done: number, total: number) => void): Promise<void>;
}

export function createDropFolder(places: DropFolderPlaces, log: Log): DropFolder {
  const { folder } = places;
  return {
    folder,
    async sync(signal, onProgress = () => {}) {
      try {
        if (await hasChanged(places)) await syncInThread(places, { log, signal, onProgress });
      } catch (error) {
        if (signal.aborted) return;
        const isExpected = error instanceof AppError || "syscall" in Object(error);
        log.warn("drop folder not read", { folder, reason: isExpected ? messageOf(error) : error });
      }
    },
  };
}

interface Partners {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

async function syncInThread(places: DropFolderPlaces, { log, signal, onProgress }: Partners): Promise<void> {
  // Beside this file: compiled in dist/, TypeScript in src/.
  const entry = `./drop-folder-worker${extname(fileURLToPath(import.meta.url))}`;
  const worker = new Worker(new URL(entry, import.meta.url), { workerData: places });
  const end = () => void worker.terminate();
  signal.addEventListener("abort", end);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on("error", reject);
      worker.on("exit", () => reject(new AppError("reading it was ended")));
      worker.on("message", (message: FromSync) => {
        if (message.kind === "log") log[message.level](message.event, message.fields);
        else if (message.kind === "progress") onProgress(message.done, message.total);
        else if (message.kind === "done") resolve();
        else reject(new (message.isExpected ? AppError : Error)(message.message));
      });
    });
  } finally {
    signal.removeEventListener("abort", end);
    await worker.terminate();
  }
}
