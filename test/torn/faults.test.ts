import { dirname } from "node:path";
import { expect, test } from "vitest";
import { createCharacterEmbedder, makeFolder } from "../index/sample.ts";
import { CORPUS_CHANGES, createThisProcess } from "../support/corpus-changes.ts";
import { tryEveryFault } from "../support/every-fault.ts";
import type { FaultKind } from "../support/faulty-fs.mjs";

const kinds: readonly FaultKind[] = ["ENOSPC", "EIO", "short", "full", "before", "half", "after"];
const OLD = "---\nid: old\ntitle: 旧文\nauthors: []\nsource: a\n---\n旧文说的是去年的事。\n";
/** Of all faults, which `npm run torture` tries, one in so many, of every kind. */
const SAMPLED = 25;
const picks = (step: number, kind: FaultKind) => (step + 4 * kinds.indexOf(kind)) % SAMPLED === 0;

test.each(CORPUS_CHANGES)("$title stays whole, whatever step fails or is the last", async (change) => {
  const runner = createThisProcess(createCharacterEmbedder());
  const { problems, tried, intact } = await tryEveryFault(change, runner, { kinds, picks });
  expect(problems).toEqual([]);
  expect(tried).toBeGreaterThan(4);
  expect(intact).toBe(tried);
});

test("what a command reports is on disk: every file before it is done, and every folder after its names", async () => {
  const folder = await makeFolder({
    "corpus/old.md": OLD,
    "new.md": "# 新文\n\n城东新开了一家书店，周末营业。\n",
  });
  const runner = createThisProcess(createCharacterEmbedder());
  await runner.run(["index"], folder);
  for (const command of [
    ["import", "new.md"],
    ["articles", "remove", "old"],
  ]) {
    const { steps } = await runner.run(command, folder);
    const isSynced = (path: string, after: number) => steps.indexOf(`sync ${path}`, after) > 0;
    for (const [at, step] of steps.entries()) {
      const [what, path] = step.split(" ") as [string, string];
      // A lock need not outlast a power cut.
      if (what === "writeFile" && path !== "index/lock") expect(isSynced(path, at), step).toBe(true);
      const isName = !path.endsWith(".tmp");
      if (isName && (what === "rename" || what === "link"))
        expect(isSynced(dirname(path), at), step).toBe(true);
    }
    expect(steps).toContain("rename index/current");
  }
});
