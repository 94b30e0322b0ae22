import { readFileSync } from "node:fs";
import type { CleanArticle } from "./compose-page.ts";

/** Short articles of many subjects, full of the characters that fonts mis-map to, as a clean text has them. */
export const CLEAN_ARTICLES: readonly CleanArticle[] = readFileSync(
  new URL("./clean-articles.txt", import.meta.url),
  "utf8",
)
  .split(/^# /m)
  .slice(1)
  .map((block) => {
    const [title, authors, ...paragraphs] = block.trim().split("\n");
    return { title: title!, authors: authors!.slice(2).split(/[、 ]/), paragraphs };
  });
