/** How long nothing may be heard from Telegram; a long poll comes back twice in that time. */
const PATIENCE_MS = 60_000;

/** What the program is fit for. */
export interface HealthState {
  /** It answers, or it could not say so. */
  readonly live: true;
  /** Whether questions that are asked now are received and answered. */
  readonly ready: boolean;
  /** Why it is not ready, or what fails at the moment though it was ready a short while ago. */
  readonly reason?: string;
  /** How long ago Telegram was heard from; absent before the first time. */
  readonly lastHeardMs?: number;
}

/** Tells whether Telegram is being received from. */
export interface Heartbeat {
  /** Telegram was received from: a poll came back, or it confirmed that the webhook is set. */
  heard(): void;
  /** Telegram could not be received from; the reason is one short sentence without secrets, shown as it stands. */
  failed(reason: string): void;
  /** The program ends, and receives no more. */
  ending(): void;
  state(): HealthState;
}

/** `now` gives milliseconds of a clock that nobody sets back, such as `performance.now`. */
export function createHeartbeat(now: () => number): Heartbeat {
  let heardAt: number | undefined;
  let failure: string | undefined;
  let isEnding = false;

  return {
    heard() {
      heardAt = now();
      failure = undefined;
    },
    failed(reason) {
      failure = reason;
    },
    ending() {
      isEnding = true;
    },
    state() {
      const lastHeardMs = heardAt === undefined ? undefined : Math.round(now() - heardAt);
      const isRecent = lastHeardMs !== undefined && lastHeardMs < PATIENCE_MS;
      const silence =
        lastHeardMs === undefined
          ? "Telegram has not been heard from yet."
          : "Telegram has not been heard from for a minute.";
      const reason = isEnding ? "The program is ending." : (failure ?? (isRecent ? undefined : silence));
      return {
        live: true,
        ready: isRecent && !isEnding,
        ...(reason === undefined ? {} : { reason }),
        ...(lastHeardMs === undefined ? {} : { lastHeardMs }),
      };
    },
  };
}
