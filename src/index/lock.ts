import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { isOtherProcess } from "../processes.ts";
import { unwritable } from "./manifest.ts";

/**
 * Builds in `indexDir`, which is made where it is missing, while no other process does. Throws an AppError where one
 * does, or where nothing can be written. The lock of a build that was killed holds nobody up.
 */
export async function withLock<Result>(indexDir: string, build: () => Promise<Result>): Promise<Result> {
  const path = join(indexDir, "lock");
  const lock = () => writeFile(path, String(process.pid), { flag: "wx" });
  try {
    await mkdir(indexDir, { recursive: true });
    await lock().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      const holder = Number(await readFile(path, "utf8").catch(() => ""));
      if (isOtherProcess(holder))
        throw new AppError(`process ${holder} is building there; wait for it, or remove ${path}`);
      await rm(path, { force: true });
      await lock();
    });
  } catch (cause) {
    throw unwritable(indexDir, cause);
  }
  try {
    return await build();
  } finally {
    await rm(path, { force: true });
  }
}
