import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Assistant, embeddedModelFolder, openAssistant } from "../../src/assistant.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { buildIndex } from "../../src/index/build.ts";
import type { Article } from "../../src/types.ts";
import { CLEAN_ARTICLES } from "../corpus/clean-articles.ts";
import { makeArticle, projectPath, shippedArticles } from "../index/sample.ts";

/** What the dialogues are about: the shipped articles, those beside the dialogues, and short ones of many subjects. */
export async function dialogueArticles(): Promise<readonly Article[]> {
  const clean = CLEAN_ARTICLES.map(({ title, authors, paragraphs }, i) => ({
    ...makeArticle(`clean-${i}`, title, ...paragraphs),
    authors,
  }));
  const { articles } = await readCorpus(projectPath("test/dialogue/articles"));
  return [...(await shippedArticles()), ...articles, ...clean];
}

/** Over these articles, with the embedded model; an index that is open needs its folder no more. */
export async function assistantOver(articles: readonly Article[]): Promise<Assistant> {
  const embedder = await loadEmbedder(embeddedModelFolder(projectPath()));
  const indexDir = await mkdtemp(join(tmpdir(), "wenbao-dialogue-"));
  try {
    await buildIndex({ articles, indexDir, embedder });
    return await openAssistant({ articles, indexDir, embedder });
  } finally {
    await rm(indexDir, { recursive: true });
  }
}
