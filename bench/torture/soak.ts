import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { atMost, type Part, plain } from "./part.ts";
import { onStage } from "./stage.ts";
import { QUESTIONS_ONLY } from "./traffic.ts";
import { untilAnswered } from "./until-answered.ts";

const STEP = 1000;
const MOST_WAITING = 100;
const CALM_MS = 20_000;
const SAMPLES = 7;
const BETWEEN_SAMPLES_MS = 200;
const MOST_GROWTH_PERCENT = 10;

/** Whether memory grows with what was answered. */
export const soak: Part = {
  name: "soak",
  summary: "resident memory after every 1,000 questions (--questions, --chats)",
  run: ({ options: { questions, chats, seed }, signal, tell }) =>
    onStage({ chats, mix: QUESTIONS_ONLY, seed }, async ({ ledger, traffic, bot }) => {
      bot.start();
      const sizes: number[] = [];
      for (let sent = 0; sent < questions && bot.crashes === 0 && !signal.aborted; ) {
        for (const end = sent + STEP; sent < end && !signal.aborted; ) {
          if (ledger.waiting() >= MOST_WAITING) await sleep(5);
          else {
            traffic.next();
            sent++;
          }
        }
        await untilAnswered(ledger, CALM_MS, signal);
        sizes.push(await residentMb(bot.pid));
        tell(`after ${sent}: ${sizes.at(-1)!.toFixed(1)} MB`);
      }
      const [first = Number.NaN, last = Number.NaN] = [sizes[0], sizes.at(-1)];
      return [
        plain("resident memory after 1,000 questions, MB", first.toFixed(1)),
        plain(`after ${sizes.length},000, MB`, last.toFixed(1)),
        plain("at most in between, MB", Math.max(...sizes).toFixed(1)),
        atMost("grown by", (100 * last) / first - 100, MOST_GROWTH_PERCENT, " %"),
        atMost("lost", ledger.waiting(), 0),
      ];
    }),
};

/** The median of some samples at rest. */
async function residentMb(pid: number): Promise<number> {
  const samples: number[] = [];
  for (let count = 0; count < SAMPLES; count++) {
    await sleep(BETWEEN_SAMPLES_MS);
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    samples.push(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
  }
  return samples.sort((a, b) => a - b)[Math.floor(SAMPLES / 2)]!;
}
