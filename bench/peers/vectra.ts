import { join } from "node:path";
import { LocalIndex, ProtobufCodec } from "vectra";
import type { Peer, Store, Tools } from "../peer.ts";

type Metadata = { articleId: string; text: string };

/** Kept in its binary form, because JSON of 100,000 vectors is longer than a string may be. */
export const peer: Peer = {
  kind: "vector",
  build: async ({ passages }, tools) => {
    const vectors = await tools.embed(passages.map(({ text }) => text));
    const items = passages.map(({ id, articleId, text }, i) => ({
      id,
      vector: vectors[i]!,
      metadata: { articleId, text },
    }));
    return {
      save: async (folder) => {
        const index = indexIn(folder);
        await index.createIndex({ version: 1 });
        await index.batchInsertItems(items);
      },
      search: () => Promise.reject(new Error("vectra searches what it has saved")),
    };
  },
  open: async (folder, tools) => {
    const index = indexIn(folder);
    // The index is read with the first call that needs it.
    await index.getIndexStats();
    return storeOf(index, tools);
  },
};

function indexIn(folder: string): LocalIndex<Metadata> {
  return new LocalIndex<Metadata>(join(folder, "vectra"), undefined, undefined, new ProtobufCodec());
}

function storeOf(index: LocalIndex<Metadata>, tools: Tools): Store {
  return {
    search: async (question, limit) => {
      const [vector] = await tools.embed([question]);
      return (await index.queryItems(vector!, question, limit)).map(({ item }) => item.metadata.articleId);
    },
  };
}
