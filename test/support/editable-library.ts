import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Assistants, openAssistants } from "../../src/assistant.ts";
import { articleId, toArticle } from "../../src/corpus/article-file.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { buildCollections } from "../../src/index/collections.ts";
import type { Library } from "../../src/telegram/context.ts";
import type { Article } from "../../src/types.ts";
import type { CorpusEditor } from "../../src/upkeep/edit-corpus.ts";
import { programDir } from "./program.ts";

let model: ReturnType<typeof loadEmbedder> | undefined;

/** The shipped articles, and one of a collection "staff", in a library that is changed without folders and threads. */
export async function openEditableLibrary() {
  const indexDir = await mkdtemp(join(tmpdir(), "wenbao-index-"));
  onTestFinished(() => rm(indexDir, { recursive: true }));
  model ??= loadEmbedder(join(programDir, "models/wenbao-multilingual-256"));
  const embedder = await model;
  let articles: readonly Article[] = (await readCorpus(join(programDir, "corpus"))).articles;
  let assistants: Assistants = new Map();
  let count = 0;

  const editor: CorpusEditor = {
    importFile: async () => ({ articles: [], skipped: [], change: { written: [], before: [] } }),
    closing: new AbortController().signal,
    close: async () => {},
    async addArticle({ collection, ...fields }) {
      const name = `added-${++count}`;
      articles = [
        ...articles,
        toArticle({ id: name, ...fields, authors: [...fields.authors] }, collection, name),
      ];
      return articleId(collection, name);
    },
    async remove(ids) {
      articles = articles.filter(({ id }) => !ids.includes(id));
      return { written: [], before: [] };
    },
    undo: async () => ({ removed: [], restored: [], kept: [] }),
    async refresh() {
      await buildCollections({ articles, indexDir, embedder });
      assistants = await openAssistants({ articles, indexDir, embedder });
      return { problems: [], embedded: new Map(), ms: 0 };
    },
  };
  const library: Library = {
    defaultCollection: "",
    collections: () => [...assistants.keys()],
    follow: (collection) => assistants.get(collection)!,
  };
  const add = async (title: string, text: string, collection = "") => {
    const id = await editor.addArticle({ title, text, authors: [], source: "notice.txt", collection });
    await editor.refresh();
    return id;
  };
  await add("员工年假规定", "员工入职满一年后，每年享有七天带薪年假，须提前一周申请。", "staff");
  const articlesIn = (collection = "") => articles.filter((article) => article.collection === collection);
  return { library, editor, add, articlesIn };
}
