/** Whether such a process runs. Our own number was that of a process before us, in a container started again. */
export function isOtherProcess(id: number): boolean {
  if (!(id > 0) || id === process.pid) return false;
  try {
    // Signal 0 is not sent: it only asks.
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
