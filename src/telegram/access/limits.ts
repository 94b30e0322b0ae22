const MINUTE_MS = 60_000;
/** Looking costs little, and an app asks inline whenever its user pauses in typing: so many times as many as questions. */
const LOOKS_PER_QUESTION = 6;

/** Ids; null where Telegram names none. */
export interface Asker {
  readonly person: number | null;
  readonly chat: number | null;
}

/** How much is answered within any minute, to a person and in a chat. What is refused does not count. */
export interface Limits {
  /** Counts a question of this time, by default now; gives the milliseconds until it may be put where it is one too many, else 0. */
  question(asker: Asker, at?: number): number;
  /** As `question`, of an inline query or a press of a button, which are limited by person. */
  look(person: number): number;
  /** Whether the asker, refused, is to be told: once until one of theirs is answered again. Then it is noted. */
  tell(asker: Asker, at?: number): boolean;
}

/** Limits that last as long as the process and remember a minute. */
export function createLimits(
  perMinute: { readonly person: number; readonly chat: number },
  now: () => Date,
): Limits {
  const persons = createWindow(perMinute.person);
  const chats = createWindow(perMinute.chat);
  const looks = createWindow(LOOKS_PER_QUESTION * perMinute.person);
  const windowsOf = ({ person, chat }: Asker): readonly Place[] => [
    ...(person === null ? [] : [{ window: persons, id: person }]),
    ...(chat === null ? [] : [{ window: chats, id: chat }]),
  ];
  const count = (places: readonly Place[], at = now().getTime()): number => {
    const waitMs = Math.max(0, ...places.map(({ window, id }) => window.waitMs(id, at)));
    if (waitMs === 0) for (const { window, id } of places) window.add(id, at);
    return waitMs;
  };
  return {
    question: (asker, at) => count(windowsOf(asker), at),
    look: (person) => count([{ window: looks, id: person }]),
    tell: (asker, at = now().getTime()) => {
      const refused = windowsOf(asker).filter(({ window, id }) => window.waitMs(id, at) > 0);
      if (refused.length === 0 || refused.some(({ window, id }) => window.isTold(id))) return false;
      for (const { window, id } of refused) window.setTold(id);
      return true;
    },
  };
}

interface Window {
  waitMs(id: number, at: number): number;
  add(id: number, at: number): void;
  /** Until something is added. */
  setTold(id: number): void;
  isTold(id: number): boolean;
}

interface Place {
  readonly window: Window;
  readonly id: number;
}

/** The last minute of each id. Ids that did nothing in it are forgotten, so that memory is bounded by what is answered. */
function createWindow(most: number): Window {
  /** In the order of their latest addition. */
  const used = new Map<number, { readonly times: readonly number[]; isTold: boolean }>();
  // A clock that was set back must not close the window until it has caught up.
  const isWithin = (time: number, at: number) => time > at - MINUTE_MS && time <= at;
  const timesOf = (id: number, at: number) => used.get(id)?.times.filter((time) => isWithin(time, at)) ?? [];
  const waitMs = (id: number, at: number): number => {
    const times = timesOf(id, at);
    return times.length < most ? 0 : times[0]! + MINUTE_MS - at;
  };
  return {
    waitMs,
    add(id, at) {
      const times = [...timesOf(id, at), at];
      used.delete(id);
      used.set(id, { times, isTold: false });
      for (const [other, { times: others }] of used) {
        if (isWithin(others.at(-1)!, at)) break;
        used.delete(other);
      }
    },
    isTold: (id) => used.get(id)?.isTold === true,
    setTold(id) {
      const own = used.get(id);
      if (own) own.isTold = true;
    },
  };
}
