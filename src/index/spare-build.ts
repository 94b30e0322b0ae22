import type { Article, Span } from "../types.ts";
import { listBuilds, readBuild, type StoredBuild } from "./build-folder.ts";
import type { IndexData } from "./data.ts";
import { findKept } from "./kept-passages.ts";
import { updateLexicalData } from "./lexical-update.ts";
import { joinLists, listAt } from "./lists.ts";
import { hashArticle } from "./manifest.ts";
import { copyVectors } from "./vectors.ts";

/**
 * The whole build of a model that has the most articles with these hashes, in force or not: what is left where the one
 * in force is damaged. Undefined where none has any.
 */
export async function readSpare(
  indexDir: string,
  modelFingerprint: string,
  hashes: readonly string[],
): Promise<StoredBuild | undefined> {
  const wanted = new Set(hashes);
  const builds = (await listBuilds(indexDir))
    .filter(({ manifest }) => manifest.model.fingerprint === modelFingerprint)
    .map(({ name, manifest }) => ({ name, has: manifest.articles.filter(({ hash }) => wanted.has(hash)) }))
    .filter(({ has }) => has.length > 0);
  for (const { name } of builds.sort((a, b) => b.has.length - a.has.length)) {
    // One that is damaged as well is passed over.
    const build = await readBuild(indexDir, name).catch(() => undefined);
    if (build) return build;
  }
  return undefined;
}

/** The articles that a build has unchanged, and its data as if they were all of it, but for the graph. */
export function restrictBuild(
  build: StoredBuild,
  articles: readonly Article[],
): { readonly articles: readonly Article[]; readonly data: IndexData } {
  const { model, chunking } = build.manifest;
  const { data, articles: found } = findKept(build, model.fingerprint, chunking, articles.map(hashArticle))!;
  const kept = articles.flatMap((article, i) => (found[i] ? [{ article, ...found[i] }] : []));
  const rows = Int32Array.from(kept.flatMap(({ firstRow, spans }) => spans.map((_, at) => firstRow + at)));
  const place =
    (number: number) =>
    ({ start, end }: Span) => [number, start, end];
  return {
    articles: kept.map(({ article }) => article),
    data: {
      spans: Uint32Array.from(kept.flatMap(({ spans }, number) => spans.flatMap(place(number)))),
      lexical: updateLexicalData(data.lexical, rows, () => []),
      tokens: joinLists(Array.from(rows, (row) => listAt(data.tokens, row))),
      vectors: copyVectors(data.vectors, rows, model.dimensions),
      labels: new Uint32Array(),
    },
  };
}
