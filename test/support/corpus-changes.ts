import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { settleCorpus } from "../../src/corpus/leftovers.ts";
import { planImport } from "../../src/corpus/plan-import.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { readFileArticles } from "../../src/corpus/read-file.ts";
import { removeArticles } from "../../src/corpus/remove-articles.ts";
import { writeImport } from "../../src/corpus/write-import.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import { AppError } from "../../src/errors.ts";
import { buildCollections } from "../../src/index/collections.ts";
import type { ArticleId } from "../../src/types.ts";
import { type Fault, setFault, untilDead } from "./faulty-fs.mjs";

/** A command that changes a corpus or its index. */
export interface CorpusChange {
  readonly title: string;
  /** Files by their paths in a folder with `corpus/` and, where it is indexed, `index/`. */
  readonly files: Readonly<Record<string, string>>;
  /** What is done before the change: it gives the state that must not be lost. */
  readonly before: readonly (readonly string[])[];
  /** Files that are written after that. */
  readonly edits?: Readonly<Record<string, string>>;
  /** Of the program, called in the folder. */
  readonly command: readonly string[];
}

export type Ending = "done" | "failed" | "killed";

/** How commands are run in a folder: the same with a fault as without. */
export interface Runner {
  readonly embedder: Embedder;
  run(command: readonly string[], folder: string, fault?: Omit<Fault, "under">): Promise<Outcome>;
}

export interface Outcome {
  readonly ending: Ending;
  /** What it said went wrong. */
  readonly said: string;
  /** Up to its end. */
  readonly steps: readonly string[];
}

const bulletin = (first: string, second: string) =>
  `云溪快讯 2025年9月8日 第36期\n\n【水库大坝加固完工】\n　　${first}\n\n【老街修缮开工】\n　　${second}\n`;
const DAM = "云溪水库大坝加固工程九月六日完工，坝顶加高一点二米，可以抵御百年一遇的洪水。工程历时两年。";
const STREET = "云溪老街修缮工程九月七日开工，将修复四十二间老铺面，预计明年五月完工，其间商户照常营业。";
const STREET_LATER = STREET.replace("四十二", "四十三");
const POOL = "# 游泳馆开放时间\n\n城东游泳馆每天早上七点开门，晚上九点半关门，周一闭馆保养。\n";
const BUS = "# 八路公交车改道\n\n八路公交车十二月起改走滨河大道，全程四十分钟，末班车晚上十点发车。\n";
const IMPORT_ALL = ["import", "bulletin.txt", "pool.md"];
const files = { "bulletin.txt": bulletin(DAM, STREET), "pool.md": POOL, "bus.md": BUS };

export const CORPUS_CHANGES: readonly CorpusChange[] = [
  {
    title: "an import of new articles, two of them from one file",
    files: { "bulletin.txt": files["bulletin.txt"], "pool.md": POOL, "bus.md": BUS },
    before: [["import", "pool.md"]],
    command: ["import", "bulletin.txt", "bus.md"],
  },
  {
    title: "an import that replaces articles and adds one",
    files,
    before: [IMPORT_ALL],
    edits: { "bulletin.txt": bulletin(DAM, STREET_LATER), "pool.md": POOL.replace("七点", "八点") },
    command: ["import", "bulletin.txt", "pool.md", "bus.md"],
  },
  {
    title: "a removal of two articles of three",
    files,
    before: [IMPORT_ALL],
    command: ["articles", "remove", "bulletin-01", "pool-01"],
  },
  {
    title: "a first index",
    files,
    before: [[...IMPORT_ALL, "--no-index"]],
    command: ["index"],
  },
  {
    title: "an index after an article was edited by hand and one added",
    files,
    before: [IMPORT_ALL],
    edits: {
      "corpus/edited.md": `---\nid: edited\ntitle: 菜市场搬迁\nauthors: []\nsource: a\n---\n${BUS.slice(10)}`,
      "corpus/pool-01.md": `---\nid: pool-01\ntitle: 游泳馆\nauthors: []\nsource: pool.md\n---\n早上六点开门。\n`,
    },
    command: ["index"],
  },
];

/** Runs commands in this process: a fault that kills it leaves what is under way where it is, for good. */
export function createThisProcess(embedder: Embedder): Runner {
  return {
    embedder,
    async run(command, folder, fault) {
      setFault({ under: folder, ...fault });
      let said = "";
      const ending = await Promise.race([
        perform(command, folder, embedder).then(
          (): Ending => "done",
          (error: unknown): Ending => {
            if (!(error instanceof AppError)) throw error;
            said = error.message;
            return "failed";
          },
        ),
        untilDead().then((): Ending => "killed"),
      ]);
      return { ending, said, steps: setFault(undefined) };
    },
  };
}

/** Runs commands of the built program, each in a process of its own. */
export function createProcesses(embedder: Embedder): Runner {
  return {
    embedder,
    async run(command, folder, fault) {
      const log = `${folder}.steps`;
      await rm(log, { force: true });
      const preload = fileURLToPath(new URL("faulty-fs.mjs", import.meta.url));
      const fix = { FAULT_UNDER: folder, FAULT_LOG: log };
      const env = fault ? { ...fix, FAULT_AT: String(fault.at), FAULT_KIND: String(fault.kind) } : fix;
      const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
      const child = spawn(process.execPath, ["--import", preload, main, ...command], {
        cwd: folder,
        env: { PATH: process.env.PATH, INIT_CWD: folder, CORPUS_DIR: "corpus", INDEX_DIR: "index", ...env },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let said = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
      const [code, signal] = (await once(child, "close")) as [number | null, string | null];
      const steps = (await readFile(log, "utf8").catch(() => "")).split("\n").slice(0, -1);
      return { ending: signal === "SIGKILL" ? "killed" : code === 0 ? "done" : "failed", said, steps };
    },
  };
}

/** What the program does at a command. */
async function perform([name, ...operands]: readonly string[], folder: string, embedder: Embedder) {
  const [corpusDir, indexDir] = [join(folder, "corpus"), join(folder, "index")];
  await settleCorpus(corpusDir);
  if (name === "import") {
    const paths = operands.filter((operand) => !operand.startsWith("--")).map((path) => join(folder, path));
    const plan = await planImport({ paths, corpusDir, read: readFileArticles });
    await writeImport(plan);
  } else if (name === "articles") {
    await removeArticles(
      corpusDir,
      operands.slice(1).map((id) => ({ id: id as ArticleId })),
    );
  }
  if (operands.includes("--no-index")) return;
  const { articles } = await readCorpus(corpusDir);
  await buildCollections({ articles, indexDir, embedder });
}
