import type { Random } from "../../test/corpus/compose-page.ts";
import { FAULTS, type FakeBotApi } from "../../test/support/fake-bot-api.ts";

/** When a process is killed: some time after its start, or after it serves, then at once or around a call that it makes. */
export type KillPoint =
  | CallPoint
  | { readonly kind: "starting"; readonly afterMs: number }
  | { readonly kind: "serving"; readonly afterMs: number };

export interface CallPoint {
  readonly kind: "call";
  readonly method: string;
  readonly moment: Moment;
  /** The first such call after this time is meant. */
  readonly afterMs: number;
}

const METHODS = ["getUpdates", "sendMessage", "sendChatAction", "editMessageText", "answerCallbackQuery"];
const MOMENTS = ["before it is done", "before its answer", "after its answer"] as const;
type Moment = (typeof MOMENTS)[number];

/** Every instrumented step once. */
export const STEPS = METHODS.flatMap((method) => MOMENTS.map((moment) => ({ method, moment })));

/** The longest life, but for what it takes until a call comes. */
const LIFE_MS = 3000;
/** About the time from start to service. */
const START_MS = 700;

/** Kills without end: by turns at the next instrumented step, and at random, every eighth of those while it starts. */
export function* killPoints(random: Random): Generator<KillPoint> {
  for (let turn = 0; ; turn++) {
    if (turn % 2 === 0) {
      yield { kind: "call", ...STEPS[(turn / 2) % STEPS.length]!, afterMs: LIFE_MS * random() };
    } else if (turn % 16 === 1) {
      yield { kind: "starting", afterMs: START_MS * random() };
    } else {
      yield { kind: "serving", afterMs: LIFE_MS * random() };
    }
  }
}

/** Calls `kill` at that moment of the next such call of the bot's, which the process does not outlive; returns what disarms it. */
export function armAt(telegram: FakeBotApi, { method, moment }: CallPoint, kill: () => void): () => void {
  let isArmed = true;
  const isIt = (called: string): boolean => {
    if (!isArmed || called !== method) return false;
    isArmed = false;
    kill();
    return true;
  };
  if (moment === "before it is done")
    return telegram.impose((called) => (isIt(called) ? FAULTS.drop : undefined));
  const at = moment === "before its answer" ? "done" : "answered";
  return telegram.watch((step) => void (step.at === at && isIt(step.method)));
}
