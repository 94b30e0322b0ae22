import { fileURLToPath } from "node:url";
import { embeddedModelFolder } from "../../src/assistant.ts";
import { loadEmbedder } from "../../src/embedding/transformers.ts";
import {
  CORPUS_CHANGES,
  createProcesses,
  createThisProcess,
  type Runner,
} from "../../test/support/corpus-changes.ts";
import { tryEveryFault } from "../../test/support/every-fault.ts";
import type { FaultKind } from "../../test/support/faulty-fs.mjs";
import { atMost, type Part, plain, type Row } from "./part.ts";

const programDir = fileURLToPath(new URL("../../", import.meta.url));
const KINDS: readonly FaultKind[] = ["ENOSPC", "EIO", "short", "full", "before", "half", "after"];

/** Every step of import, removal, build and swap fails, meets a full disk, or is the last one. */
export const torn: Part = {
  name: "torn",
  summary:
    "every step of import, removal, build and swap fails or is the last one (--everyth of the real kills)",
  async run({ options, signal, tell }) {
    const embedder = await loadEmbedder(embeddedModelFolder(programDir));
    const inProcess = await tryAll(createThisProcess(embedder), KINDS, () => !signal.aborted, tell);
    const isPicked = (step: number) => !signal.aborted && step % options.everyth === 0;
    const killed = await tryAll(createProcesses(embedder), ["after"], isPicked, tell);
    return [...rowsOf("in this process", inProcess), ...rowsOf("by SIGKILL of the built program", killed)];
  },
};

async function tryAll(
  runner: Runner,
  kinds: readonly FaultKind[],
  picks: (step: number) => boolean,
  tell: (line: string) => void,
) {
  const sums = { steps: 0, tried: 0, intact: 0 };
  for (const change of CORPUS_CHANGES) {
    const { steps, tried, intact, problems } = await tryEveryFault(change, runner, { kinds, picks });
    sums.steps += steps;
    sums.tried += tried;
    sums.intact += intact;
    tell(`${change.title}: ${intact} intact of ${tried}`);
    problems.forEach(tell);
  }
  return sums;
}

function rowsOf(how: string, { steps, tried, intact }: Awaited<ReturnType<typeof tryAll>>): Row[] {
  return [
    plain(`faults tried ${how}, at ${steps} steps`, tried),
    atMost(`states lost ${how}`, tried - intact, 0),
  ];
}
