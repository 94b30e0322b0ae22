import { setTimeout as sleep } from "node:timers/promises";
import { type Random, seeded } from "../../test/corpus/compose-page.ts";
import { resentBy } from "./bot-process.ts";
import { FAULT_KINDS, type FaultKind, UNLUCKY } from "./fault-kinds.ts";
import type { Answered, Figures, Ledger } from "./ledger.ts";
import { atMost, type Part, type PartPartners, plain, type Row } from "./part.ts";
import { QUESTIONS } from "./questions.ts";
import { onStage, type Stage } from "./stage.ts";
import { EVERYTHING, type Mix } from "./traffic.ts";
import { untilAnswered } from "./until-answered.ts";

/** Faults that overlap; from its end on all is well. */
export interface Bout {
  readonly faults: readonly { readonly kind: FaultKind; readonly afterMs: number; readonly forMs: number }[];
}

export interface FaultOptions {
  readonly bouts: Iterable<Bout>;
  readonly chats: number;
  readonly rate: number;
  readonly seed: number;
  readonly minutes: number;
  readonly mix: Mix;
}

export interface FaultOutcome {
  /** By the name of the kind. */
  readonly silences: ReadonlyMap<string, readonly Silence[]>;
  readonly figures: Figures;
  /** As of kills. */
  readonly resent: number;
  readonly crashes: number;
}

/** From the end of the last fault of a bout, where it was felt. */
interface Silence {
  /** To an answer. */
  readonly answerMs: number;
  /** To an answer to a question asked after the end, which was heard, then. */
  readonly newMs: number;
}

const [SHORTEST_MS, LONGEST_MS] = [500, 20_000];
const BETWEEN_MS = 1000;
/** What is not answered so long after a fault's end counts as never. */
const PATIENCE_MS = 60_000;
const CALM_MS = 40_000;
const WELL_AGAIN_S = 5;

/** Everything that Telegram and the network do to a bot, for some seconds each, one after another and at once. */
export const faults: Part = {
  name: "faults",
  summary:
    "409, 429, 500, 502, connections dropped, stalled, slow, refused; one by one and at once (--minutes)",
  run: async ({ options, ...partners }) =>
    rowsOf(
      await goThroughFaults(
        { ...options, bouts: mixedBouts(seeded(options.seed)), mix: EVERYTHING },
        partners,
      ),
    ),
};

export async function goThroughFaults(
  { bouts, chats, rate, seed, minutes, mix }: FaultOptions,
  { signal, tell }: Omit<PartPartners, "options">,
): Promise<FaultOutcome> {
  return onStage({ chats, mix, seed }, async (stage) => {
    const { telegram, ledger, traffic, bot } = stage;
    const random = seeded(seed + 2);
    const over = new AbortController();
    const endMs = performance.now() + 60_000 * minutes;
    telegram.private(UNLUCKY);
    bot.start();
    const flowing = traffic.flow(rate, AbortSignal.any([signal, over.signal]));
    await nextAnswer(ledger, performance.now(), () => true);
    const silences = new Map<string, Silence[]>();
    for (const bout of bouts) {
      if (signal.aborted || performance.now() > endMs || bot.crashes > 0) break;
      const silence = await suffer(bout, stage, random);
      const names = bout.faults.map(({ kind, forMs }) => `${kind.name} for ${(forMs / 1000).toFixed(1)} s`);
      tell(
        `${names.join(", ")}: an answer after ${inS(silence.answerMs)}, to a new question ${inS(silence.newMs)}`,
      );
      for (const { kind } of bout.faults)
        silences.set(kind.name, [...(silences.get(kind.name) ?? []), silence]);
      await sleep(BETWEEN_MS);
    }
    over.abort();
    await flowing;
    await untilAnswered(ledger, CALM_MS, signal);
    if (ledger.waiting() > 0 || bot.crashes > 0) tell(`The program said last:\n${bot.said}`);
    return { silences, figures: ledger.figures(), resent: resentBy(bot), crashes: bot.crashes };
  });
}

/** Goes through all kinds alone, then at random up to three at once, without end. */
function* mixedBouts(random: Random): Generator<Bout> {
  const length = () => SHORTEST_MS * (LONGEST_MS / SHORTEST_MS) ** random();
  for (const kind of FAULT_KINDS) yield { faults: [{ kind, afterMs: 0, forMs: length() }] };
  for (;;) {
    const kinds = new Set<FaultKind>();
    for (let count = 1 + Math.floor(3 * random()); count > 0; count--)
      kinds.add(FAULT_KINDS[Math.floor(random() * FAULT_KINDS.length)]!);
    yield { faults: [...kinds].map((kind) => ({ kind, afterMs: 3000 * random(), forMs: length() })) };
  }
}

async function suffer({ faults }: Bout, { telegram, ledger }: Stage, random: Random): Promise<Silence> {
  const isFelt = (chat: number) => faults.some(({ kind }) => kind.chat === undefined || kind.chat === chat);
  const unlucky = telegram.private(UNLUCKY);
  const ask = () => ledger.asked(UNLUCKY, unlucky.says(QUESTIONS[0]![0]));
  const ends = faults.map(async ({ kind, afterMs, forMs }) => {
    await sleep(afterMs);
    const end = kind.begin(telegram, random, forMs);
    ask();
    await sleep(forMs);
    return end();
  });
  const endMs = Math.max(...(await Promise.all(ends)));
  const newSinceMs = performance.now();
  ask();
  const [any, toNew] = await Promise.all([
    nextAnswer(ledger, endMs, ({ chat }) => isFelt(chat)),
    nextAnswer(ledger, endMs, ({ chat, askedMs }) => isFelt(chat) && askedMs >= newSinceMs),
  ]);
  return { answerMs: any - endMs, newMs: toNew - endMs };
}

/** When the first such answer came after this time. */
async function nextAnswer(
  ledger: Ledger,
  afterMs: number,
  isIt: (answer: Answered) => boolean,
): Promise<number> {
  for (let seen = ledger.answers.length; performance.now() < afterMs + PATIENCE_MS; ) {
    await sleep(10);
    for (; seen < ledger.answers.length; seen++) {
      const answer = ledger.answers[seen]!;
      if (answer.answeredMs >= afterMs && isIt(answer)) return answer.answeredMs;
    }
  }
  return afterMs + PATIENCE_MS;
}

function rowsOf({ silences, figures, resent, crashes }: FaultOutcome): Row[] {
  const { sent, answered, waiting, doubled, disordered, edits, documents, queries } = figures;
  const all = [...silences.values()].flat();
  const answerMs = all.map((silence) => silence.answerMs).sort((a, b) => a - b);
  const p95 = answerMs[Math.ceil(0.95 * all.length) - 1] ?? 0;
  return [
    ...[...silences].map(([name, times]) =>
      plain(
        `${name}: times; an answer after its end, at most`,
        `${times.length}; ${inS(longest(times.map(({ answerMs }) => answerMs)))}`,
      ),
    ),
    atMost("an answer after a fault's end, at most", longest(answerMs) / 1000, WELL_AGAIN_S, " s"),
    plain("the same, 95th percentile", inS(p95)),
    plain("to a question asked after the end, at most", inS(longest(all.map(({ newMs }) => newMs)))),
    plain("questions sent", sent),
    plain("answered", answered),
    atMost("lost", waiting, 0),
    plain("answers doubled", doubled),
    plain("sent again blindly, as the program counts", resent),
    atMost("answered in the wrong order", disordered, 0),
    atMost(`edits not in the answer, of ${edits.sent}`, edits.waiting, 0),
    atMost(`documents without an end, of ${documents.sent}`, documents.waiting, 0),
    plain(`buttons and inline queries unanswered, of ${queries.sent}`, queries.waiting),
    atMost("ended by itself", crashes, 0),
  ];
}

function longest(times: readonly number[]): number {
  return Math.max(0, ...times);
}

function inS(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
