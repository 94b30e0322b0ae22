import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { createParser } from "../../src/corpus/parser.ts";
import { planImport } from "../../src/corpus/plan-import.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { IMPORTABLE } from "../../src/corpus/readers.ts";
import { writeImport } from "../../src/corpus/write-import.ts";
import { AppError, messageOf } from "../../src/errors.ts";
import { seeded } from "../corpus/compose-page.ts";
import { mutateFile } from "./mutate.ts";

/** What became of the mutated files of one format. */
export interface MutationFigures {
  files: number;
  /** Files that gave at least one article. */
  imported: number;
  /** Files that gave none, with a reason an operator can read. */
  refused: number;
  /** What was thrown that is no word about the file. */
  crashes: string[];
  slowestMs: number;
  /** Files that took longer than a reader may. */
  timeouts: number;
  /** Files that ended the process which read them, by the memory they took or by a fault of V8; they are refused. */
  lost: number;
}

/** Imports are planned for so many files at once. */
const BATCH = 25;
/** What is said of a file that ended the process which read it. */
const LOST = "was not read to its end";

/**
 * Imports `count` mutated files of each format in turn into a corpus, each batch planned and written as by the command,
 * and throws where a hidden, unfinished or unreadable file is left in it.
 */
export async function importMutated(
  samples: readonly string[],
  count: number,
  seed: number,
  onProgress: (extension: string, done: number) => void = () => {},
): Promise<ReadonlyMap<string, MutationFigures>> {
  const figures = new Map<string, MutationFigures>();
  const parser = createParser();
  const root = await mkdtemp(join(tmpdir(), "wenbao-mutated-"));
  try {
    for (const extension of IMPORTABLE) {
      const own = samples.filter((path) => extname(path).toLowerCase() === extension);
      if (own.length === 0) continue;
      const contents = await Promise.all(own.map((path) => readFile(path)));
      const random = seeded(seed);
      const figure: MutationFigures = {
        files: 0,
        imported: 0,
        refused: 0,
        crashes: [],
        slowestMs: 0,
        timeouts: 0,
        lost: 0,
      };
      figures.set(extension, figure);
      const read = async (path: string) => {
        const start = performance.now();
        try {
          return await parser.read(path);
        } catch (error) {
          if (!(error instanceof AppError)) figure.crashes.push(`${path}: ${messageOf(error)}`);
          else if (error.message.startsWith("takes ")) figure.timeouts++;
          else if (error.message.startsWith(LOST)) figure.lost++;
          throw error;
        } finally {
          figure.slowestMs = Math.max(figure.slowestMs, Math.round(performance.now() - start));
        }
      };
      while (figure.files < count) {
        const folder = join(root, "files");
        const corpusDir = join(root, "corpus");
        await mkdir(folder);
        for (let i = Math.min(BATCH, count - figure.files); i > 0; i--) {
          const pick = () => contents[Math.floor(random() * contents.length)]!;
          const name = `${String(figure.files++).padStart(6, "0")}${extension}`;
          await writeFile(join(folder, name), mutateFile(pick(), pick(), random));
        }
        const plan = await planImport({ paths: [folder], corpusDir, read });
        await writeImport(plan);
        const gave = new Set(plan.articles.map(({ path }) => path));
        figure.imported += gave.size;
        for (const path of await readdir(folder)) if (!gave.has(join(folder, path))) figure.refused++;
        await expectWhole(corpusDir, plan.articles.length);
        await rm(folder, { recursive: true });
        await rm(corpusDir, { recursive: true });
        onProgress(extension, figure.files);
      }
    }
    return figures;
  } finally {
    await parser.close();
    await rm(root, { recursive: true, force: true });
  }
}

async function expectWhole(corpusDir: string, planned: number): Promise<void> {
  const names = await readdir(corpusDir);
  const { articles, problems } = await readCorpus(corpusDir);
  const strange = names.filter((name) => !name.endsWith(".md") || name.startsWith("."));
  if (strange.length > 0 || problems.length > 0 || articles.length > planned)
    throw new Error(`left in the corpus: ${JSON.stringify({ strange, problems })}`);
}
