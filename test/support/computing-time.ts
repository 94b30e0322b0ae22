/** Milliseconds that this process has computed: how much work something is, however busy the machine. */
export function computingMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
