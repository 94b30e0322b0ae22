import { type Config, readConfig, secretsIn } from "../config.ts";
import { AppError, messageOf, UsageError } from "../errors.ts";
import { createLog, createRedactor } from "../log.ts";
import { articles } from "./articles.ts";
import { ask } from "./ask.ts";
import { index } from "./build.ts";
import { type Call, type Command, commandHelp, parseCall, programHelp, withFolders } from "./command.ts";
import { doctor } from "./doctor.ts";
import { evaluate } from "./evaluate.ts";
import { importCommand } from "./import.ts";
import { isClosedPipe, printableLine, write } from "./output.ts";
import { styleFor } from "./render.ts";
import type { Host, Rooms, Session } from "./session.ts";
import { start } from "./start.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [start, ask, importCommand, articles, index, evaluate, doctor];

/**
 * Runs one command and resolves with the exit code: 0 done, 1 failed, 2 wrong usage. Never rejects: a failure is
 * one line on stderr, to which a bug adds its stack at LOG_LEVEL=debug. A reader that leaves (`| head`) ends the
 * command quietly.
 */
export async function runProgram(argv: readonly string[], host: Host, rooms: Rooms): Promise<number> {
  // The rejected write ends the command; an event that nobody hears would end the process with a stack.
  for (const output of [host.stdout, host.stderr]) output.on("error", () => {});
  let config: Config | undefined;
  let call: Call | undefined;
  const forOperator = (text: string): string => {
    const redact = createRedactor(config?.secrets ?? secretsIn(host.env));
    return redact(call ? withFolders(text, call) : text);
  };
  const print = async (text: string) => {
    await write(host.stdout, text);
    return 0;
  };
  try {
    const [name, ...args] = argv;
    if (name === "--version") return await print(`${host.version}\n`);
    if (name === "--help" || name === "-h" || name === "help") return await print(programHelp(COMMANDS));
    const command = findCommand(name);
    call = parseCall(command, args);
    if (call.has("help")) return await print(commandHelp(command));
    config = readConfig({ ...host, corpus: call.value("corpus"), index: call.value("index") });
    return await command.run(call, openSession(host, config, rooms, forOperator));
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    const failure = explainFailure(error, config?.logLevel === "debug");
    // Without a stderr there is nobody left to tell.
    await write(host.stderr, forOperator(failure)).catch(() => {});
    return error instanceof UsageError ? 2 : 1;
  }
}

function findCommand(name: string | undefined): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command) return command;
  const problem = name === undefined ? "No command was given" : `There is no command "${name}"`;
  throw new UsageError(`${problem}; there are ${COMMANDS.map((each) => each.name).join(", ")}.`);
}

function openSession(host: Host, config: Config, rooms: Rooms, forOperator: Session["forOperator"]): Session {
  const { stdout, stderr, env, now } = host;
  const { logLevel: level, secrets, withoutEffect } = config;
  const log = createLog({ level, write: (line) => stderr.write(line), secrets, now });
  if (Object.keys(withoutEffect).length > 0) log.warn("settings without effect", withoutEffect);
  // https://no-color.org
  const style = styleFor(stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb");
  return { ...host, config, log, style, rooms, forOperator };
}

function explainFailure(error: unknown, debug: boolean): string {
  const line = `wenbao: ${printableLine(messageOf(error))}`;
  // A full disk or a missing file is no bug either.
  const expected = error instanceof AppError || (error instanceof Error && "syscall" in error);
  if (expected) return `${line}\n`;
  if (!debug) return `${line} (a fault of the program; LOG_LEVEL=debug shows where)\n`;
  return `${line}\n${error instanceof Error ? error.stack : ""}\n`;
}
