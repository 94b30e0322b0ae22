import { resolve } from "node:path";
import type { Assistant } from "../assistant.ts";
import { type Config, callerDir, readConfig } from "../config.ts";
import { AppError, messageOf, UsageError } from "../errors.ts";
import type { EvaluationReport } from "../evaluation/evaluate.ts";
import { createLog, createRedactor, type Log } from "../log.ts";
import { runAsk } from "./ask.ts";
import { type BuildIndex, runIndex } from "./build.ts";
import { type Call, type CommandName, commandHelp, findCommand, parseCall, programHelp } from "./commands.ts";
import { type DoctorPartners, runDoctor } from "./doctor.ts";
import { runEvaluate } from "./evaluate.ts";
import { type ImportPartners, runImport } from "./import.ts";
import { isClosedPipe, printableLine, type Streams, write } from "./output.ts";
import type { ReportProgress } from "./progress.ts";
import { styleFor } from "./render.ts";
import { runStart, type StartPartners } from "./start.ts";

/** The rooms behind the commands. Each is called only by the commands that need it. */
export interface ProgramPartners<Plan> {
  readonly openAssistant: (
    config: Config,
    log: Log,
  ) => Promise<Pick<Assistant, "ask" | "explain" | "articles">>;
  readonly serveTelegram: StartPartners["serveTelegram"];
  readonly planImport: ImportPartners<Plan>["planImport"];
  readonly reportImport: ImportPartners<Plan>["reportImport"];
  readonly writeImport: ImportPartners<Plan>["writeImport"];
  readonly buildIndex: (request: IndexRequest) => ReturnType<BuildIndex>;
  readonly evaluate: (request: EvaluateRequest) => Promise<EvaluationReport>;
  readonly doctor: Pick<DoctorPartners, "loadNativeIndex" | "loadModel" | "countArticles" | "verifyIndex">;
}

export interface IndexRequest {
  readonly corpusDir: string;
  readonly indexDir: string;
  readonly onProgress: ReportProgress;
}

export interface EvaluateRequest extends IndexRequest {
  /** Absolute. */
  readonly dataset: string;
  /** Absolute. */
  readonly distractors?: string;
}

/** The process, or what stands in for it. */
export interface Host extends Streams {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The folder of the program's package.json. */
  readonly programDir: string;
  readonly version: string;
  readonly nodeVersion: string;
  readonly now: () => Date;
  readonly interrupted: StartPartners["interrupted"];
  readonly fetch: typeof fetch;
}

/**
 * Runs one command and resolves with the exit code: 0 done, 1 failed, 2 wrong usage. Never rejects: a failure is
 * one line on stderr, to which a bug adds its stack at LOG_LEVEL=debug. A reader that leaves (`| head`) ends the
 * command quietly.
 */
export async function runProgram<Plan>(
  argv: readonly string[],
  host: Host,
  partners: ProgramPartners<Plan>,
): Promise<number> {
  // The rejected write ends the command; an event that nobody hears would end the process with a stack.
  for (const output of [host.stdout, host.stderr]) output.on("error", () => {});
  let config: Config | undefined;
  try {
    const [name, ...args] = argv;
    if (name === "--version") return await print(host, `${host.version}\n`);
    if (name === "--help" || name === "-h" || name === "help") return await print(host, programHelp());
    const command = findCommand(name);
    const call = parseCall(command, args);
    if (call.has("help")) return await print(host, commandHelp(command));
    config = readConfig({ ...host, corpus: call.value("corpus"), index: call.value("index") });
    return await runCommand(command.name, call, config, host, partners);
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    const secrets = config?.secrets ?? [host.env.TELEGRAM_BOT_TOKEN ?? ""];
    const shown = createRedactor(secrets)(explainFailure(error, config?.logLevel === "debug"));
    // Without a stderr there is nobody left to tell.
    await write(host.stderr, shown).catch(() => {});
    return error instanceof UsageError ? 2 : 1;
  }
}

async function runCommand<Plan>(
  name: CommandName,
  call: Call,
  config: Config,
  host: Host,
  partners: ProgramPartners<Plan>,
): Promise<number> {
  const { stdin, stdout, stderr, env } = host;
  const { corpusDir, indexDir } = config;
  const log = createLog({
    level: config.logLevel,
    write: (line) => stderr.write(line),
    secrets: config.secrets,
    now: host.now,
  });
  if (Object.keys(config.withoutEffect).length > 0) log.warn("settings without effect", config.withoutEffect);
  // https://no-color.org
  const colours = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const shared = {
    stdin,
    stdout,
    stderr,
    log,
    colours,
    openAssistant: () => partners.openAssistant(config, log),
  };
  const calledFrom = callerDir(host);
  const json = call.has("json");
  const buildIndex = (onProgress: ReportProgress) => partners.buildIndex({ corpusDir, indexDir, onProgress });

  switch (name) {
    case "start":
      return runStart(config, {
        ...shared,
        serveTelegram: partners.serveTelegram,
        interrupted: host.interrupted,
      });
    case "ask": {
      const question = call.positionals.length > 0 ? call.positionals.join(" ") : undefined;
      return runAsk({ question, json, explain: call.has("explain") }, shared);
    }
    case "import":
      return runImport(
        {
          paths: call.positionals,
          calledFrom,
          corpusDir,
          dryRun: call.has("dry-run"),
          json,
          index: !call.has("no-index"),
        },
        { ...partners, stdout, stderr, buildIndex },
      );
    case "index":
      return runIndex({ stdout, stderr, buildIndex });
    case "evaluate": {
      const distractors = call.value("distractors");
      const request = {
        corpusDir,
        indexDir,
        dataset: resolve(calledFrom, call.positionals[0]!),
        ...(distractors ? { distractors: resolve(calledFrom, distractors) } : {}),
      };
      const evaluate = (onProgress: ReportProgress) => partners.evaluate({ ...request, onProgress });
      return runEvaluate({ json }, { stdout, stderr, evaluate });
    }
    case "doctor": {
      const { nodeVersion, fetch } = host;
      return runDoctor(
        config,
        { json },
        { ...partners.doctor, stdout, nodeVersion, fetch, style: styleFor(colours) },
      );
    }
  }
}

async function print(host: Host, text: string): Promise<number> {
  await write(host.stdout, text);
  return 0;
}

function explainFailure(error: unknown, debug: boolean): string {
  const line = `wenbao: ${printableLine(messageOf(error))}`;
  // A full disk or a missing file is no bug either.
  const expected = error instanceof AppError || (error instanceof Error && "syscall" in error);
  if (expected) return `${line}\n`;
  if (!debug) return `${line} (a fault of the program; LOG_LEVEL=debug shows where)\n`;
  return `${line}\n${error instanceof Error ? error.stack : ""}\n`;
}
