import { createHash } from "node:crypto";
import type { Article, ArticleId } from "../types.ts";

/** How a key looks: what fits into 64 bytes of a button or a deep link, where an id, which may be a long Chinese name, does not. */
export const ARTICLE_KEY = /[0-9a-f]{12}/;

/** A short name of an article: the beginning of its id's SHA-256. */
export function articleKey(id: ArticleId): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 12);
}

/** The article of a key among those of one collection. */
export function articleByKey(articles: readonly Article[], key: string): Article | undefined {
  return articles.find(({ id }) => articleKey(id) === key);
}
