import { join } from "node:path";
import { expect, test } from "vitest";
import { embeddedModelFolder, openAssistant } from "../../src/assistant.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import { readDataset } from "../../src/evaluation/dataset.ts";
import { judge } from "../../src/evaluation/gold.ts";
import expected from "./expected.json" with { type: "json" };

const root = join(import.meta.dirname, "../..");

test("the test half of our questions is answered and refused as well as expected.json says", async () => {
  const articles = (await readCorpus(join(root, "corpus"))).articles;
  const embedder = await loadEmbedder(embeddedModelFolder(root));
  const assistant = await openAssistant({ articles, indexDir: join(root, "index"), embedder });
  const { queries } = await readDataset(join(root, "test/datasets/articles"));
  const outcomes = new Map<string, boolean[]>();
  const count = (figure: string, isSo: boolean) =>
    outcomes.set(figure, [...(outcomes.get(figure) ?? []), isSo]);

  for (const query of queries.filter(({ split }) => split === "test")) {
    const answer = await assistant.ask(query.text);
    const language = query.language.startsWith("zh") ? "zh" : query.language === "en" ? "en" : "other";
    if (query.gold === null) {
      const subject = query.kind === "unanswerable-near" ? "near" : "other";
      count(`${subject} subjects refused`, answer.kind === "not-found");
      continue;
    }
    const { first, hit } = judge(answer, query.gold);
    count(`${language} first`, first);
    count(`${language} hit`, hit);
    if (query.kind !== "fact" && language !== "other") count(`${query.kind} first`, first);
    if (language !== "other") count("answerable refused", answer.kind === "not-found");
  }

  const shares = Object.fromEntries(
    [...outcomes].map(([figure, list]) => [figure, list.filter(Boolean).length / list.length]),
  );
  for (const [figure, least] of Object.entries(expected.atLeast)) {
    expect(shares[figure], `${figure}, at least`).toBeGreaterThanOrEqual(least);
  }
  for (const [figure, most] of Object.entries(expected.atMost)) {
    expect(shares[figure], `${figure}, at most`).toBeLessThanOrEqual(most);
  }
});
