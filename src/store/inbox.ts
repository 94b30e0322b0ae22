import { z } from "zod";
import type { Database } from "./database.ts";
import { taskOf } from "./outbox.ts";

/** What Telegram numbers. */
interface Numbered {
  readonly update_id: number;
}

/** An update that is in hand. */
export interface Taken<Update> {
  readonly update: Update;
  /** When it was kept, in milliseconds since 1970. */
  readonly at: number;
  /** How often it has been taken, this time included: more than once where the program ended before it was done. */
  readonly times: number;
}

/**
 * Where updates lie between being received and being handled: per key in order, keys beside each other, each
 * update once. Whatever keeps it, the contract suite in `test/store/` says what it must do.
 */
export interface Inbox<Update extends Numbered> {
  /** Keeps those of the updates that are not known yet, handled or not, all or none; gives how many these are. */
  put(updates: readonly Update[]): number;
  /** As `put`, for as long as the process lasts: for a disk that is full. */
  hold(updates: readonly Update[]): number;
  /**
   * The first waiting update of a key that has none in hand, and it is in hand from now on; undefined when there
   * is none. Keys take turns, so that one with many updates does not hold up the others.
   */
  next(): Taken<Update> | undefined;
  /** The update in hand is handled: the next one of its key may be taken. Does nothing if it is not in hand. */
  done(updateId: number): void;
  /** How many updates are not done. */
  size(): number;
  /** When the oldest of them was kept, in milliseconds since 1970; undefined where there is none. */
  oldest(): number | undefined;
}

/** Telegram may deliver again what it delivered last, not what it delivered long ago. */
const REMEMBERED_IDS = 10_000;
/** Forgetting is done for so many at once. */
const FORGET_EVERY = 1000;

/** Updates that are in memory too, so that they need not be read again. */
const MOST_IN_MEMORY = 1000;

/** An update that waits or is in hand. */
interface Entry<Update> {
  readonly id: number;
  readonly at: number;
  times: number;
  /** Where there is room for it, or nowhere else. */
  readonly update?: Update;
  readonly isOnDisk: boolean;
}

/**
 * An inbox in the database: what was not done when the program ended waits again when it is opened. In memory are
 * the first thousand, and numbers of the others. `keyOf` says whose turn an update waits for: its chat.
 */
export function createInbox<Update extends Numbered>(
  database: Database,
  keyOf: (update: Update) => number | string,
  now: () => number,
): Inbox<Update> {
  const queues = new Map<string, Entry<Update>[]>();
  /** Keys with something waiting and nothing in hand, in the order of their turns. */
  const ready = new Set<string>();
  const inHand = new Map<number, string>();
  const held = new Set<number>();
  let size = 0;
  let put = 0;

  const kept = z.object({ id: z.number(), at: z.number(), turn: z.string(), times: z.number() });
  const unhandled = "SELECT update_id AS id, at, turn, times FROM inbox WHERE body IS NOT NULL ORDER BY id";
  for (const { turn, ...entry } of database.all(kept, unhandled)) enqueue(turn, { ...entry, isOnDisk: true });

  function enqueue(key: string, entry: Entry<Update>): void {
    size++;
    const queue = queues.get(key);
    if (queue) {
      queue.push(entry);
    } else {
      queues.set(key, [entry]);
      ready.add(key);
    }
  }

  function isKnown(id: number): boolean {
    const known = "SELECT update_id FROM inbox WHERE update_id = ?";
    return held.has(id) || database.get(z.object({}), known, id) !== undefined;
  }

  function forgetOld(count: number): void {
    put += count;
    if (put < FORGET_EVERY) return;
    put = 0;
    database.run(
      "DELETE FROM inbox WHERE body IS NULL AND id <= (SELECT MAX(id) FROM inbox) - ?",
      REMEMBERED_IDS,
    );
  }

  return {
    put(updates) {
      const at = now();
      const fresh = database.atomically(() => {
        const added = updates.filter(
          (update) =>
            !held.has(update.update_id) &&
            database.run(
              "INSERT OR IGNORE INTO inbox (update_id, at, turn, body) VALUES (?, ?, ?, ?)",
              ...[update.update_id, at, String(keyOf(update)), JSON.stringify(update)],
            ).changes > 0,
        );
        forgetOld(added.length);
        return added;
      });
      for (const update of fresh) {
        const entry = { id: update.update_id, at, times: 0, isOnDisk: true };
        enqueue(String(keyOf(update)), size < MOST_IN_MEMORY ? { ...entry, update } : entry);
      }
      return fresh.length;
    },

    hold(updates) {
      const at = now();
      let count = 0;
      for (const update of updates) {
        const { update_id: id } = update;
        if (isKnown(id)) continue;
        held.add(id);
        enqueue(String(keyOf(update)), { id, at, times: 0, update, isOnDisk: false });
        count++;
      }
      return count;
    },

    next() {
      const [key] = ready;
      if (key === undefined) return undefined;
      const [entry] = queues.get(key)!;
      const update = entry!.update ?? read(entry!.id);
      if (entry!.isOnDisk)
        database.runUnsynced("UPDATE inbox SET times = times + 1 WHERE update_id = ?", entry!.id);
      ready.delete(key);
      inHand.set(entry!.id, key);
      entry!.times++;
      return { update, at: entry!.at, times: entry!.times };
    },

    done(updateId) {
      const key = inHand.get(updateId);
      if (key === undefined) return;
      inHand.delete(updateId);
      const queue = queues.get(key)!;
      const entry = queue.shift()!;
      size--;
      if (queue.length > 0) ready.add(key);
      else queues.delete(key);
      if (!entry.isOnDisk) return;
      // Were this lost with the machine's power, it would be handled again and find all of it sent.
      database.runUnsynced("UPDATE inbox SET body = NULL WHERE update_id = ?", updateId);
      database.runUnsynced("DELETE FROM outbox WHERE task = ?", taskOf(updateId));
    },

    size: () => size,

    oldest() {
      let at: number | undefined;
      for (const [first] of queues.values()) if (at === undefined || first!.at < at) at = first!.at;
      return at;
    },
  };

  function read(id: number): Update {
    const { body } = database.get(
      z.object({ body: z.string() }),
      "SELECT body FROM inbox WHERE update_id = ?",
      id,
    )!;
    return JSON.parse(body) as Update;
  }
}
