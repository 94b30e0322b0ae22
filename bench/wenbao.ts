import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openAssistant } from "../src/assistant.ts";
import { buildIndex } from "../src/index/build.ts";
import type { Article } from "../src/types.ts";
import type { Peer } from "./peer.ts";

/** Its articles lie beside its index, as the peers keep their texts. */
const ARTICLES = "articles.json";

export const peer: Peer = {
  kind: "hybrid",
  build: async ({ articles }, { embedder }) => ({
    save: async (folder) => {
      await writeFile(join(folder, ARTICLES), JSON.stringify(articles));
      await buildIndex({ articles, indexDir: join(folder, "index"), embedder });
    },
    search: () => Promise.reject(new Error("Wenbao searches what it has saved")),
  }),
  open: async (folder, { embedder }) => {
    const articles: Article[] = JSON.parse((await readFile(join(folder, ARTICLES))).toString());
    const assistant = await openAssistant({ articles, indexDir: join(folder, "index"), embedder });
    return { search: (question) => assistant.rank(question), answer: (question) => assistant.ask(question) };
  },
};
