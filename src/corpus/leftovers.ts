import { link, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isOtherProcess } from "../processes.ts";

/** Settles, in every folder of a corpus, what imports and removals that were killed have left. */
export async function settleCorpus(corpusDir: string): Promise<void> {
  const entries = await readdir(corpusDir, { withFileTypes: true }).catch(() => []);
  const collections = entries.filter((entry) => !entry.isFile()).map(({ name }) => name);
  for (const collection of ["", ...collections]) await settleFolder(join(corpusDir, collection));
}

/**
 * The same in one folder: what had not appeared yet goes, and what was set aside gets its name again, unless its
 * successor has that. What belongs to a process that runs stays.
 */
export async function settleFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, article, id, start, kind] = /^\.(.+)\.(\d+)(?:-(\d*))?\.(tmp|old)$/.exec(name) ?? [];
    if (kind === undefined || isOtherProcess(Number(id), start)) continue;
    const path = join(folder, name);
    if (kind === "old") await appear(path, join(folder, `${article}.md`)).catch(allowTaken);
    await rm(path, { force: true });
  }
}

/**
 * Gives a hidden file its name, where nothing has it. A hard link fails where a file exists, which a rename would
 * silently replace.
 */
export async function appear(hidden: string, final: string): Promise<void> {
  await link(hidden, final).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw error;
    // Some file systems have no hard links, and a copy that is killed would be torn.
    if (await stat(final).catch(() => undefined)) throw Object.assign(error, { code: "EEXIST" });
    await rename(hidden, final);
  });
}

function allowTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
