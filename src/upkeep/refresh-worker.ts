import { parentPort } from "node:worker_threads";
import { AppError, messageOf } from "../errors.ts";
import type { BuildEmbedder } from "../index/build.ts";
import { buildCollections } from "../index/collections.ts";
import type { FromThread, ModelReply, ModelRequest, RefreshTask } from "./refresh-thread.ts";

const waiting = new Map<number, (reply: ModelReply) => void>();
let calls = 0;

const say = (message: FromThread) => parentPort!.postMessage(message);

type Asked<Request> = Request extends ModelRequest ? Omit<Request, "call"> : never;

function ask(request: Asked<ModelRequest>): Promise<ModelReply> {
  const call = ++calls;
  return new Promise((resolve) => {
    waiting.set(call, resolve);
    say({ ...request, call } as ModelRequest);
  });
}

function embedderOf(model: RefreshTask["model"]): BuildEmbedder {
  return {
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
}

async function build({ articles, indexDir, model }: RefreshTask): Promise<void> {
  const onProgress = (done: number, total: number) => say({ kind: "progress", done, total });
  try {
    const embedder = embedderOf(model);
    say({ kind: "built", report: await buildCollections({ articles, indexDir, embedder, onProgress }) });
  } catch (error) {
    say({ kind: "failed", message: messageOf(error), isExpected: error instanceof AppError });
  }
}

/** The task comes first, then what the model answers. */
parentPort!.on("message", (message: RefreshTask | ModelReply) => {
  if (!("call" in message)) return void build(message);
  waiting.get(message.call)?.(message);
  waiting.delete(message.call);
});
