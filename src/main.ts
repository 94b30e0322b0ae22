import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Host, type ProgramPartners, runProgram } from "./cli/program.ts";
import { createRedactor } from "./log.ts";

const programDir = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(programDir, "package.json"), "utf8")) as { version: string };

const host: Host = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  programDir,
  version,
  nodeVersion: process.versions.node,
  now: () => new Date(),
  interrupted: abortOnInterrupt,
  fetch,
};

/** Each room is loaded by the command that needs it, so that `--help` waits for none of them. */
const partners: ProgramPartners<unknown> = {
  openAssistant: () => missing("assistant"),
  serveTelegram: () => missing("telegram"),
  planImport: () => missing("corpus"),
  reportImport: () => ({ articles: [], skipped: [] }),
  writeImport: () => missing("corpus"),
  buildIndex: () => missing("index"),
  evaluate: () => missing("evaluation"),
  doctor: {
    loadNativeIndex: () => missing("index"),
    loadModel: () => missing("embedding"),
    countArticles: () => missing("corpus"),
    verifyIndex: () => missing("index"),
  },
};

// Node would print the error as it is, and the address in it may hold the token.
process.once("uncaughtException", (error) => {
  const redact = createRedactor([process.env.TELEGRAM_BOT_TOKEN ?? ""]);
  process.stderr.write(
    redact(`wenbao: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
  );
  process.exit(1);
});
process.exitCode = await runProgram(process.argv.slice(2), host, partners);

/** The first SIGINT or SIGTERM asks the program to end; a second one ends it. */
function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

async function missing(room: string): Promise<never> {
  throw new Error(`${room} is not wired yet`);
}
