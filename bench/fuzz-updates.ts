/**
 * Has a served bot fetch updates that nobody would send: `npx tsx bench/fuzz-updates.ts [COUNT] [SEED]`, COUNT of each
 * kind (10,000). Prints a table; ends with 1 where something was wrong.
 */
import { fuzzUpdates } from "../test/support/fuzz-updates.ts";

const [count = 10_000, seed = 1] = process.argv.slice(2).map(Number);
console.log(
  "| updates | tried | calls made | errors logged | faults | slowest answer to a question amid them, ms |",
);
console.log("| --- | --- | --- | --- | --- | --- |");
for (const kind of ["hostile", "mutated"] as const) {
  const { updates, calls, logged, faults, slowestMs } = await fuzzUpdates(kind, count, seed, (done) => {
    if (done % 1000 === 0) process.stderr.write(`${kind} ${done}\n`);
  });
  console.log(`| ${[kind, updates, calls, logged, faults.length, slowestMs].join(" | ")} |`);
  for (const fault of faults.slice(0, 20)) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
