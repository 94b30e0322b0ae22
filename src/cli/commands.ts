import { parseArgs } from "node:util";
import { UsageError } from "../errors.ts";

export interface Command {
  readonly name: CommandName;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the command's name. */
  readonly usage: string;
  readonly details: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** How many arguments that are no options it takes. */
  readonly positionals: readonly [least: number, most: number];
  /** What to type, and what for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
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
  readonly positionals: readonly string[];
}

export type CommandName = "start" | "ask" | "import" | "index" | "evaluate" | "doctor";

const JSON_OPTION = { json: { description: "print JSON in place of text" } };

export const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  corpus: { value: "DIR", description: "folder of the articles (CORPUS_DIR, else the shipped one)" },
  index: { value: "DIR", description: "folder of the search index (INDEX_DIR, else the shipped one)" },
  help: { description: "show this help" },
};

export const COMMANDS: readonly Command[] = [
  {
    name: "start",
    summary: "serve Telegram, or chat in this terminal when there is no token",
    usage: "",
    details: [
      "With TELEGRAM_BOT_TOKEN set, serves the bot until it is stopped. Without, opens a chat in this terminal;",
      "when stdin is not a terminal, answers one question a line and ends with the input.",
    ],
    options: {},
    positionals: [0, 0],
    examples: [
      ["npm start", "the bot, or a chat"],
      ["TELEGRAM_BOT_TOKEN= npm start", "a chat, although .env holds a token"],
    ],
  },
  {
    name: "ask",
    summary: "answer one question, or one question a line of stdin",
    usage: "[--json] [--explain] [QUESTION]",
    details: [
      "Several words make one question. Without QUESTION, every line of stdin is answered with one line of JSON,",
      "blank and failing lines included. A QUESTION that begins with - comes after one more --.",
    ],
    options: { ...JSON_OPTION, explain: { description: "also show which passages were found, and why" } },
    positionals: [0, Number.POSITIVE_INFINITY],
    examples: [
      ["npm run --silent ask -- 八条硬措施是哪八条？", "one answer to read"],
      ['npm run --silent ask -- --json "Who wrote it?"', "one answer for a program"],
      ["npm run --silent ask < questions.txt > answers.jsonl", "one line of JSON a question"],
    ],
  },
  {
    name: "import",
    summary: "turn files or folders into articles of the corpus",
    usage: "PATH… [--dry-run] [--json] [--no-index]",
    details: [
      "What cannot be imported is named on stderr with the reason; the rest is imported all the same.",
    ],
    options: {
      "dry-run": { description: "show what would be imported and write nothing" },
      ...JSON_OPTION,
      "no-index": { description: "leave the index as it is" },
    },
    positionals: [1, Number.POSITIVE_INFINITY],
    examples: [
      ["npm run --silent import -- page.txt", "add its articles and index them"],
      ["npm run --silent import -- scans --dry-run", "see what would be added"],
    ],
  },
  {
    name: "index",
    summary: "build the search index, or bring it up to date",
    usage: "",
    details: ["Only articles that changed are embedded again."],
    options: {},
    positionals: [0, 0],
    examples: [["npm run --silent index", "after the corpus was changed by hand"]],
  },
  {
    name: "evaluate",
    summary: "measure retrieval, answers and refusals on a dataset",
    usage: "DATASET [--distractors DATASET] [--json]",
    details: [
      "DATASET is a folder in BEIR layout, which is indexed apart, or one that holds only questions.jsonl, which",
      "is asked against the corpus.",
    ],
    options: {
      distractors: { value: "DATASET", description: "search among this folder's articles too" },
      ...JSON_OPTION,
    },
    positionals: [1, 1],
    examples: [["npm run --silent evaluate -- datasets/news --json", "one JSON object of figures"]],
  },
  {
    name: "doctor",
    summary: "check Node, model, corpus, index and token, and say what to do",
    usage: "[--json]",
    details: ["Ends with exit code 1 when something fails."],
    options: JSON_OPTION,
    positionals: [0, 0],
    examples: [["npm run --silent doctor", "when something does not work"]],
  },
];

/** @throws UsageError when there is no such command. */
export function findCommand(name: string | undefined): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command) return command;
  const problem = name === undefined ? "No command was given" : `There is no command "${name}"`;
  throw new UsageError(`${problem}; there are ${COMMANDS.map((each) => each.name).join(", ")}.`);
}

/** @throws UsageError for an unknown option, a missing value, or too few or too many arguments. */
export function parseCall(command: Command, args: readonly string[]): Call {
  const options: Record<string, { type: "boolean" | "string"; short?: string }> = {};
  for (const [name, { value }] of Object.entries({ ...command.options, ...COMMON_OPTIONS })) {
    options[name] = value === undefined ? { type: "boolean" } : { type: "string" };
  }
  options.help = { type: "boolean", short: "h" };
  const see = `See "${invocation(command.name)} --help".`;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const call: Call = {
      has: (option) => values[option] === true,
      value: (option) => {
        const value = values[option];
        if (value === "")
          throw new UsageError(`--${option} names no ${command.options[option]?.value ?? "DIR"}. ${see}`);
        return typeof value === "string" ? value : undefined;
      },
      positionals,
    };
    if (call.has("help")) return call;
    const [least, most] = command.positionals;
    if (positionals.length < least) throw new UsageError(`${command.usage.split(" ")[0]} is missing. ${see}`);
    if (positionals.length > most)
      throw new UsageError(`"${positionals[most]}" is one argument too many. ${see}`);
    return call;
  } catch (error) {
    if (error instanceof Error && (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS")) {
      // Node's first sentence names the option; the others explain parseArgs.
      throw new UsageError(`${error.message.split(/\.\s/)[0]}. ${see}`, { cause: error });
    }
    throw error;
  }
}

/** What to type so that the command gets options. */
export function invocation(name: CommandName): string {
  return `npm run --silent ${name} --`;
}

/** The list of commands. */
export function programHelp(): string {
  return [
    "Wenbao (问报) answers questions about a folder of articles, in the articles' own words.\n\n",
    "Usage: npm run --silent COMMAND -- [OPTIONS]\n\n",
    "Commands:\n",
    ...table(COMMANDS.map(({ name, summary }) => [name, summary])),
    "\nOptions:\n",
    ...table([
      ["--help", 'show this help; "COMMAND --help" explains one command'],
      ["--version", "show the version"],
    ]),
    "\nSettings come from the environment and from .env; .env.example explains them.\n",
  ].join("");
}

/** Usage, options and examples of one command. */
export function commandHelp(command: Command): string {
  const { name, summary, usage, details, options, examples } = command;
  return [
    `${name}: ${summary}\n\n`,
    `Usage: ${invocation(name)} ${[usage, "[--corpus DIR] [--index DIR]"].filter(Boolean).join(" ")}\n\n`,
    `${details.join("\n")}\n\n`,
    "Options:\n",
    ...table(
      Object.entries({ ...options, ...COMMON_OPTIONS }).map(([option, each]) => optionRow(option, each)),
    ),
    "\nExamples:\n",
    ...examples.map(([line, purpose]) => `  ${line}\n      ${purpose}\n`),
    "\nExit code: 0 done, 1 failed, 2 wrong usage.\n",
  ].join("");
}

function optionRow(name: string, { value, description }: Option): [string, string] {
  return [value ? `--${name} ${value}` : `--${name}`, description];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`);
}
