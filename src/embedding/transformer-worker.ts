import { parentPort, workerData } from "node:worker_threads";
import { AutoModel, AutoTokenizer, env, type Tensor } from "@xenova/transformers";
import { messageOf } from "../errors.ts";
import { poolTokens } from "./pool.ts";
import type { ThreadReply, ThreadRequest, TransformerFiles } from "./transformer-thread.ts";

/** Texts a batch: more only makes the padded tensors larger. */
const BATCH_SIZE = 16;
/** The longest that models of this kind are trained on; passages and questions are shorter. */
const MAX_TOKENS = 512;

const { folder, dtype, pooling } = workerData as TransformerFiles;
env.allowRemoteModels = false;
const [tokenizer, model] = await Promise.all([
  AutoTokenizer.from_pretrained(folder),
  AutoModel.from_pretrained(folder, { dtype }),
]);

async function embed(texts: readonly string[]): Promise<Float32Array> {
  const batches: Float32Array[] = [];
  for (let start = 0; start < texts.length; start += BATCH_SIZE) {
    const options = { padding: true, truncation: true, max_length: MAX_TOKENS };
    const inputs: Record<string, Tensor> = tokenizer(texts.slice(start, start + BATCH_SIZE), options);
    const outputs: Record<string, Tensor | undefined> = await model(inputs);
    const vectors = outputs.last_hidden_state ?? outputs.token_embeddings;
    if (!(vectors?.data instanceof Float32Array)) throw new Error("it gives no vectors of tokens");
    const [count = 0, width = 0, dimensions = 0] = vectors.dims;
    const mask = inputs.attention_mask!.data as BigInt64Array;
    batches.push(poolTokens({ texts: count, values: vectors.data, mask, width, dimensions }, pooling));
  }
  const joined = new Float32Array(batches.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const batch of batches) {
    joined.set(batch, at);
    at += batch.length;
  }
  return joined;
}

parentPort!.on("message", async ({ call, texts }: ThreadRequest) => {
  const reply: ThreadReply = await embed(texts).then(
    (vectors) => ({ call, vectors }),
    (error: unknown) => ({ call, error: messageOf(error) }),
  );
  parentPort!.postMessage(reply, "vectors" in reply ? [reply.vectors.buffer as ArrayBuffer] : []);
});
