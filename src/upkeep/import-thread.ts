import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { FoundArticles } from "../corpus/readers.ts";
import { AppError } from "../errors.ts";
import type { CorpusChange } from "../types.ts";

/** What the thread imports: what was found in one file. */
export interface ImportTask {
  readonly path: string;
  readonly found: FoundArticles;
  readonly corpusDir: string;
  readonly collection: string;
}

/** What became of a file. */
export interface ImportedFile {
  /** Those that were written. */
  readonly articles: readonly {
    readonly title: string;
    readonly paragraphs: number;
    readonly isNewVersion: boolean;
    readonly warnings: readonly string[];
  }[];
  /** Why the file, or parts of it, gave no new article; the ends of sentences about it. */
  readonly skipped: readonly string[];
  readonly change: CorpusChange;
}

export type FromImport =
  | { readonly kind: "planned"; readonly file: ImportedFile }
  | { readonly kind: "imported"; readonly file: ImportedFile }
  | { readonly kind: "failed"; readonly message: string; readonly isExpected: boolean };

/**
 * Plans and writes an import in a thread of its own: comparing a new article with thousands takes a second, in which
 * questions are to be answered.
 *
 * @param onPlanned Called before anything is written; where it throws, nothing is.
 */
export async function importInThread(
  task: ImportTask,
  onPlanned: (change: CorpusChange) => void = () => {},
): Promise<ImportedFile> {
  // Beside this file: compiled in dist/, TypeScript in src/.
  const entry = `./import-worker${extname(fileURLToPath(import.meta.url))}`;
  const worker = new Worker(new URL(entry, import.meta.url), { workerData: task });
  try {
    return await new Promise((resolve, reject) => {
      worker.on("error", reject);
      worker.on("exit", () => reject(new AppError("The import was ended.")));
      worker.on("message", (message: FromImport) => {
        if (message.kind === "failed")
          return reject(new (message.isExpected ? AppError : Error)(message.message));
        if (message.kind === "imported") return resolve(message.file);
        try {
          onPlanned(message.file.change);
          worker.postMessage("write");
        } catch (error) {
          reject(error);
        }
      });
    });
  } finally {
    await worker.terminate();
  }
}
