import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { settleCorpus } from "../../src/corpus/leftovers.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { messageOf } from "../../src/errors.ts";
import { readBuildInForce } from "../../src/index/build-folder.ts";
import { openIndex } from "../../src/index/open.ts";
import type { CorpusChange, Outcome, Runner } from "./corpus-changes.ts";
import type { FaultKind } from "./faulty-fs.mjs";

export interface FaultFigures {
  /** Of the change without a fault. */
  readonly steps: number;
  /** Faults that were tried. */
  readonly tried: number;
  /** Those after which everything was as it must be. */
  readonly intact: number;
  /** What was wrong after the others, a sentence each. */
  readonly problems: readonly string[];
}

export interface FaultOptions {
  readonly kinds: readonly FaultKind[];
  /** Whether to try a step, from 1; by default every one. */
  readonly picks?: (step: number, kind: FaultKind) => boolean;
}

/** Steps that can be half done. */
const DIVISIBLE = /^(writeFile|copyFile|rm) /;

/**
 * Makes a change as often as it has steps and kinds of fault, each time on a fresh copy of the state before and with
 * one fault. Intact: every article is whole, as it was or as it was to be; the index in force is whole and answers, as
 * before or as after; and the same command, given again, ends as if nothing had happened, and leaves nothing else.
 */
export async function tryEveryFault(
  change: CorpusChange,
  runner: Runner,
  { kinds, picks = () => true }: FaultOptions,
): Promise<FaultFigures> {
  const root = await mkdtemp(join(tmpdir(), "wenbao-faults-"));
  try {
    const before = await prepare(change, runner, join(root, "before"));
    const after = join(root, "after");
    await cp(before, after, { recursive: true });
    const undisturbed = await runner.run(change.command, after);
    if (undisturbed.ending !== "done") throw new Error(undisturbed.said);
    const problems: string[] = [];
    let tried = 0;
    for (const [i, step] of undisturbed.steps.entries()) {
      for (const kind of kinds) {
        if (!picks(i + 1, kind) || (["half", "short"].includes(kind) && !DIVISIBLE.test(step))) continue;
        const folder = join(root, `${i + 1}-${kind}`);
        await cp(before, folder, { recursive: true });
        const outcome = await runner.run(change.command, folder, { at: i + 1, kind });
        const found =
          (await judge(outcome, folder, before, after, runner)) ??
          (await repeat(change, folder, after, runner));
        if (found !== undefined) problems.push(`${change.title}: ${kind} ${i + 1} (${step}): ${found}`);
        await rm(folder, { recursive: true });
        tried++;
      }
    }
    const { length: steps } = undisturbed.steps;
    return { steps, tried, intact: tried - problems.length, problems };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function prepare({ files, before, edits = {} }: CorpusChange, runner: Runner, folder: string) {
  const put = async (contents: Readonly<Record<string, string>>) => {
    for (const [path, content] of Object.entries(contents)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  };
  await put(files);
  await mkdir(join(folder, "corpus"));
  for (const command of before) {
    const { ending, said } = await runner.run(command, folder);
    if (ending !== "done") throw new Error(said);
  }
  await put(edits);
  return folder;
}

/** What is wrong after a fault, if anything. */
async function judge(outcome: Outcome, folder: string, before: string, after: string, runner: Runner) {
  if (outcome.ending === "failed" && !/could not|Nothing was|Not all was/.test(outcome.said))
    return `it says ${outcome.said}`;
  const [earlier, later, now] = await Promise.all([before, after, folder].map(readArticles));
  for (const id of new Set([...earlier!.keys(), ...later!.keys(), ...now!.keys()])) {
    const allowed = [earlier!.get(id), later!.get(id)];
    if (!allowed.includes(now!.get(id))) return `${id} is neither as it was nor as it was to be`;
  }
  const { problems } = await readCorpus(join(folder, "corpus"));
  if (problems.length > 0) return `${problems[0]!.path} ${problems[0]!.reason}`;
  const isWhole = [earlier!, later!].some(
    (state) => state.size === now!.size && [...state].every(([id, text]) => now!.get(id) === text),
  );
  if (outcome.ending === "failed" && /Nothing was/.test(outcome.said) && !isWhole)
    return "a failure left a part of the change";
  return judgeIndex(folder, before, after, runner);
}

async function judgeIndex(folder: string, before: string, after: string, { embedder }: Runner) {
  const indexDir = join(folder, "index");
  try {
    const [earlier, later, now] = await Promise.all(
      [before, after, folder].map(async (place) => readBuildInForce(join(place, "index"))),
    );
    if (now === undefined) return earlier === undefined ? undefined : "no index is in force";
    const state = [earlier, later].findIndex(
      (build) => build?.manifest.fingerprint === now.manifest.fingerprint,
    );
    if (state < 0) return "another index is in force than before or after";
    const like = [before, after][state]!;
    // Edits by hand were made after the index before.
    const { articles } = await readCorpus(join(like, "corpus"));
    const indexed = new Map(now.manifest.articles.map(({ id, hash }) => [id, hash]));
    if (articles.length !== indexed.size) return undefined;
    const index = await openIndex({ articles, indexDir, embedder }).catch((error: unknown) => {
      if (/does not fit/.test(messageOf(error))) return undefined;
      throw error;
    });
    if (index === undefined) return undefined;
    const [vector] = await embedder.embed([articles[0]!.text], "query");
    if (index.damage || index.nearest(vector!, 3).length === 0) return "the index does not answer";
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** What differs when the command is given again, from its end without a fault. */
async function repeat({ command }: CorpusChange, folder: string, after: string, runner: Runner) {
  const again = await runner.run(await remainderOf(command, folder), folder);
  if (again.ending !== "done") return `given again, it ended with ${again.said}`;
  const [meant, found] = await Promise.all([readTree(after), readTree(folder)]);
  for (const path of new Set([...meant.keys(), ...found.keys()]))
    if (meant.get(path) !== found.get(path)) return `given again, ${path} is not as without the fault`;
  return undefined;
}

/** A removal is asked for again of what it has not removed yet: there is no such article as the others any more. */
async function remainderOf(command: readonly string[], folder: string): Promise<readonly string[]> {
  if (command[0] !== "articles") return command;
  await settleCorpus(join(folder, "corpus"));
  const there = await readArticles(folder);
  const ids = command.slice(2).filter((id) => there.has(id));
  return ids.length > 0 ? ["articles", "remove", ...ids] : ["index"];
}

/** The files of all articles, by id. */
async function readArticles(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(join(folder, "corpus"))).filter((name) => /^[^.].*\.md$/.test(name));
  const read = async (name: string) =>
    [name.slice(0, -3), await readFile(join(folder, "corpus", name), "utf8")] as const;
  return new Map(await Promise.all(names.map(read)));
}

async function readTree(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = async (path: string) =>
    [path.slice(folder.length + 1), await readFile(path, "latin1")] as const;
  return new Map(await Promise.all(paths.map(read)));
}
