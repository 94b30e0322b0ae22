import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OPTIONS } from "../../src/options.ts";
import type { FakeBotApi } from "../../test/support/fake-bot-api.ts";

const programDir = fileURLToPath(new URL("../../", import.meta.url));
/** Of what a process said that is no event, the end is kept. */
const KEPT_CHARS = 4000;

/** The built program as a bot, with copies of the shipped articles and a state that outlives its processes. */
export interface BotProcess {
  start(): void;
  /** Ends it at once, as a power cut would; it is dead when this resolves. */
  kill(): Promise<void>;
  /** Of the process that runs now; 0 where none does. */
  readonly pid: number;
  /** How often it ended by itself. */
  readonly crashes: number;
  /** How often each event was logged, in all of its lives. */
  readonly events: ReadonlyMap<string, number>;
  /** What it said last, for whoever has to find out. */
  readonly said: string;
  /** Kills it and removes its folder. */
  close(): Promise<void>;
}

export async function openBotProcess(
  { token, apiRoot }: Pick<FakeBotApi, "token" | "apiRoot">,
  env: Readonly<Record<string, string>> = {},
): Promise<BotProcess> {
  const folder = await mkdtemp(join(tmpdir(), "wenbao-torture-"));
  for (const name of ["corpus", "index"])
    await cp(join(programDir, name), join(folder, name), { recursive: true });
  const events = new Map<string, number>();
  let child: ChildProcess | undefined;
  let dead: Promise<void> = Promise.resolve();
  let crashes = 0;
  let said = "";

  function hear(line: string): void {
    const event = eventOf(line);
    if (event !== undefined) events.set(event, (events.get(event) ?? 0) + 1);
    said = `${said}${line}\n`.slice(-KEPT_CHARS);
  }

  return {
    events,
    get pid() {
      return child?.pid ?? 0;
    },
    get crashes() {
      return crashes;
    },
    get said() {
      return said;
    },
    start() {
      const args = [join(programDir, "dist/main.js"), "start", "--corpus", "corpus", "--index", "index"];
      const started = spawn(process.execPath, args, {
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
        env: {
          ...bareEnvironment(),
          ...{ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, STATE_DIR: "state", ADMINS: "1" },
          ...{ PERSON_QUESTIONS_PER_MINUTE: "1000", CHAT_QUESTIONS_PER_MINUTE: "1000", DIGEST: "off" },
          ...env,
        },
      });
      child = started;
      let rest = "";
      started.stderr.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        lines.forEach(hear);
      });
      dead = new Promise((resolve) => {
        started.once("close", (_, signal) => {
          if (signal !== "SIGKILL") crashes++;
          if (child === started) child = undefined;
          resolve();
        });
      });
    },
    async kill() {
      child?.kill("SIGKILL");
      await dead;
    },
    async close() {
      child?.kill("SIGKILL");
      await dead;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** How often it has sent again what may have arrived before it was killed. */
export function resentBy({ events }: BotProcess): number {
  return events.get("telegram.resent-blindly") ?? 0;
}

/** Nothing of the operator's: an empty value hides one from a `.env`. */
function bareEnvironment(): Record<string, string> {
  const unset = Object.fromEntries(Object.keys(OPTIONS.shape).map((name) => [name, ""]));
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, ...unset };
}

function eventOf(line: string): string | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const { event } = JSON.parse(line);
    return typeof event === "string" ? event : undefined;
  } catch {
    // The process was killed while it wrote this line.
    return undefined;
  }
}
