import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "../../test/corpus/compose-page.ts";
import type { FakeBotApi } from "../../test/support/fake-bot-api.ts";
import { type BotProcess, resentBy } from "./bot-process.ts";
import { armAt, type CallPoint, type KillPoint, killPoints } from "./kill-points.ts";
import type { Figures } from "./ledger.ts";
import { atMost, type Part, type PartPartners, plain, type Row } from "./part.ts";
import { onStage } from "./stage.ts";
import { EVERYTHING, type Mix } from "./traffic.ts";
import { untilAnswered } from "./until-answered.ts";

/** A call that is not made within this time is not waited for; the kill comes all the same. */
const CALL_PATIENCE_MS = 8000;
/** Longer than any start. */
const SERVING_PATIENCE_MS = 30_000;
/** Without an answer for so long, what waits is lost. */
const CALM_MS = 20_000;
const MOST_CRASHES = 10;

export interface KillOptions {
  readonly points: Iterable<KillPoint>;
  readonly chats: number;
  readonly rate: number;
  readonly seed: number;
  readonly mix: Mix;
  readonly calmMs?: number;
}

export interface KillOutcome {
  readonly kills: number;
  readonly figures: Figures;
  /** How often the program says that it sent something again that may have arrived. */
  readonly resent: number;
  /** How often it ended by itself. */
  readonly crashes: number;
}

/** SIGKILL at random and at every instrumented step, under load, until all is answered. */
export const kills: Part = {
  name: "kills",
  summary: "SIGKILL at random and around every kind of call, under load (--kills, --chats, --rate)",
  async run(partners) {
    const { options } = partners;
    const points = take(options.kills, killPoints(seeded(options.seed)));
    return rowsOf(await killUnderLoad({ ...options, points, mix: EVERYTHING }, partners));
  },
};

export async function killUnderLoad(
  { points, chats, rate, seed, mix, calmMs = CALM_MS }: KillOptions,
  partners: Omit<PartPartners, "options">,
): Promise<KillOutcome> {
  const { signal } = partners;
  return onStage({ chats, mix, seed }, async ({ telegram, ledger, traffic, bot }) => {
    const over = new AbortController();
    const flowing = traffic.flow(rate, AbortSignal.any([signal, over.signal]));
    const done = new Map<string, number>();
    let count = 0;
    for (const point of points) {
      if (signal.aborted || bot.crashes > MOST_CRASHES) break;
      const how = await liveAndDie(telegram, bot, point);
      done.set(how, (done.get(how) ?? 0) + 1);
      count++;
      if (count % 50 === 0) partners.tell(`${count} kills, ${JSON.stringify(ledger.figures())}`);
    }
    over.abort();
    await flowing;
    bot.start();
    await untilAnswered(ledger, calmMs, signal);
    for (const [how, times] of done) partners.tell(`killed ${how}: ${times}`);
    if (ledger.waiting() > 0 || bot.crashes > 0) partners.tell(`The program said last:\n${bot.said}`);
    return { kills: count, figures: ledger.figures(), resent: resentBy(bot), crashes: bot.crashes };
  });
}

/** One life of the process, from its start to its kill; says how it came to that. */
async function liveAndDie(telegram: FakeBotApi, bot: BotProcess, point: KillPoint): Promise<string> {
  const serving = nextPoll(telegram);
  bot.start();
  if (point.kind === "starting") {
    await sleep(point.afterMs);
    await bot.kill();
    return "while it starts";
  }
  if (!(await serving)) {
    await bot.kill();
    return "without having served";
  }
  await sleep(point.afterMs);
  const how = point.kind === "serving" ? "while it serves" : await killedAt(telegram, bot, point);
  await bot.kill();
  return how;
}

function killedAt(telegram: FakeBotApi, bot: BotProcess, point: CallPoint): Promise<string> {
  return new Promise((resolve) => {
    const end = (how: string): void => {
      clearTimeout(late);
      disarm();
      resolve(how);
    };
    const late = setTimeout(() => end(`without a ${point.method}`), CALL_PATIENCE_MS);
    const disarm = armAt(telegram, point, () => {
      void bot.kill();
      end(`at ${point.method}, ${point.moment}`);
    });
  });
}

/** Whether a getUpdates comes in time. */
function nextPoll(telegram: FakeBotApi): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), SERVING_PATIENCE_MS).unref();
    const lift = telegram.impose((method) => {
      if (method === "getUpdates") {
        clearTimeout(timer);
        lift();
        resolve(true);
      }
      return undefined;
    });
  });
}

function rowsOf({ kills, figures, resent, crashes }: KillOutcome): Row[] {
  const { sent, answered, waiting, doubled, disordered, longestSilenceMs } = figures;
  const { edits, documents, queries } = figures;
  return [
    plain("kills", kills),
    plain("questions sent", sent),
    plain("answered", answered),
    atMost("lost", waiting, 0),
    atMost("answers doubled", doubled, kills),
    atMost("answers doubled, of the answers", (100 * doubled) / Math.max(1, answered), 1, " %"),
    plain("sent again blindly, as the program counts", resent),
    atMost("answers doubled beyond those", Math.max(0, doubled - resent), 0),
    atMost("answered in the wrong order", disordered, 0),
    atMost(`edits not in the answer and documents not undone, of ${edits.sent}`, edits.waiting, 0),
    atMost(`documents without an end, of ${documents.sent}`, documents.waiting, 0),
    atMost(`buttons and inline queries unanswered, of ${queries.sent}`, queries.waiting, 0),
    atMost("ended by itself", crashes, 0),
    plain("longest silence, s", (longestSilenceMs / 1000).toFixed(1)),
  ];
}

function* take<T>(count: number, from: Iterable<T>): Generator<T> {
  let taken = 0;
  for (const one of from) {
    if (taken++ >= count) return;
    yield one;
  }
}
