import { defineConfig } from "vitest/config";
import { startBuilt } from "./test/support/start-built.ts";

export default defineConfig({
  plugins: [startBuilt],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/keep-built.ts",
    // Nothing waits that long: many processes on a busy machine take their time, and none is to fail for that.
    testTimeout: 120_000,
    maxWorkers: 2,
    // A test leaves nothing behind, so that files share a process, which loads modules, model and dictionary once.
    isolate: false,
  },
});
