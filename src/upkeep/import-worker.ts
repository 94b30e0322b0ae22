import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { articlePath } from "../corpus/article-file.ts";
import { isWritten, planImport } from "../corpus/plan-import.ts";
import { writeImport } from "../corpus/write-import.ts";
import { AppError, messageOf } from "../errors.ts";
import type { FromImport, ImportedFile, ImportTask } from "./import-thread.ts";

const say = (message: FromImport) => parentPort!.postMessage(message);

async function importFound({ path, found, corpusDir, collection }: ImportTask): Promise<ImportedFile> {
  const plan = await planImport({ paths: [path], corpusDir, collection, read: async () => found });
  const fresh = plan.articles.filter(isWritten);
  const replaced = fresh.flatMap(({ replaces }) => replaces ?? []);
  const before = await Promise.all(
    replaced.map(async (id) => ({ id, file: await readFile(articlePath(corpusDir, id), "utf8") })),
  );
  const file: ImportedFile = {
    articles: fresh.map(({ title, paragraphs, warnings, replaces }) => {
      const about = { title, paragraphs: paragraphs.length, warnings };
      return { ...about, isNewVersion: replaces !== undefined };
    }),
    skipped: plan.skipped.map(({ reason }) => reason),
    change: { written: fresh.map(({ id, imported }) => ({ id, imported: imported! })), before },
  };
  if (fresh.length === 0) return file;
  say({ kind: "planned", file });
  await once(parentPort!, "message");
  await writeImport(plan);
  return file;
}

try {
  say({ kind: "imported", file: await importFound(workerData as ImportTask) });
} catch (error) {
  say({ kind: "failed", message: messageOf(error), isExpected: error instanceof AppError });
}
