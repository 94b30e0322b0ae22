import { parentPort, workerData } from "node:worker_threads";
import { AppError, messageOf } from "../errors.ts";
import type { BuildEmbedder } from "../index/build.ts";
import { buildCollections } from "../index/collections.ts";
import type { FromThread, ModelRequest, RefreshTask, ToThread } from "./refresh-thread.ts";

const { articles, indexDir, model } = workerData as RefreshTask;
const waiting = new Map<number, (reply: ToThread) => void>();
let calls = 0;

const say = (message: FromThread) => parentPort!.postMessage(message);

type Asked<Request> = Request extends ModelRequest ? Omit<Request, "call"> : never;

function ask(request: Asked<ModelRequest>): Promise<ToThread> {
  const call = ++calls;
  return new Promise((resolve) => {
    waiting.set(call, resolve);
    say({ ...request, call } as ModelRequest);
  });
}

parentPort!.on("message", (reply: ToThread) => {
  waiting.get(reply.call)?.(reply);
  waiting.delete(reply.call);
});

const embedder: BuildEmbedder = {
  ...model,
  embed: async (texts, role) => {
    const reply = await ask({ kind: "embed", texts, role });
    return "vectors" in reply ? [...reply.vectors] : [];
  },
  tokenize: async (text) => {
    const reply = await ask({ kind: "tokenize", text });
    return "tokens" in reply ? [...reply.tokens] : [];
  },
};

try {
  const onProgress = (done: number, total: number) => say({ kind: "progress", done, total });
  say({ kind: "built", report: await buildCollections({ articles, indexDir, embedder, onProgress }) });
} catch (error) {
  say({ kind: "failed", message: messageOf(error), isExpected: error instanceof AppError });
}
