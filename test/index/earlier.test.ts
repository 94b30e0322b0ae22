import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { embeddedModelFolder } from "../../src/assistant.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { buildIndex } from "../../src/index/build.ts";
import { openIndex } from "../../src/index/open.ts";
import { makeArticle, makeFolder, passagesOf, projectPath } from "./sample.ts";

/** Built of these articles by the first embedded model, as a program of that time left it. */
const EARLIER = projectPath("test", "index", "earlier-model");
const articles = [
  makeArticle("mine", "矿山安全", "一是压实责任。二是排查隐患。"),
  makeArticle("road", "徐州道路", "汉源大道通车，全长八公里。"),
];

test("an index built by an earlier embedded model is refused with the command that mends it", async () => {
  const embedder = await loadEmbedder(embeddedModelFolder(projectPath()));
  const indexDir = join(await makeFolder(), "index");
  await cp(EARLIER, indexDir, { recursive: true });
  const opening = openIndex({ articles, indexDir, embedder });
  await expect(opening).rejects.toThrow(
    /^The index in .* (was built with another (version of the )?model|has format \d).*Run "npm run index" to build it again\.$/,
  );
  // No vector of the earlier model is taken over.
  expect(await buildIndex({ articles, indexDir, embedder })).toMatchObject({ embeddedArticles: 2 });
  expect(passagesOf(await openIndex({ articles, indexDir, embedder }))).toHaveLength(2);
});
