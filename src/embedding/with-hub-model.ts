import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { HubModel } from "../config.ts";
import { AppError, messageOf } from "../errors.ts";
import type { Embedder } from "./embedder.ts";
import { type DownloadOptions, type ModelFiles, provideModel } from "./hub.ts";
import { findModelCard } from "./model-cards.ts";
import { startTransformerThread } from "./transformer-thread.ts";

export interface HubEmbedder extends Embedder {
  /** Ends the thread in which the model runs; what is under way fails, what comes after starts another one. */
  close(): Promise<unknown>;
}

/**
 * The embedder with the candidates' vectors taken from a model of the hub, which is downloaded where it is missing and
 * runs in a thread of its own. Throws an AppError where it cannot be had or does not load.
 */
export async function withHubModel(
  embedder: Embedder,
  model: HubModel,
  options: DownloadOptions = {},
): Promise<HubEmbedder> {
  const { folder, files } = await provideModel(model, options);
  const { pooling, prefix } = findModelCard(model.name);
  const dtype = files.at(-1)!.includes("quantized") ? "q8" : "fp32";
  const start = () => startTransformerThread({ folder, dtype, pooling });
  let thread = start();

  const run = (texts: readonly string[]): Promise<Float32Array> => {
    if (thread.hasEnded()) thread = start();
    return thread.embed(texts).catch((cause: unknown) => {
      throw new AppError(
        `The embedding model in ${folder} fails: ${messageOf(cause).replace(/\.$/, "")}. ` +
          "If it does so again, remove that folder to have the model downloaded anew.",
        { cause },
      );
    });
  };

  const dimensions = (await run(["."])).length;
  return {
    ...embedder,
    name: `${model.name} with ${embedder.name}`,
    fingerprint: await fingerprintOf(embedder.fingerprint, { folder, files }, [pooling, prefix]),
    dimensions,
    embed: async (texts, role) => {
      const vectors = await run(texts.map((text) => prefix[role] + text));
      return texts.map((_, i) => vectors.slice(i * dimensions, (i + 1) * dimensions));
    },
    close: () => thread.end(),
  };
}

/** Over the embedded model, the files of the other one, and how it is used. The files are too large to be held at once. */
async function fingerprintOf(embedded: string, { folder, files }: ModelFiles, use: unknown): Promise<string> {
  const hash = createHash("sha256").update(embedded).update(JSON.stringify(use));
  for (const file of files) {
    hash.update(file);
    for await (const chunk of createReadStream(join(folder, file))) hash.update(chunk);
  }
  return hash.digest("hex");
}
