import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Libsql from "libsql";
import { makeFolder } from "../durable.ts";
import { AppError, messageOf } from "../errors.ts";

/** That no other process works with the folder of the state. */
export interface StateLock {
  release(): void;
}

/**
 * Locks the folder of the state, which is made where it is missing, until it is released or the process ends, however
 * it does: a transaction that is never finished holds the lock of the operating system, across containers too.
 *
 * @throws AppError where another process has locked it, or where it cannot be used.
 */
export function lockState(stateDir: string): StateLock {
  const [path, holder] = [join(stateDir, "lock.db"), join(stateDir, "lock.pid")];
  let libsql: Libsql.Database | undefined;
  try {
    makeFolder(stateDir, 0o700);
    libsql = new Libsql(path, { timeout: 0 });
    libsql.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    libsql?.close();
    if ((error as { code?: unknown }).code === "SQLITE_BUSY") throw new AppError(takenBy(holder, stateDir));
    const isDamaged = (error as { code?: unknown }).code === "SQLITE_NOTADB";
    const advice = isDamaged
      ? `Remove ${path}, which holds nothing.`
      : "Let STATE_DIR name a folder that can be written to.";
    throw new AppError(`The state cannot be kept in ${stateDir} (${messageOf(error)}). ${advice}`, {
      cause: error,
    });
  }
  try {
    writeFileSync(holder, `${process.pid}\n`);
  } catch {
    // Only for what the other one says; the disk may be full.
  }
  const held = libsql;
  return { release: () => held.close() };
}

function takenBy(holder: string, stateDir: string): string {
  let pid = "";
  try {
    pid = ` (process ${readFileSync(holder, "utf8").trim()})`;
  } catch {
    // The other one has not said yet which it is.
  }
  return (
    `Another Wenbao${pid} works with the state folder ${stateDir}. ` +
    "Stop it, or give this one a STATE_DIR of its own."
  );
}
