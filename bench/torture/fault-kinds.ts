import type { Random } from "../../test/corpus/compose-page.ts";
import { FAULTS, type FakeBotApi, type Fault, flood } from "../../test/support/fake-bot-api.ts";

/** A kind of fault. What `begin` returns ends it and says from when on, by `performance.now()`, all is well again. */
export interface FaultKind {
  readonly name: string;
  /** It meets one chat only. */
  readonly chat?: number;
  readonly begin: (telegram: FakeBotApi, random: Random, forMs: number) => () => number | Promise<number>;
}

/** The one chat that faults of a single chat meet. */
export const UNLUCKY = 50;

const ALL = () => true;
const badGateway: Fault = { kind: "error", code: 502, description: "Bad Gateway" };
/** Longer waits are told where a bot has misbehaved. */
const MOST_RETRY_S = 5;

export const FAULT_KINDS: readonly FaultKind[] = [
  always("409, another poller", FAULTS.conflict, (method) => method === "getUpdates"),
  always("500", FAULTS.serverError),
  always("502", badGateway),
  always("dropped before it is done", FAULTS.drop),
  always("dropped after it is done", FAULTS.dropAfter),
  { name: "polls that stall", begin: (telegram) => endNow(telegram.stallPolls()) },
  always("slow answers", { kind: "slow", ms: 1500 }),
  { name: "429 for one chat", chat: UNLUCKY, begin: floods((chat) => chat === UNLUCKY) },
  { name: "429 for all", begin: floods(ALL) },
  {
    name: "nobody listens",
    begin: (telegram) => {
      const gone = telegram.goAway();
      return async () => {
        await gone;
        await telegram.comeBack();
        return performance.now();
      };
    },
  },
];

function always(name: string, fault: Fault, meets: (method: string) => boolean = ALL): FaultKind {
  return {
    name,
    begin: (telegram) => endNow(telegram.impose((method) => (meets(method) ? fault : undefined))),
  };
}

function endNow(lift: () => void): () => number {
  return () => {
    lift();
    return performance.now();
  };
}

/** Calls are refused with the time until its end, or less; whoever was told to wait longer waits so long. */
function floods(meets: (chat: unknown) => boolean): FaultKind["begin"] {
  return (telegram, random, forMs) => {
    const endMs = performance.now() + forMs;
    let toldMs = 0;
    const lift = telegram.impose((method, { chat_id: chat }) => {
      if (method === "getUpdates" || !meets(chat)) return undefined;
      const leftS = Math.max(1, Math.ceil((endMs - performance.now()) / 1000));
      const retryS = Math.min(leftS, 1 + Math.floor(MOST_RETRY_S * random()));
      toldMs = Math.max(toldMs, performance.now() + 1000 * retryS);
      return flood(retryS);
    });
    return () => {
      lift();
      return Math.max(performance.now(), toldMs);
    };
  };
}
