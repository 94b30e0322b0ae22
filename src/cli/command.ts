import { parseArgs } from "node:util";
import { messageOf, UsageError } from "../errors.ts";
import type { Session } from "./session.ts";

/** One command: what its help says of it, and what it does. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The argument that is no option, as the usage shows it: in [ ] where it may be absent, with … for several. */
  readonly operand?: string;
  readonly details: string;
  readonly options: Readonly<Record<string, Option>>;
  /** What to type, and what for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  /** Resolves with the exit code. */
  readonly run: (call: Call, session: Session) => Promise<number>;
}

export interface Option {
  /** Name of the option's value; absent for a switch. */
  readonly value?: string;
  readonly description: string;
}

/** The arguments of one call, checked against the command's options. */
export interface Call {
  /** Is the switch on? */
  readonly has: (option: string) => boolean;
  /** The option's value; the last one where it was given more than once. */
  readonly value: (option: string) => string | undefined;
  readonly operands: readonly string[];
}

/** For commands that print JSON when asked. */
export const JSON_OPTION = { json: { description: "print JSON in place of text" } };

/** For commands that work on one collection. */
export const COLLECTION_OPTION = {
  collection: { value: "NAME", description: "a subfolder of the corpus in place of its top level" },
};

const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  corpus: { value: "DIR", description: "folder of the articles (CORPUS_DIR, else the shipped one)" },
  index: { value: "DIR", description: "folder of the search index (INDEX_DIR, else the shipped one)" },
  help: { description: "show this help" },
};

/** @throws UsageError for an unknown option, a missing value, or too few or too many arguments. */
export function parseCall(command: Command, args: readonly string[]): Call {
  const { name, operand = "" } = command;
  const options = { ...command.options, ...COMMON_OPTIONS };
  const wrong = (problem: string) => new UsageError(`${problem}. See "${invocation(name)} --help".`);
  const { values, positionals } = readArguments(options, args, wrong);
  const call: Call = {
    has: (option) => values[option] === true,
    value: (option) => values[option]?.toString(),
    operands: positionals,
  };
  if (call.has("help")) return call;
  const empty = Object.keys(values).find((option) => values[option] === "");
  if (empty !== undefined) throw wrong(`--${empty} names no ${options[empty]!.value}`);
  const most = operand.includes("…") ? Number.POSITIVE_INFINITY : operand === "" ? 0 : 1;
  if (positionals.length > most) throw wrong(`"${positionals[most]}" is one argument too many`);
  if (positionals.length === 0 && /^[^[]/.test(operand)) throw wrong(`${operand} is missing`);
  return call;
}

function readArguments(
  options: Command["options"],
  args: readonly string[],
  wrong: (problem: string) => UsageError,
) {
  const forms = Object.entries(options).map(([name, { value }]) => {
    const type = value === undefined ? ("boolean" as const) : ("string" as const);
    return [name, name === "help" ? { type, short: "h" } : { type }] as const;
  });
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(forms), allowPositionals: true });
  } catch (error) {
    // Node's first sentence names the option; the others explain parseArgs.
    throw wrong(messageOf(error).split(/\.\s/)[0]!);
  }
}

/** Usage, options and examples of one command. */
export function commandHelp({ name, summary, operand, details, options, examples }: Command): string {
  const all = Object.entries({ ...options, ...COMMON_OPTIONS }).map(([option, { value, description }]) => {
    return [value ? `--${option} ${value}` : `--${option}`, description] as const;
  });
  const usage = all.map(([option]) => `[${option}]`).filter((option) => option !== "[--help]");
  return [
    `${name}: ${summary}\n\n`,
    `Usage: ${[invocation(name), ...(operand ? [operand] : []), ...usage].join(" ")}\n\n`,
    `${details}\n\n`,
    `Options:\n${table(all)}\n`,
    "Examples:\n",
    ...examples.map(([line, purpose]) => `  ${line}\n      ${purpose}\n`),
    "\nExit code: 0 done, 1 failed, 2 wrong usage.\n",
  ].join("");
}

/** The list of commands. */
export function programHelp(commands: readonly Command[]): string {
  return [
    "Wenbao (问报) answers questions about a folder of articles, in the articles' own words.\n\n",
    "Usage: npm run --silent COMMAND -- [OPTIONS]\n\n",
    `Commands:\n${table(commands.map(({ name, summary }) => [name, summary]))}\n`,
    "Options:\n",
    table([
      ["--help", 'show this help; "COMMAND --help" explains one command'],
      ["--version", "show the version"],
    ]),
    "\nSettings come from the environment and from .env; .env.example explains them.\n",
  ].join("");
}

/**
 * The text with the folders that this call names put into the commands it advises, so that these can be copied:
 * `npm run index` becomes `npm run index -- --corpus mine`.
 */
export function withFolders(text: string, call: Call): string {
  const chosen = ["corpus", "index"].flatMap((option) => {
    const folder = call.value(option);
    return folder === undefined ? [] : [` --${option} ${quoteForShell(folder)}`];
  });
  if (chosen.length === 0) return text;
  return text.replace(
    /"npm run (index|import|articles)(?: --( [^"]*))?"/g,
    (_, name: string, rest = "") => `"npm run ${name} --${rest}${chosen.join("")}"`,
  );
}

/** What to type so that the command gets options. */
function invocation(name: string): string {
  return `npm run --silent ${name} --`;
}

function quoteForShell(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join("");
}
