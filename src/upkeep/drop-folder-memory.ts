import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { makeFolder, syncFolder, writeSynced } from "../durable.ts";
import { AppError } from "../errors.ts";

const MEMORY_FILE = "drop-folder.json";
const memorySchema = z.array(
  z.object({
    /** In the drop folder. */
    path: z.string(),
    /** Differs when the file was written, or copied from a backup. */
    stamp: z.string(),
    /** Differs when it says something else. */
    sha256: z.string(),
    /** Ids of the articles that it gave. */
    articles: z.array(z.string()),
    /** Hashes of what it gave, by those ids; absent where an earlier version of the program wrote this. */
    imported: z.record(z.string(), z.string()).exactOptional(),
  }),
);
export type RememberedFile = z.infer<typeof memorySchema>[number];
/** What is remembered of each file, by its path. */
export type Memory = Map<string, RememberedFile>;

/** Empty where nothing is remembered. Throws AppError where it cannot be read. */
export async function readMemory(stateDir: string): Promise<Memory> {
  const path = join(stateDir, MEMORY_FILE);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "[]";
    throw error;
  });
  try {
    return new Map(memorySchema.parse(JSON.parse(text)).map((file) => [file.path, file]));
  } catch (cause) {
    throw new AppError(`${path} is damaged; remove it, and every file of the drop folder is read again`, {
      cause,
    });
  }
}

/** Written whole under another name first: what is half written would forget everything. */
export async function writeMemory(stateDir: string, memory: Memory): Promise<void> {
  makeFolder(stateDir);
  const path = join(stateDir, MEMORY_FILE);
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeSynced(unfinished, `${JSON.stringify([...memory.values()], null, 1)}\n`);
    await rename(unfinished, path);
    await syncFolder(stateDir);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}
