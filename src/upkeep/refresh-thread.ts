import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Embedder, TextRole } from "../embedding/embedder.ts";
import { AppError } from "../errors.ts";
import type { CollectionsReport } from "../index/collections.ts";
import type { Article } from "../types.ts";

/** What the thread builds. */
export interface RefreshTask {
  readonly articles: readonly Article[];
  readonly indexDir: string;
  readonly model: Pick<Embedder, "name" | "fingerprint" | "dimensions">;
}

/** What the thread asks of the model, which stays where it is. */
export type ModelRequest = { readonly call: number } & (
  | { readonly kind: "embed"; readonly texts: readonly string[]; readonly role: TextRole }
  | { readonly kind: "tokenize"; readonly text: string }
);

export type FromThread =
  | ModelRequest
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "built"; readonly report: CollectionsReport }
  | { readonly kind: "failed"; readonly message: string; readonly isExpected: boolean };

/** The model's answer to a request. */
export type ModelReply = { readonly call: number } & (
  | { readonly vectors: readonly Float32Array[] }
  | { readonly tokens: readonly number[] }
);

export interface RefreshOptions {
  readonly articles: readonly Article[];
  readonly indexDir: string;
  readonly embedder: Embedder;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Refresher {
  /**
   * As `buildCollections`, in a thread of its own, so that questions are answered meanwhile: a graph over 100,000
   * passages takes minutes. Passages are embedded here, a batch at a time, for the model takes as much memory as all
   * else. One at a time.
   */
  build(options: RefreshOptions): Promise<CollectionsReport>;
  /** Ends the thread, and what it builds; the index in force stays. */
  close(): Promise<void>;
}

/** Its thread is started before it is needed: loading its modules takes as long as a small refresh. */
export function createRefresher(): Refresher {
  let worker = start();
  let isClosed = false;
  return {
    async build({ articles, indexDir, embedder, onProgress = () => {} }) {
      if (isClosed) throw new AppError("The refresh of the index was ended.");
      const { name, fingerprint, dimensions } = embedder;
      const task: RefreshTask = { articles, indexDir, model: { name, fingerprint, dimensions } };
      const thread = worker;
      thread.ref();
      try {
        return await new Promise((resolve, reject) => {
          thread.on("error", reject);
          thread.on("exit", () => reject(new AppError("The refresh of the index was ended.")));
          thread.on("message", (message: FromThread) => {
            switch (message.kind) {
              case "progress":
                return onProgress(message.done, message.total);
              case "built":
                return resolve(message.report);
              case "failed":
                return reject(new (message.isExpected ? AppError : Error)(message.message));
              default:
                answer(message, embedder).then((reply) => thread.postMessage(reply), reject);
            }
          });
          thread.postMessage(task);
        });
      } finally {
        // What a build leaves behind goes with its thread.
        await thread.terminate();
        if (!isClosed) worker = start();
      }
    },
    async close() {
      isClosed = true;
      await worker.terminate();
    },
  };
}

function start(): Worker {
  // Beside this file: compiled in dist/, TypeScript in src/.
  const entry = `./refresh-worker${extname(fileURLToPath(import.meta.url))}`;
  const worker = new Worker(new URL(entry, import.meta.url));
  worker.unref();
  return worker;
}

async function answer(request: ModelRequest, embedder: Embedder): Promise<ModelReply> {
  const { call } = request;
  if (request.kind === "tokenize") return { call, tokens: embedder.tokenize(request.text) };
  return { call, vectors: await embedder.embed(request.texts, request.role) };
}
