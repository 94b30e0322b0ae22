import { COMMANDS, COMMON_OPTIONS, type Command, invocation, type Option } from "./commands.ts";

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
