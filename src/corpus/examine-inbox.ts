import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { readerFor } from "./readers.ts";

/** How many files lie in a drop folder and the folders in it, hidden ones aside, and which of them nobody reads. */
export async function examineInbox(
  inboxDir: string,
): Promise<{ readonly files: number; readonly unknown: readonly string[] }> {
  const entries = await readdir(inboxDir, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(inboxDir, join(entry.parentPath, entry.name)))
    .filter((path) => !/(?:^|[/\\])\./.test(path));
  return { files: paths.length, unknown: paths.filter((path) => readerFor(path) === undefined).sort() };
}
