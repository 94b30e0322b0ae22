import { defineConfig } from "vitest/config";

// The program's worker threads inherit these arguments; Node 20 reads no TypeScript of its own.
const execArgv = ["--import", new URL("test/support/typescript-threads.mjs", import.meta.url).href];

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], testTimeout: 30_000, maxWorkers: 2, execArgv },
});
