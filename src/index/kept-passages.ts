import type { ChunkingSettings } from "../chunking/passages.ts";
import type { Span } from "../types.ts";
import type { StoredBuild } from "./build-folder.ts";
import { decodeData, type IndexData } from "./data.ts";

/** What a new build can take over from the one before. */
export interface KeptPassages {
  readonly data: IndexData;
  /** For each article of the new build its passages in the one before, undefined where it is new or changed. */
  readonly articles: readonly (KeptArticle | undefined)[];
}

export interface KeptArticle {
  /** Number of its first passage in the build before. */
  readonly firstRow: number;
  readonly spans: readonly Span[];
}

/**
 * Which of the articles with these hashes the build before has too; undefined where it was made with another model or
 * cut otherwise. An article's hash covers its title, so that its passages are searched by the same texts.
 */
export function findKept(
  previous: StoredBuild | undefined,
  modelFingerprint: string,
  chunking: ChunkingSettings,
  hashes: readonly string[],
): KeptPassages | undefined {
  if (previous === undefined) return undefined;
  const { model, chunking: cut, articles } = previous.manifest;
  const isSameCut = cut.minWidth === chunking.minWidth && cut.maxWidth === chunking.maxWidth;
  if (model.fingerprint !== modelFingerprint || !isSameCut) return undefined;
  const data = decodeData(previous.files);
  const before = new Map<string, KeptArticle[]>();
  let firstRow = 0;
  for (const { hash, passages } of articles) {
    const spans = Array.from({ length: passages }, (_, i): Span => {
      const [start, end] = data.spans.subarray((firstRow + i) * 3 + 1, (firstRow + i) * 3 + 3);
      return { start: start!, end: end! };
    });
    // Articles of the same content have the same hash; each is taken over once.
    before.set(hash, [...(before.get(hash) ?? []), { firstRow, spans }]);
    firstRow += passages;
  }
  return { data, articles: hashes.map((hash) => before.get(hash)?.shift()) };
}
