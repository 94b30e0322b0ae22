import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Article } from "../types.ts";
import { type BuildOptions, type BuildReport, buildIndex } from "./build.ts";
import { unwritable } from "./manifest.ts";

/** Indexes of collections lie here, below that of the default one. */
const COLLECTIONS = "collections";

/**
 * Where the index of a collection lies. Each has one of its own, so that nothing of another can be found in it, nor
 * shape a score.
 */
export function collectionFolder(indexDir: string, collection: string): string {
  return collection === "" ? indexDir : join(indexDir, COLLECTIONS, collection);
}

/** The articles of each collection; the default one, "", comes first and is always there. */
export function groupByCollection(articles: readonly Article[]): ReadonlyMap<string, readonly Article[]> {
  const groups = new Map<string, Article[]>([["", []]]);
  for (const article of articles) {
    const group = groups.get(article.collection);
    if (group) group.push(article);
    else groups.set(article.collection, [article]);
  }
  return groups;
}

/** What the builds of all collections sum up to. */
export interface CollectionsReport extends Omit<BuildReport, "fingerprint"> {
  /** How many articles of which collections were embedded; those with none are left out. */
  readonly embedded: ReadonlyMap<string, number>;
}

/** Builds the index of every collection, as `buildIndex` does, and removes those of collections that are gone. */
export async function buildCollections(options: BuildOptions): Promise<CollectionsReport> {
  const groups = groupByCollection(options.articles);
  const total = { articles: 0, passages: 0, embeddedArticles: 0 };
  const embedded = new Map<string, number>();
  for (const [collection, articles] of groups) {
    const indexDir = collectionFolder(options.indexDir, collection);
    const report = await buildIndex({ ...options, articles, indexDir });
    total.articles += report.articles;
    total.passages += report.passages;
    total.embeddedArticles += report.embeddedArticles;
    if (report.embeddedArticles > 0) embedded.set(collection, report.embeddedArticles);
  }
  const folder = join(options.indexDir, COLLECTIONS);
  try {
    const names = await readdir(folder).catch(() => []);
    for (const name of names)
      if (!groups.has(name)) await rm(join(folder, name), { recursive: true, force: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  return { ...total, embedded };
}
