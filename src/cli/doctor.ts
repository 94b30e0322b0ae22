import { AppError, messageOf } from "../errors.ts";
import { jsonLine } from "../log.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { articleExaminations } from "./doctor/articles.ts";
import { botExaminations, chatExaminations, secretExaminations } from "./doctor/bot.ts";
import { folderExaminations } from "./doctor/folders.ts";
import { installationExaminations } from "./doctor/installation.ts";
import { printableLine, write } from "./output.ts";
import type { Style } from "./render.ts";

/** What the doctor found at one place. */
export interface Check {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  /** What there is; where something is wrong, also what to do, a line for each thing. */
  readonly message: string;
}

/** Checks everything an answer needs and says what to do; exit code 1 when something fails. */
export const doctor: Command = {
  name: "doctor",
  summary: "check the installation, articles, index, folders and token, and say what to do",
  details:
    "Downloads the model that EMBEDDING_MODEL names where it is missing. Ends with exit code 1 when something fails.",
  options: JSON_OPTION,
  examples: [["npm run --silent doctor", "when something does not work"]],

  async run({ has }, session) {
    const { style, stdout, forOperator } = session;
    const checks: Check[] = [];
    for (const [name, otherwise, look] of [
      ...installationExaminations(session),
      ...articleExaminations(session),
      ...folderExaminations(session),
      ...chatExaminations(session),
      ...secretExaminations(session),
      ...botExaminations(session),
    ]) {
      try {
        checks.push({ name, status: "ok", message: forOperator(await look()) });
      } catch (error) {
        // The doctor's work is to find what fails; the other checks go on.
        const message = error instanceof AppError ? error.message : messageOf(error);
        checks.push({ name, status: otherwise, message: forOperator(message) });
      }
    }
    const ok = checks.every(({ status }) => status !== "fail");
    const lines = () => checks.map((check) => describeCheck(check, style)).join("");
    await write(stdout, has("json") ? jsonLine({ ok, checks }) : lines());
    return ok ? 0 : 1;
  },
};

function describeCheck({ name, status, message }: Check, style: Style): string {
  const mark = { ok: style.green("ok  "), warn: style.yellow("warn"), fail: style.red("FAIL") }[status];
  const lines = message.split("\n").map(printableLine);
  return `${mark}  ${name.padEnd(12)}  ${lines.join(`\n${" ".repeat(20)}`)}\n`;
}
