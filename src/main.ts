import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Assistant } from "./assistant.ts";
import type { ReportProgress } from "./cli/build.ts";
import { count, printableLine } from "./cli/output.ts";
import { type Host, type ProgramPartners, runProgram } from "./cli/program.ts";
import { type ImportPlan, reportImport } from "./corpus/import.ts";
import type { Corpus } from "./corpus/read-corpus.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { AppError } from "./errors.ts";
import type { OpenSubject } from "./evaluation/evaluate.ts";
import { createRedactor } from "./log.ts";
import type { Article } from "./types.ts";

const programDir = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(programDir, "package.json"), "utf8")) as { version: string };

const host: Host = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  programDir,
  version,
  nodeVersion: process.versions.node,
  now: () => new Date(),
  interrupted: abortOnInterrupt,
  fetch,
};

/** Each room is loaded by the command that needs it, so that `--help` waits for none of them. */
const partners: ProgramPartners<ImportPlan> = {
  openAssistant: async ({ corpusDir, indexDir }, log) => {
    const { assistant } = await openAll(corpusDir, indexDir);
    if (assistant.search === "exact")
      log.warn("hnswlib-node is not compiled: vectors are searched one by one");
    return assistant;
  },
  serveTelegram: async (options) => (await import("./telegram/serve.ts")).serveTelegram(options),
  planImport: async (paths, corpusDir) => (await import("./corpus/import.ts")).planImport(paths, corpusDir),
  reportImport: (plan) => reportImport(plan),
  writeImport: async (plan) => (await import("./corpus/import.ts")).writeImport(plan),
  buildIndex: async ({ corpusDir, indexDir, onProgress }) => {
    const { buildIndex } = await import("./index/build.ts");
    const [{ articles, problems }, embedder] = await Promise.all([readFolder(corpusDir), openEmbedder()]);
    for (const { path, reason } of problems) {
      process.stderr.write(`${printableLine(`Left out ${path}: ${reason}`)}\n`);
    }
    return buildIndex({ articles, indexDir, embedder, onProgress });
  },
  evaluate: async ({ corpusDir, indexDir, ...request }) => {
    const { evaluate } = await import("./evaluation/evaluate.ts");
    const openSubject = (articles: readonly Article[] | undefined, onProgress: ReportProgress) =>
      articles === undefined ? openShipped(corpusDir, indexDir) : openTemporary(articles, onProgress);
    return evaluate({ ...request, commit: currentCommit(), openSubject, now: () => performance.now() });
  },
  doctor: {
    loadNativeIndex: async () => {
      const { loadHnswlib } = await import("./index/vectors.ts");
      if (loadHnswlib() === undefined) throw new AppError("hnswlib-node is not compiled");
    },
    loadModel: async () => (await openEmbedder()).name,
    countArticles: async (corpusDir) => {
      const { articles, problems } = await readFolder(corpusDir);
      if (problems.length === 0) return articles.length;
      const named = problems.map(({ path, reason }) => `${path} (${reason})`);
      throw new AppError(
        `${count(problems.length, "file")} of ${corpusDir} cannot be read: ${named.join(", ")}`,
      );
    },
    verifyIndex: async (corpusDir, indexDir) => (await openAll(corpusDir, indexDir)).assistant.passages,
  },
};

async function openEmbedder(): Promise<Embedder> {
  const [{ loadEmbedder }, { embeddedModelFolder }] = await Promise.all([
    import("./embedding/transformers.ts"),
    import("./assistant.ts"),
  ]);
  return loadEmbedder(embeddedModelFolder(programDir));
}

async function readFolder(corpusDir: string): Promise<Corpus> {
  return (await import("./corpus/read-corpus.ts")).readCorpus(corpusDir);
}

async function openAll(corpusDir: string, indexDir: string): Promise<{ assistant: Assistant }> {
  const { openAssistant } = await import("./assistant.ts");
  const [{ articles }, embedder] = await Promise.all([readFolder(corpusDir), openEmbedder()]);
  return { assistant: await openAssistant({ articles, indexDir, embedder }) };
}

async function openShipped(corpusDir: string, indexDir: string): Promise<OpenSubject> {
  const { assistant } = await openAll(corpusDir, indexDir);
  return { ...assistant, close: async () => {} };
}

/** An index of these articles in a folder that goes with it. */
async function openTemporary(articles: readonly Article[], onProgress: ReportProgress): Promise<OpenSubject> {
  const [{ openAssistant }, { buildIndex }] = await Promise.all([
    import("./assistant.ts"),
    import("./index/build.ts"),
  ]);
  const embedder = await openEmbedder();
  const indexDir = await mkdtemp(join(tmpdir(), "wenbao-evaluate-"));
  const close = () => rm(indexDir, { recursive: true, force: true });
  try {
    await buildIndex({ articles, indexDir, embedder, onProgress });
    return { ...(await openAssistant({ articles, indexDir, embedder })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of the program's checkout; null outside of one. */
function currentCommit(): string | null {
  const git = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: programDir, encoding: "utf8" });
  return git.status === 0 ? git.stdout.trim() : null;
}

// Node would print the error as it is, and the address in it may hold the token.
process.once("uncaughtException", (error) => {
  const redact = createRedactor([process.env.TELEGRAM_BOT_TOKEN ?? ""]);
  process.stderr.write(
    redact(`wenbao: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
  );
  process.exit(1);
});
process.exitCode = await runProgram(process.argv.slice(2), host, partners);

/** The first SIGINT or SIGTERM asks the program to end; a second one ends it. */
function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
