import { existsSync } from "node:fs";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "../durable.ts";
import { AppError } from "../errors.ts";
import { isOtherProcess, startOf } from "../processes.ts";
import { unwritable } from "./manifest.ts";

/** An import refreshes the index, and so does the bot that sees it: the later one waits for the other. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 100;
const LOCK = "lock";

/**
 * Builds in `indexDir`, which is made where it is missing, while no other process does. Throws an AppError where one
 * does for longer than `patienceMs`, or where nothing can be written. The lock of a build that was killed holds nobody
 * up.
 */
export async function withLock<Result>(
  indexDir: string,
  build: () => Promise<Result>,
  patienceMs = PATIENCE_MS,
): Promise<Result> {
  const path = join(indexDir, LOCK);
  try {
    makeFolder(indexDir);
    await lock(path, patienceMs);
  } catch (cause) {
    throw unwritable(indexDir, cause);
  }
  try {
    return await build();
  } finally {
    // One that stays holds nobody up, once this process has ended.
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Whether a lock is there, of whatever process. */
export function isLocked(indexDir: string): boolean {
  return existsSync(join(indexDir, LOCK));
}

async function lock(path: string, patienceMs: number): Promise<void> {
  let isTorn = false;
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    try {
      return await writeNew(path, `${process.pid} ${startOf(process.pid)}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const seen = await readFile(path, "utf8").catch(() => "");
    const [id, start] = seen.split(" ");
    const holder = Number(id);
    const isHeld = isOtherProcess(holder, start);
    if (isHeld && waitedMs >= patienceMs)
      throw new AppError(`process ${holder} is building there; wait for it, or remove ${path}`);
    // One that was just made may not say yet whose it is.
    if (!isHeld && (holder > 0 || isTorn)) await removeStale(path, seen);
    else await sleep(LOOK_MS);
    isTorn = !isHeld && !(holder > 0);
  }
}

/** Where another process has done so and made its own lock meanwhile, that one stays. */
async function removeStale(path: string, seen: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  const isThere = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  if ((await readFile(aside, "utf8")) !== seen) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Fails where the file exists; leaves none where it cannot be written. */
async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
