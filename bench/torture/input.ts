import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fuzzUpdates } from "../../test/support/fuzz-updates.ts";
import { importMutated } from "../../test/support/import-mutated.ts";
import { atMost, type Part, plain, type Row } from "./part.ts";

const samples = fileURLToPath(new URL("../../test/corpus/files/", import.meta.url));
const HANG_MS = 10_000;

/** Updates that nobody would send, and damaged files of every format. */
export const input: Part = {
  name: "input",
  summary: "hostile and mutated updates, mutated files of every format (--count, of each)",
  async run({ options: { count, seed }, signal, tell }) {
    const rows: Row[] = [];
    for (const kind of ["hostile", "mutated"] as const) {
      if (signal.aborted) return rows;
      const { updates, faults, slowestMs } = await fuzzUpdates(kind, count, seed);
      faults.forEach(tell);
      rows.push(plain(`${kind} updates`, updates), atMost(`faults of ${kind} updates`, faults.length, 0));
      rows.push(atMost("slowest answer amid them, ms", slowestMs, HANG_MS));
    }
    const paths = readdirSync(samples, { recursive: true, encoding: "utf8" })
      .sort()
      .map((path) => join(samples, path));
    for (const [format, { files, crashes, timeouts }] of await importMutated(paths, count, seed)) {
      crashes.forEach(tell);
      rows.push(plain(`mutated ${format} files`, files));
      rows.push(atMost(`crashes and hangs of ${format}`, crashes.length + timeouts, 0));
    }
    return rows;
  },
};
