import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import { IMPORTABLE } from "./readers.ts";

/** What is not imported, with one reason, the end of a sentence about the path. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

const byName = new Intl.Collator("en", { numeric: true });
/** Hidden files, and those by which Word marks an open one. */
const PASSED_OVER = /^(?:\.|~\$)/;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read",
  EPERM: "may not be read",
  ELOOP: "is a link that leads to itself",
};

/**
 * The files to read, each once: those that are named, and in order of names what lies in the folders that are named,
 * but for hidden and lock files.
 */
export async function findFiles(
  paths: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly skipped: readonly Skipped[] }> {
  const files: string[] = [];
  const skipped: Skipped[] = [];
  const seen = new Set<string>();
  const visit = async (path: string, isNamed: boolean): Promise<void> => {
    try {
      const place = await realpath(path);
      if (seen.has(place)) {
        if (isNamed) skipped.push({ path, reason: "was given twice" });
        return;
      }
      seen.add(place);
      const info = await stat(place);
      if (info.isDirectory()) {
        const before = files.length + skipped.length;
        const names = (await readdir(place)).filter((name) => !PASSED_OVER.test(name));
        for (const name of names.sort(byName.compare)) await visit(join(path, name), false);
        if (isNamed && files.length + skipped.length === before) {
          skipped.push({ path, reason: `holds no file of a known format (${IMPORTABLE.join(", ")})` });
        }
      } else if (!info.isFile()) skipped.push({ path, reason: "is neither a file nor a folder" });
      else files.push(path);
    } catch (error) {
      skipped.push({ path, reason: reasonWhy(error) });
    }
  };
  for (const path of paths) await visit(path, true);
  return { files, skipped };
}

/** Why a file cannot be read, as the end of a sentence about it. */
export function reasonWhy(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? messageOf(error);
}
