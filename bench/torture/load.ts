import { setTimeout as sleep } from "node:timers/promises";
import { type Fault, flood } from "../../test/support/fake-bot-api.ts";
import { UNLUCKY } from "./fault-kinds.ts";
import { atMost, type Part, type PartPartners, type Row } from "./part.ts";
import { QUESTIONS } from "./questions.ts";
import { onStage, type Stage } from "./stage.ts";
import { QUESTIONS_ONLY } from "./traffic.ts";
import { untilAnswered } from "./until-answered.ts";

const [SCENE_MS, PER_SECOND, CALM_MS] = [15_000, 10, 40_000];
const UNLUCKY_QUESTIONS = 5;
const FLOOD = 5000;
const BACKLOG_CHATS = 300;
const NEWCOMER = 60;
/** What we take "still answered in time" to be. */
const [IN_TIME_S, AFTER_OUTAGE_S] = [10, 60];

/** Whether one who is slow, loud or long away makes others wait. */
export const load: Part = {
  name: "load",
  summary: "a slow chat, a flood from one person, the backlog of an outage: how long others wait (--backlog)",
  async run(partners) {
    const limited = flood(30);
    return [
      ...(await besideOne("a chat whose calls take 5 s", () => ({ kind: "slow", ms: 5000 }), partners)),
      ...(await besideOne(
        "a chat that is limited for 30 s",
        (sinceMs) => (sinceMs < 30_000 ? limited : undefined),
        partners,
      )),
      ...(await besideFlood(partners)),
      ...(await afterOutage(partners)),
    ];
  },
};

/** One chat's calls meet a fault, while others ask. */
function besideOne(
  name: string,
  faultAt: (sinceMs: number) => Fault | undefined,
  { options: { chats, seed }, signal }: PartPartners,
): Promise<Row[]> {
  return onStage({ chats, mix: QUESTIONS_ONLY, seed }, async (stage) => {
    const { telegram, ledger, traffic } = stage;
    await begin(stage, signal);
    const startMs = performance.now();
    const lift = telegram.impose((_, { chat_id: chat }) =>
      chat === UNLUCKY ? faultAt(performance.now() - startMs) : undefined,
    );
    for (let count = 0; count < UNLUCKY_QUESTIONS; count++) ask(stage, UNLUCKY);
    await traffic.flow(PER_SECOND, AbortSignal.any([signal, AbortSignal.timeout(SCENE_MS)]));
    await untilAnswered(ledger, CALM_MS, signal);
    lift();
    return [
      waitRow(
        `beside ${name}, others wait`,
        longestWait(stage, (chat) => chat !== UNLUCKY, startMs),
        IN_TIME_S,
      ),
      lost(stage),
    ];
  });
}

/** One person sends thousands of messages, which the limits keep from being answered. */
function besideFlood({ options: { seed }, signal }: PartPartners): Promise<Row[]> {
  const env = { PERSON_QUESTIONS_PER_MINUTE: "10", CHAT_QUESTIONS_PER_MINUTE: "40" };
  return onStage({ chats: 1, mix: QUESTIONS_ONLY, seed, env }, async (stage) => {
    await begin(stage, signal);
    const startMs = performance.now();
    const loud = stage.telegram.private(UNLUCKY);
    for (let count = 0; count < FLOOD; count++) loud.says(QUESTIONS[count % QUESTIONS.length]![0]);
    ask(stage, NEWCOMER);
    await untilAnswered(stage.ledger, CALM_MS, signal);
    return [
      waitRow(
        `beside ${FLOOD} messages of one person, a newcomer waits`,
        longestWait(stage, (chat) => chat === NEWCOMER, startMs),
        IN_TIME_S,
      ),
      lost(stage),
    ];
  });
}

/** The program was away; somebody asks for the first time while it catches up. */
function afterOutage({ options: { backlog, seed }, signal }: PartPartners): Promise<Row[]> {
  return onStage({ chats: BACKLOG_CHATS, mix: QUESTIONS_ONLY, seed }, async (stage) => {
    const { ledger, traffic, bot } = stage;
    for (let count = 0; count < backlog; count++) traffic.next();
    bot.start();
    while (ledger.answers.length === 0 && bot.crashes === 0 && !signal.aborted) await sleep(5);
    const startMs = performance.now();
    ask(stage, NEWCOMER);
    await untilAnswered(ledger, CALM_MS, signal);
    return [
      waitRow(
        `beside a backlog of ${backlog}, a newcomer waits`,
        longestWait(stage, (chat) => chat === NEWCOMER, startMs),
        AFTER_OUTAGE_S,
      ),
      lost(stage),
    ];
  });
}

/** Starts the program and waits until it answers. */
async function begin(stage: Stage, signal: AbortSignal): Promise<void> {
  stage.bot.start();
  stage.traffic.next();
  await untilAnswered(stage.ledger, CALM_MS, signal);
}

function ask({ telegram, ledger }: Stage, chat: number): void {
  ledger.asked(chat, telegram.private(chat).says(QUESTIONS[0]![0]));
}

function longestWait({ ledger }: Stage, isOf: (chat: number) => boolean, sinceMs: number): number {
  const waits = ledger.answers.filter(({ chat, askedMs }) => isOf(chat) && askedMs >= sinceMs);
  return waits.length === 0
    ? Number.POSITIVE_INFINITY
    : Math.max(...waits.map(({ askedMs, answeredMs }) => answeredMs - askedMs));
}

function waitRow(measure: string, waitedMs: number, mostS: number): Row {
  return atMost(measure, waitedMs / 1000, mostS, " s");
}

function lost({ ledger }: Stage): Row {
  return atMost("lost", ledger.waiting(), 0);
}
