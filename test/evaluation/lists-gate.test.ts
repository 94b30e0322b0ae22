import { join } from "node:path";
import { expect, test } from "vitest";
import { embeddedModelFolder, openAssistant } from "../../src/assistant.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { readDataset } from "../../src/evaluation/dataset.ts";
import { judgeList } from "../../src/evaluation/gold-list.ts";
import { buildIndex } from "../../src/index/build.ts";
import { makeFolder, projectPath } from "../index/sample.ts";
import expected from "./expected-lists.json" with { type: "json" };

/** All of them take a minute. */
const EVERY = 4;

test("lists of the test half are given as exactly as expected-lists.json says", {
  timeout: 60_000,
}, async () => {
  const { articles = [], queries } = await readDataset(join(projectPath(), "test/datasets/lists"));
  const embedder = await loadEmbedder(embeddedModelFolder(projectPath()));
  const indexDir = await makeFolder();
  await buildIndex({ articles, indexDir, embedder });
  const assistant = await openAssistant({ articles, indexDir, embedder });

  const outcomes = new Map<string, boolean[]>();
  const count = (figure: string, isSo: boolean) =>
    outcomes.set(figure, [...(outcomes.get(figure) ?? []), isSo]);
  const asked = queries.filter(({ split, list }) => split === "test" && list !== undefined);
  for (const { text, language, list } of asked.filter((_, i) => i % EVERY === 0)) {
    const { items, completeness, silentlyIncomplete } = judgeList(await assistant.ask(text), list!);
    count(`${language} exact`, items && completeness);
    count("silently incomplete", silentlyIncomplete);
  }

  const shares = Object.fromEntries(
    [...outcomes].map(([figure, all]) => [figure, all.filter(Boolean).length / all.length]),
  );
  for (const [figure, least] of Object.entries(expected.atLeast))
    expect(shares[figure], `${figure}, at least`).toBeGreaterThanOrEqual(least);
  for (const [figure, most] of Object.entries(expected.atMost))
    expect(shares[figure], `${figure}, at most`).toBeLessThanOrEqual(most);
});
