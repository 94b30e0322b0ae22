/**
 * Wenbao beside what else a TypeScript developer could take, on the same passages and questions in one run: quality,
 * time, memory and disk, as a table and a chart in bench/results/. See --help.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { embeddedModelFolder } from "../src/assistant.ts";
import { AppError, messageOf, UsageError } from "../src/errors.ts";
import { drawChart } from "./chart.ts";
import { materialOf, readSource } from "./corpus.ts";
import { compileMeasure, LIMIT_MINUTES, measurePeer } from "./processes.ts";
import { writeReport } from "./report.ts";
import type { Results, Row } from "./rows.ts";

/** Package of each peer; the keys are the files in peers/. */
const PEERS = {
  langchain: "@langchain/classic",
  llamaindex: "llamaindex",
  orama: "@orama/orama",
  minisearch: "minisearch",
  vectra: "vectra",
} as const;
type PeerId = keyof typeof PEERS;

const USAGE = `Usage: npm run --silent bench -- [OPTIONS]

Measures Wenbao, an exact scan and each peer, one after the other, each in a process of its own, and writes a table
(.md), a chart (.svg) and all figures (.json) to bench/results/, named after the datasets. The peers' packages are
installed below bench/ when they are missing.

  --dataset FOLDER   dataset to ask, as evaluate reads it; may be repeated (default: test/datasets/articles)
  --passages FILE    a corpus.jsonl of other articles to search among
  --sizes LIST       passages to measure at (default: 1000,10000,100000); filled up with random sentences
  --questions N      most questions of each set and language, Chinese and English, spread evenly (default: 300)
  --peers LIST       peers beside Wenbao and the exact scan (default: ${Object.keys(PEERS).join(",")}; "none" for none)
  --help             show this help

Whatever needs more than ${LIMIT_MINUTES} minutes or 4 GB of heap for a step is reported as not finished.`;

const root = join(import.meta.dirname, "..");
const callerDir = process.env.INIT_CWD ?? process.cwd();

async function main(): Promise<void> {
  const { help, datasets, passages, sizes, questions, peers } = readArguments();
  if (help) return console.log(USAGE);
  if (peers.length > 0) installPeers();
  compileMeasure();
  const source = await readSource(root, datasets, passages, questions);
  if (source.questions.length === 0)
    throw new AppError("The datasets hold no question whose article is known.");
  const versions: Record<string, string> = JSON.parse(
    await readFile(join(root, "bench/package.json"), "utf8"),
  ).dependencies;
  const results: Results = {
    name: datasets.map((folder) => basename(folder)).join("+"),
    date: new Date().toISOString().slice(0, 10),
    commit:
      git("rev-parse", "--short", "HEAD") +
      (git("status", "--porcelain", "src", "models") ? ", changed" : ""),
    model: basename(embeddedModelFolder(root)),
    node: process.version,
    // Others at work on the machine make every time longer, and not equally.
    machine:
      `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ` +
      `load ${loadavg()[0]!.toFixed(1)} at the start`,
    mass: passages === undefined ? null : basename(resolve(passages, "..")),
    questions: countBy(source.questions.map(({ group }) => group)),
    peers: Object.fromEntries(peers.map((id) => [id, `${PEERS[id]} ${versions[PEERS[id]]}`])),
    rows: [],
  };
  for (const size of sizes) {
    const material = materialOf(source, size);
    const folder = await mkdtemp(join(tmpdir(), "wenbao-bench-"));
    try {
      await writeFile(join(folder, "articles.json"), JSON.stringify(material.articles));
      await writeFile(join(folder, "passages.json"), JSON.stringify(material.passages));
      await writeFile(join(folder, "questions.json"), JSON.stringify(source.questions));
      for (const peer of ["exact", "wenbao", ...peers]) {
        console.error(
          `${new Date().toTimeString().slice(0, 8)}  ${material.passages.length} passages: ${peer}`,
        );
        const row: Row = {
          peer,
          size,
          passages: material.passages.length,
          ...(await measurePeer(peer, folder)),
        };
        if (row.failure !== undefined) console.error(`  ${row.failure}`);
        results.rows.push(row);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    await writeResults(results);
  }
}

/** After each size, so that a run that is broken off leaves what it has. */
async function writeResults(results: Results): Promise<void> {
  const path = join(root, "bench/results", results.name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(`${path}.json`, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(`${path}.svg`, drawChart(results));
  await writeFile(`${path}.md`, writeReport(results));
  console.log(`${path}.md`);
}

function readArguments() {
  const { values } = parseOptions();
  const wrong = (problem: string) => new UsageError(`${problem}. See "npm run --silent bench -- --help".`);
  const numbers = (text: string, option: string) =>
    text.split(",").map((part) => {
      if (!/^[1-9]\d*$/.test(part.trim())) throw wrong(`--${option}: "${part}" is not a number above 0`);
      return Number(part);
    });
  const peers = values.peers === "none" ? [] : values.peers.split(",").map((peer) => peer.trim());
  const unknown = peers.find((peer) => !(peer in PEERS));
  if (unknown !== undefined) throw wrong(`--peers: there is no peer "${unknown}"`);
  const inCaller = (path: string) => resolve(callerDir, path);
  return {
    help: values.help,
    datasets: values.dataset?.map(inCaller) ?? [join(root, "test/datasets/articles")],
    passages: values.passages === undefined ? undefined : inCaller(values.passages),
    sizes: numbers(values.sizes, "sizes").sort((a, b) => a - b),
    questions: numbers(values.questions, "questions")[0]!,
    peers: peers as PeerId[],
  };
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        dataset: { type: "string", multiple: true },
        passages: { type: "string" },
        sizes: { type: "string", default: "1000,10000,100000" },
        questions: { type: "string", default: "300" },
        peers: { type: "string", default: Object.keys(PEERS).join(",") },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

function installPeers(): void {
  const cwd = join(root, "bench");
  // Written last, so that an installation that was broken off is repeated.
  if (existsSync(join(cwd, "node_modules/.package-lock.json"))) return;
  console.error("Installing the peers below bench/ …");
  // Without scripts: none of them needs to compile anything.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", args, { cwd, stdio: ["ignore", 2, 2] });
  if (status !== 0)
    throw new AppError(
      'The peers could not be installed (npm says why above). "--peers none" measures without them.',
    );
}

function git(...args: string[]): string {
  return spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim() ?? "";
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

main().catch((error: unknown) => {
  if (!(error instanceof AppError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
