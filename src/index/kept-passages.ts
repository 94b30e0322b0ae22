import type { StoredBuild } from "./build-folder.ts";
import { decodeData, type IndexData } from "./data.ts";

/** What a new build can take over from the one before. */
export interface KeptPassages {
  readonly data: IndexData;
  /** For each passage of the new build, its number in the one before, below 0 where it is new. */
  readonly rows: Int32Array;
}

/** A passage of a build that is made. */
export interface PassageKey {
  readonly articleHash: string;
  readonly start: number;
  readonly end: number;
}

/** Which passages the build before has too; undefined where it was made with another model. */
export function findKept(
  previous: StoredBuild | undefined,
  modelFingerprint: string,
  passages: readonly PassageKey[],
): KeptPassages | undefined {
  if (previous?.manifest.model.fingerprint !== modelFingerprint) return undefined;
  const data = decodeData(previous.files);
  const { articles } = previous.manifest;
  const before = new Map<string, number[]>();
  for (let row = 0; row * 3 < data.spans.length; row++) {
    const [article, start, end] = data.spans.subarray(row * 3, row * 3 + 3);
    const key = keyOf({ articleHash: articles[article!]!.hash, start: start!, end: end! });
    // Articles of the same content have the same keys; each of their passages is taken over once.
    const rows = before.get(key);
    if (rows) rows.push(row);
    else before.set(key, [row]);
  }
  return { data, rows: Int32Array.from(passages, (passage) => before.get(keyOf(passage))?.shift() ?? -1) };
}

/** Equal for two passages that are searched by the same text: an article's hash covers its title. */
function keyOf({ articleHash, start, end }: PassageKey): string {
  return `${articleHash} ${start} ${end}`;
}
