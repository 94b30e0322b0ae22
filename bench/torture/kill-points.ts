import type { Random } from "../../test/corpus/compose-page.ts";
import { FAULTS, type FakeBotApi } from "../../test/support/fake-bot-api.ts";

/** When a process is killed: around a call that it makes, or some time after its start or after it serves. */
export type KillPoint =
  | CallPoint
  | { readonly kind: "starting"; readonly afterMs: number }
  | { readonly kind: "serving"; readonly afterMs: number };

export interface CallPoint {
  readonly kind: "call";
  readonly method: string;
  readonly moment: Moment;
  /** How many such calls of this life come before it. */
  readonly skipped: number;
}

const METHODS = ["getUpdates", "sendMessage", "sendChatAction", "editMessageText", "answerCallbackQuery"];
const MOMENTS = ["before it is done", "before its answer", "after its answer"] as const;
type Moment = (typeof MOMENTS)[number];

/** Every instrumented step once. */
export const STEPS = METHODS.flatMap((method) => MOMENTS.map((moment) => ({ method, moment })));

const LONGEST_MS = 2000;
/** About the time from start to service. */
const START_MS = 700;

/** Kills without end: by turns at the next instrumented step, and at random, every eighth of those while it starts. */
export function* killPoints(random: Random): Generator<KillPoint> {
  for (let turn = 0; ; turn++) {
    if (turn % 2 === 0) {
      // Not always at the first such call: what is in hand then differs.
      yield { kind: "call", ...STEPS[(turn / 2) % STEPS.length]!, skipped: Math.floor(4 * random()) };
    } else if (turn % 16 === 1) {
      yield { kind: "starting", afterMs: START_MS * random() };
    } else {
      yield { kind: "serving", afterMs: LONGEST_MS ** random() };
    }
  }
}

/** Calls `kill` once at that moment of a call of the bot's, which the process does not outlive; returns what disarms it. */
export function armAt(
  telegram: FakeBotApi,
  { method, moment, skipped }: CallPoint,
  kill: () => void,
): () => void {
  let passed = 0;
  let isArmed = true;
  const isIt = (called: string): boolean => {
    if (!isArmed || called !== method || passed++ < skipped) return false;
    isArmed = false;
    kill();
    return true;
  };
  if (moment === "before it is done")
    return telegram.impose((called) => (isIt(called) ? FAULTS.drop : undefined));
  const at = moment === "before its answer" ? "done" : "answered";
  return telegram.watch((step) => void (step.at === at && isIt(step.method)));
}
