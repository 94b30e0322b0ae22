import { spawn, spawnSync } from "node:child_process";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../src/errors.ts";
import type { AskFigures, BuildFigures } from "./measure.ts";

export const LIMIT_MINUTES = 8;
const HEAP_MB = 4096;
/** Of what a process that failed wrote, the end is kept. */
const KEPT_CHARS = 20_000;

/** What came of one system at one size. */
export interface PeerFigures {
  readonly build?: BuildFigures;
  readonly diskMb?: number;
  readonly ask?: AskFigures;
  /** Why some of it is missing. */
  readonly failure?: string;
}

const root = join(import.meta.dirname, "..");

/** Compiles what runs in them: read by a loader, TypeScript takes a hundred megabytes that would be measured. */
export function compileMeasure(): void {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  // Types are not checked, because those of peers that are not installed are missing.
  const { status } = spawnSync(process.execPath, [compiler, "-p", "bench", "--noCheck"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) throw new AppError("bench/measure.ts could not be compiled; tsc says why above.");
}

/** Builds, then asks, in two processes; `folder` holds the material, and nothing of this peer's afterwards. */
export async function measurePeer(peer: string, folder: string): Promise<PeerFigures> {
  let figures: PeerFigures = {};
  try {
    const build = await runStep<BuildFigures>("build", peer, folder);
    const diskMb = (await sizeOf(join(folder, "store"))) / 2 ** 20;
    figures = build.notSaved === undefined ? { build, diskMb } : { build };
    return { ...figures, ask: await runStep<AskFigures>("ask", peer, folder) };
  } catch (error) {
    return { ...figures, failure: `${figures.build?.notSaved ?? (error as Error).message}` };
  } finally {
    await rm(join(folder, "store"), { recursive: true, force: true });
  }
}

async function runStep<T>(step: "build" | "ask", peer: string, folder: string): Promise<T> {
  const program = "bench/dist/bench/measure.js";
  const args = [`--max-old-space-size=${HEAP_MB}`, program, step, peer, folder];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  child.stderr.on("data", (chunk) => {
    output = (output + chunk).slice(-KEPT_CHARS);
  });
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, LIMIT_MINUTES * 60_000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  clearTimeout(limit);
  if (code !== 0)
    throw new Error(`${step}: ${isLate ? `not finished in ${LIMIT_MINUTES} minutes` : reasonIn(output)}`);
  return JSON.parse(await readFile(join(folder, `${step}.json`), "utf8"));
}

function reasonIn(output: string): string {
  if (output.includes("heap out of memory")) return `more than ${HEAP_MB} MB of heap`;
  const message = output.match(/^\w*Error\b.*$/m)?.[0] ?? output.trim().split("\n").at(-1);
  return message ? message.slice(0, 200) : "ended without a word";
}

async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files.map(async (file) =>
    file.isFile() ? (await stat(join(file.parentPath, file.name))).size : 0,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
