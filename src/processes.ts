import { readFileSync } from "node:fs";

/**
 * Whether such a process runs. Our own number was that of a process before us, in a container started again.
 *
 * @param start As `startOf` said; a later process with the same number is then another one.
 */
export function isOtherProcess(id: number, start = ""): boolean {
  if (!(id > 0) || id === process.pid) return false;
  try {
    // Signal 0 is not sent: it only asks.
    process.kill(id, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return start === "" || startOf(id) === start;
}

/** When a process was started, as Linux counts; "" where the system does not say. */
export function startOf(id: number): string {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "latin1");
    // The name before it, in brackets, may hold spaces (man 5 proc_pid_stat).
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
