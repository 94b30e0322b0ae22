import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectPath } from "../index/sample.ts";
import { importMutated } from "../support/import-mutated.ts";

// bench/mutate-files.ts does the same with 10,000 files of each format.
test("damaged files of every format give articles or a reason, crash nothing and leave nothing half-written", async () => {
  const samples = projectPath("test", "corpus", "files");
  const paths = readdirSync(samples, { recursive: true, encoding: "utf8" }).sort();
  const figures = await importMutated(
    paths.map((path) => join(samples, path)),
    25,
    20_251_126,
  );
  expect([...figures.keys()].sort()).toEqual(
    [".docx", ".htm", ".html", ".md", ".pdf", ".txt"].filter((extension) => figures.has(extension)),
  );
  for (const [extension, { files, imported, refused, crashes, timeouts, lost }] of figures) {
    expect(crashes, extension).toEqual([]);
    expect({ timeouts, lost, sum: imported + refused }, extension).toEqual({
      timeouts: 0,
      lost: 0,
      sum: files,
    });
  }
}, 120_000);
