import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Peer, Store, Tools } from "./peer.ts";

/** Every vector is looked at, in plain JavaScript: what a search must beat to be worth its while. */
export const peer: Peer = {
  kind: "vector",
  build: async ({ passages }, tools) => {
    const vectors = new Float32Array(passages.length * tools.embedder.dimensions);
    const embedded = await tools.embedder.embed(
      passages.map(({ text }) => text),
      "passage",
    );
    for (const [i, vector] of embedded.entries()) vectors.set(vector, i * vector.length);
    return openVectors(
      vectors,
      passages.map(({ articleId }) => articleId),
      tools,
    );
  },
  open: async (folder, tools) => {
    const { buffer, byteOffset, byteLength } = await readFile(join(folder, "vectors"));
    const vectors = new Float32Array(buffer, byteOffset, byteLength / 4);
    return openVectors(vectors, JSON.parse(await readFile(join(folder, "articles.json"), "utf8")), tools);
  },
};

function openVectors(vectors: Float32Array, articleIds: readonly string[], { embedder }: Tools): Store {
  const scan = (vector: Float32Array, limit: number) => nearest(vectors, vector, limit);
  return {
    scan,
    search: async (question, limit) => {
      const [vector] = await embedder.embed([question], "query");
      return scan(vector!, limit).map((passage) => articleIds[passage]!);
    },
    save: async (folder) => {
      await writeFile(join(folder, "vectors"), vectors);
      await writeFile(join(folder, "articles.json"), JSON.stringify(articleIds));
    },
  };
}

/** Numbers of the `limit` rows with the largest dot product, largest first. */
function nearest(vectors: Float32Array, vector: Float32Array, limit: number): number[] {
  const rows: number[] = [];
  const scores: number[] = [];
  for (let row = 0, offset = 0; offset < vectors.length; row++, offset += vector.length) {
    let score = 0;
    for (let d = 0; d < vector.length; d++) score += vectors[offset + d]! * vector[d]!;
    if (rows.length === limit && score <= scores[limit - 1]!) continue;
    let place = Math.min(rows.length, limit - 1);
    for (; place > 0 && scores[place - 1]! < score; place--) {
      rows[place] = rows[place - 1]!;
      scores[place] = scores[place - 1]!;
    }
    rows[place] = row;
    scores[place] = score;
  }
  return rows;
}
