import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import MiniSearch, { type Options } from "minisearch";
import type { Peer, SearchText, Store, Tools } from "../peer.ts";

const FILE = "minisearch.json";

export const peer: Peer = {
  kind: "lexical",
  build: async ({ passages }, tools) => {
    const index = new MiniSearch(optionsOf(tools));
    index.addAll(passages);
    return storeOf(index);
  },
  open: async (folder, tools) =>
    storeOf(MiniSearch.loadJSON((await readFile(join(folder, FILE))).toString(), optionsOf(tools))),
};

function optionsOf({ words }: Tools): Options<SearchText> {
  return { fields: ["text"], storeFields: ["articleId"], tokenize: words };
}

function storeOf(index: MiniSearch<SearchText>): Store {
  return {
    search: async (question, limit) =>
      index
        .search(question)
        .slice(0, limit)
        .map(({ articleId }) => articleId),
    save: (folder) => writeFile(join(folder, FILE), JSON.stringify(index)),
  };
}
