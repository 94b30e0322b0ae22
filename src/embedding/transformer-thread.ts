import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { messageOf } from "../errors.ts";
import type { ModelCard } from "./model-cards.ts";

/** What the thread loads. */
export interface TransformerFiles {
  readonly folder: string;
  /** Which of the weights: `onnx/model_quantized.onnx` or `onnx/model.onnx`. */
  readonly dtype: "q8" | "fp32";
  readonly pooling: ModelCard["pooling"];
}

export interface ThreadRequest {
  /** Given back with the reply. */
  readonly call: number;
  readonly texts: readonly string[];
}

export type ThreadReply = { readonly call: number } & (
  | /** End to end. */ { readonly vectors: Float32Array }
  | { readonly error: string }
);

/** A transformer that computes in a thread of its own, so that nothing else waits for it. */
export interface TransformerThread {
  /** One vector of length 1 a text, end to end. Rejects when the thread ends before it is done. */
  embed(texts: readonly string[]): Promise<Float32Array>;
  /** Whether it has ended and answers no more. */
  hasEnded(): boolean;
  end(): Promise<unknown>;
}

interface Waiting {
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (reason: Error) => void;
}

/** Starts a thread, which keeps the process alive only while it has something to do. */
export function startTransformerThread(files: TransformerFiles): TransformerThread {
  // Beside this file: compiled in dist/, TypeScript in src/.
  const entry = `./transformer-worker${extname(fileURLToPath(import.meta.url))}`;
  const worker = new Worker(new URL(entry, import.meta.url), { workerData: files });
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let ended: Error | undefined;

  const settle = (call: number): Waiting | undefined => {
    const settled = waiting.get(call);
    waiting.delete(call);
    if (waiting.size === 0) worker.unref();
    return settled;
  };
  const endWith = (reason: string): void => {
    ended ??= new Error(reason);
    for (const call of [...waiting.keys()]) settle(call)?.reject(ended);
  };
  worker.on("message", (reply: ThreadReply) => {
    const settled = settle(reply.call);
    if ("error" in reply) settled?.reject(new Error(reply.error));
    else settled?.resolve(reply.vectors);
  });
  worker.on("error", (error) => endWith(messageOf(error)));
  worker.on("exit", (code) => endWith(`its thread ended with code ${code}`));
  worker.unref();

  return {
    embed: (texts) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const request: ThreadRequest = { call: ++calls, texts };
        waiting.set(request.call, { resolve, reject });
        worker.ref();
        worker.postMessage(request);
      }),
    hasEnded: () => ended !== undefined,
    end: () => worker.terminate(),
  };
}
