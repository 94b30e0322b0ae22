/**
 * Imports mutated files of every format, or of one: `npx tsx bench/mutate-files.ts [COUNT] [SEED] [FORMAT]`, COUNT for
 * each format (10,000), FORMAT as `pdf`. Prints a table; ends with 1 where one crashed a reader or took longer than it
 * may.
 */
import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { importMutated } from "../test/support/import-mutated.ts";

const samples = fileURLToPath(new URL("../test/corpus/files/", import.meta.url));
const [count = 10_000, seed = 1] = process.argv.slice(2, 4).map(Number);
const format = process.argv[4];
const paths = readdirSync(samples, { recursive: true, encoding: "utf8" })
  .sort()
  .filter((path) => format === undefined || extname(path).toLowerCase() === `.${format}`)
  .map((path) => join(samples, path));
const figures = await importMutated(paths, count, seed, (extension, done) => {
  if (done % 500 === 0) process.stderr.write(`${extension} ${done}\n`);
});
console.log(
  "| format | files | gave articles | refused | crashes | ended the reader's process | over the limit | slowest, ms |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
for (const [extension, { files, imported, refused, crashes, lost, timeouts, slowestMs }] of figures) {
  const cells = [extension, files, imported, refused, crashes.length, lost, timeouts, slowestMs];
  console.log(`| ${cells.join(" | ")} |`);
  for (const crash of crashes.slice(0, 20)) console.error(crash);
}
const failed = [...figures.values()].some(({ crashes, timeouts }) => crashes.length + timeouts > 0);
process.exitCode = failed ? 1 : 0;
