import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import type { Log } from "../../src/log.ts";
import { createCorpusEditor } from "../../src/upkeep/edit-corpus.ts";
import { keepCurrent } from "../../src/upkeep/keep-current.ts";
import { programDir } from "./program.ts";

let embedder: Promise<Embedder> | undefined;

/** An article file. */
export function articleFile(title: string, text: string): string {
  return `---\nid: x\ntitle: ${title}\nauthors: []\nsource: notice.txt\n---\n${text}\n`;
}

/** A corpus of these files, by their paths in it, that is asked and edited until the test's end. */
export async function openLiveCorpus(files: Readonly<Record<string, string>>) {
  const root = await mkdtemp(join(tmpdir(), "wenbao-corpus-"));
  const [corpusDir, indexDir, stateDir] = ["corpus", "index", "state"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(corpusDir, path)), { recursive: true });
    await writeFile(join(corpusDir, path), text);
  };
  await mkdir(corpusDir);
  for (const [path, text] of Object.entries(files)) await put(path, text);
  embedder ??= loadEmbedder(join(programDir, "models/wenbao-multilingual-256"));
  const logged: string[] = [];
  const write = (event: string, fields?: Record<string, unknown>) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const nothing = () => {};
  const assistants = await keepCurrent({
    ...{ corpusDir, indexDir, embedder: await embedder, log, onReading: nothing, onIndexing: nothing },
  });
  const editor = createCorpusEditor({ corpusDir, assistants });
  onTestFinished(async () => {
    await editor.close();
    await assistants.close();
    await rm(root, { recursive: true });
  });
  return { corpusDir, indexDir, stateDir, put, assistants, editor, logged };
}
