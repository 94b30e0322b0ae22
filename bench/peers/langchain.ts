import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { Document } from "@langchain/core/documents";
import { Embeddings } from "@langchain/core/embeddings";
import type { Peer, Tools } from "../peer.ts";

/** It keeps nothing on disk: whoever starts the program embeds everything again. */
export const peer: Peer = {
  kind: "vector",
  build: async ({ passages }, tools) => {
    const documents = passages.map(
      ({ id, text, articleId }) => new Document({ id, pageContent: text, metadata: { articleId } }),
    );
    const store = await MemoryVectorStore.fromDocuments(documents, new SharedEmbeddings(tools));
    return {
      search: async (question, limit) =>
        (await store.similaritySearch(question, limit)).map(({ metadata }) => metadata.articleId),
    };
  },
};

class SharedEmbeddings extends Embeddings {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    super({});
    this.#tools = tools;
  }

  override embedDocuments(texts: string[]): Promise<number[][]> {
    return this.#tools.embed(texts);
  }

  override async embedQuery(text: string): Promise<number[]> {
    return (await this.#tools.embed([text]))[0]!;
  }
}
