/** Tortures the built program: `npm run torture -- --help`. Ends with 1 where a bar is missed. */
import { parseArgs } from "node:util";
import type { Row } from "./part.ts";
import { PARTS } from "./parts.ts";
import { isMissed, tableOf } from "./table.ts";

/** Of a run without options: about a quarter of an hour. */
const DEFAULTS = {
  kills: 100,
  chats: 40,
  rate: 40,
  minutes: 2,
  questions: 4000,
  backlog: 4000,
  count: 200,
  everyth: 10,
  seed: 1,
  limit: 20,
};
type Option = keyof typeof DEFAULTS;

const HELP = `npm run torture -- [PART…] [--OPTION NUMBER…]

The built program (npm run build) against a fake Telegram on loopback. Prints a table; ends with 1 where a bar is missed.

Parts (default: all of them)
${PARTS.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`).join("\n")}

Options and their defaults
  --kills ${DEFAULTS.kills}, --chats ${DEFAULTS.chats}, --rate ${DEFAULTS.rate} (a second), --minutes ${DEFAULTS.minutes} (of faults),
  --questions ${DEFAULTS.questions} (of the soak), --backlog ${DEFAULTS.backlog} (of throughput and load), --seed ${DEFAULTS.seed},
  --count ${DEFAULTS.count} (of each kind of input), --everyth ${DEFAULTS.everyth} (of the steps of a change, one in so many is killed),
  --limit ${DEFAULTS.limit} (minutes, of each part; what it has by then is told, and counts as missed)

In full, for the figures of a release
  npm run torture -- kills --kills 1000 --limit 90
  npm run torture -- faults --minutes 10
  npm run torture -- throughput --backlog 5000
  npm run torture -- soak --questions 20000 --chats 200
  npm run torture -- load --backlog 20000
  npm run torture -- torn --everyth 1
  npm run torture -- input --count 10000 --limit 600
`;

const names = Object.keys(DEFAULTS) as Option[];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: "boolean" },
    ...Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
  },
});
const given = values as Readonly<Record<string, string | undefined>>;
const options = Object.fromEntries(
  names.map((name) => [name, Number(given[name] ?? DEFAULTS[name])]),
) as Record<Option, number>;
const wrong = [
  ...names.filter((name) => !(options[name] > 0)).map((name) => `--${name} takes a number above 0`),
  ...positionals
    .filter((name) => !PARTS.some((part) => part.name === name))
    .map((name) => `there is no part ${name}`),
];

if (values.help) console.log(HELP);
else if (wrong.length > 0) {
  console.error(`${wrong.join("\n")}\n\n${HELP}`);
  process.exitCode = 2;
} else process.exitCode = await torture();

async function torture(): Promise<number> {
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort()).once("SIGTERM", () => interrupted.abort());
  const told: [string, readonly Row[]][] = [];
  let isLate = false;
  for (const part of PARTS) {
    if (interrupted.signal.aborted) break;
    if (positionals.length > 0 && !positionals.includes(part.name)) continue;
    const limit = AbortSignal.timeout(60_000 * options.limit);
    const signal = AbortSignal.any([interrupted.signal, limit]);
    const tell = (line: string) => void process.stderr.write(`${part.name}: ${line}\n`);
    tell(`seed ${options.seed}`);
    told.push([part.name, await part.run({ options, signal, tell })]);
    if (limit.aborted) tell(`ended after ${options.limit} minutes, before its end`);
    isLate ||= limit.aborted;
  }
  console.log(tableOf(told));
  return isLate || interrupted.signal.aborted || told.some(([, rows]) => isMissed(rows)) ? 1 : 0;
}
