import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { cp, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "vitest";
import { OPTIONS } from "../../src/options.ts";

/** The folder of package.json, in which `corpus` and `index` lie. */
export const programDir = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const MAIN = join(programDir, "dist/main.js");

/** How a process ended and what it said. */
export interface Outcome {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the program's temporary folder. */
  readonly cwd?: string;
}

/** A process that runs; it is killed at the test's end. */
export interface Running {
  readonly pid: number;
  /** What it has said so far. */
  readonly said: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<Outcome>;
  type(input: string | Uint8Array): void;
  endInput(): void;
  closeOutput(): void;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when `stdout` holds what is looked for; rejects when the process ends without. */
  until(pattern: RegExp): Promise<void>;
}

/** The built program, with a temporary folder to be called from. */
export interface Program {
  readonly folder: string;
  /** Runs one command to its end. */
  run(args: readonly string[], options?: StartOptions & { stdin?: string | Uint8Array }): Promise<Outcome>;
  start(args: readonly string[], options?: StartOptions): Running;
  /** As `start`, of any command. */
  startCommand(command: string, args: readonly string[], options?: StartOptions): Running;
  /** Copies of the shipped corpus and index in the folder; gives the options that name them. */
  copyShipped(): Promise<readonly string[]>;
}

/** `it` of tests that get a `program` of their own. */
export const it = test.extend<{ program: Program }>({
  program: async ({ onTestFinished }, use) => {
    const { program, close } = await openProgram();
    onTestFinished(close);
    await use(program);
  },
});

async function openProgram(): Promise<{ program: Program; close: () => Promise<void> }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "wenbao-program-")));
  const running: Running[] = [];
  const startCommand: Program["startCommand"] = (command, args, { env = {}, cwd = folder } = {}) => {
    const one = follow(
      spawn(command, args, { cwd, env: { ...bareEnvironment(), STATE_DIR: join(folder, "state"), ...env } }),
    );
    running.push(one);
    return one;
  };
  const program: Program = {
    folder,
    startCommand,
    start: (args, options) => startCommand(process.execPath, [MAIN, ...args], options),
    run: (args, { stdin = "", ...options } = {}) => {
      const one = program.start(args, options);
      one.type(stdin);
      one.endInput();
      return one.ended;
    },
    copyShipped: async () => {
      for (const name of ["corpus", "index"])
        await cp(join(programDir, name), join(folder, name), { recursive: true });
      return ["--corpus", "corpus", "--index", "index"];
    },
  };
  const close = async (): Promise<void> => {
    for (const one of running) one.signal("SIGKILL");
    await Promise.all(running.map(({ ended }) => ended));
    await rm(folder, { recursive: true, force: true });
  };
  return { program, close };
}

/** Nothing of npm's, which runs the tests, and nothing of the operator's: an empty value hides one from a `.env`. */
function bareEnvironment(): Record<string, string> {
  const unset = Object.fromEntries(Object.keys(OPTIONS.shape).map((name) => [name, ""]));
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, ...unset };
}

function follow(child: ChildProcessWithoutNullStreams): Running {
  const said = { stdout: "", stderr: "" };
  const watchers = new Set<() => void>();
  const notify = (): void => {
    for (const watch of watchers) watch();
  };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
      notify();
    });
  }
  // A process that refuses its arguments reads no input.
  child.stdin.on("error", () => {});
  let over = false;
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      over = true;
      resolve({ code, signal, ...said });
      notify();
    });
  });
  return {
    pid: child.pid ?? 0,
    said,
    ended,
    type: (input) => void child.stdin.write(input),
    endInput: () => void child.stdin.end(),
    closeOutput: () => void child.stdout.destroy(),
    signal: (signal) => void child.kill(signal),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.test(said.stdout);
          if (!found && !over) return;
          watchers.delete(look);
          if (found) resolve();
          else reject(new Error(`It ended without ${pattern}: ${said.stdout}${said.stderr}`));
        };
        watchers.add(look);
        look();
      }),
  };
}

/** The lines of an output, each of which ends with a line feed. */
export function linesOf(output: string): string[] {
  return output.split("\n").slice(0, -1);
}
