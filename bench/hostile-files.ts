/**
 * Reads files by which somebody would hurt whoever imports them, each in a process of its own as the program does:
 * `npx tsx bench/hostile-files.ts [NAME]`. Prints a table; ends with 1 where one is read that should be refused, or
 * the other way round, or took more than 1.2 GB. Memory is read from /proc and left out elsewhere.
 */
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createParser } from "../src/corpus/parser.ts";
import { planImport } from "../src/corpus/plan-import.ts";
import { messageOf } from "../src/errors.ts";
import { HOSTILE_FILES } from "../test/support/hostile-files.ts";

const [wanted = ""] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "wenbao-hostile-"));
console.log("| file | KB | ms | MB at most | became |");
console.log("| --- | --- | --- | --- | --- |");
for (const { name, bytes, refused, holds } of HOSTILE_FILES.filter((file) => file.name.includes(wanted))) {
  const path = join(folder, name);
  const content = bytes();
  await writeFile(path, content);
  let peakMb = 0;
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, ...childrenMb());
  }, 20);
  const parser = createParser();
  const startMs = performance.now();
  const { articles, skipped } = await planImport({
    paths: [path],
    corpusDir: join(folder, "corpus"),
    read: parser.read,
  }).catch((error: unknown) => ({ articles: [], skipped: [{ reason: `CRASH: ${messageOf(error)}` }] }));
  const ms = Math.round(performance.now() - startMs);
  clearInterval(timer);
  await parser.close();
  const reason = skipped.map((one) => one.reason).join("; ");
  const isRight = refused ? refused.test(reason) : articles.some(({ text }) => text.includes(holds ?? ""));
  if (!isRight || peakMb > 1230) process.exitCode = 1;
  const became = `${isRight ? "" : "WRONG: "}${articles.length > 0 ? "read" : reason.slice(0, 80)}`;
  console.log(
    `| ${JSON.stringify(name)} | ${Math.ceil(content.length / 1024)} | ${ms} | ${Math.round(peakMb)} | ${became} |`,
  );
}
await rm(folder, { recursive: true });

/** The memory that each process started by this one takes. */
function childrenMb(): number[] {
  try {
    const ids = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
    return ids.map(
      (id) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) / 1024,
    );
  } catch {
    // Gone by now, or no Linux.
    return [];
  }
}
