import { join } from "node:path";
import { BaseEmbedding, Settings, storageContextFromDefaults, TextNode, VectorStoreIndex } from "llamaindex";
import type { Peer, Store, Tools } from "../peer.ts";

export const peer: Peer = {
  kind: "vector",
  build: async ({ passages }, tools) => {
    Settings.embedModel = new SharedEmbedding(tools);
    const nodes = passages.map(
      ({ id, text, articleId }) =>
        new TextNode({ id_: id, text, metadata: { articleId }, excludedEmbedMetadataKeys: ["articleId"] }),
    );
    const storageContext = await storageContextFromDefaults({});
    const index = await VectorStoreIndex.init({ nodes, storageContext });
    return { ...storeOf(index), save: (folder) => persist(storageContext, folder) };
  },
  open: async (folder, tools) => {
    Settings.embedModel = new SharedEmbedding(tools);
    const storageContext = await storageContextFromDefaults({ persistDir: folder });
    return storeOf(await VectorStoreIndex.init({ storageContext }));
  },
};

/** At the end: given a folder from the start, it would write everything anew after each of its passages. */
async function persist(
  { vectorStores, docStore, indexStore }: Awaited<ReturnType<typeof storageContextFromDefaults>>,
  folder: string,
): Promise<void> {
  const files = [
    [docStore, "doc_store.json"],
    [indexStore, "index_store.json"],
    [vectorStores.TEXT, "vector_store.json"],
  ] as const;
  for (const [store, file] of files) {
    await (store as { persist(path: string): Promise<void> }).persist(join(folder, file));
  }
}

function storeOf(index: VectorStoreIndex): Store {
  return {
    search: async (question, limit) => {
      const hits = await index.asRetriever({ similarityTopK: limit }).retrieve({ query: question });
      return hits.map(({ node }) => node.metadata.articleId);
    },
  };
}

class SharedEmbedding extends BaseEmbedding {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    super();
    this.#tools = tools;
    this.embedBatchSize = 64;
    this.getTextEmbeddings = (texts) => tools.embed(texts);
  }

  override async getTextEmbedding(text: string): Promise<number[]> {
    return (await this.#tools.embed([text]))[0]!;
  }
}
