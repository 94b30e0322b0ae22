import { z } from "zod";
import type { Database } from "./database.ts";

/** What Telegram numbers. */
interface Numbered {
  readonly update_id: number;
}

/** An update that is in hand. */
export interface Taken<Update> {
  readonly update: Update;
  /** What is sent for it is noted under this name in the outbox. */
  readonly task: string;
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
   * is none. Keys take turns, so that one with many updates does not hold up the others. Throws where it cannot be read;
   * the next call goes on with another key.
   */
  next(): Taken<Update> | undefined;
  /**
   * The update in hand is handled: the next one of its key may be taken. Does nothing if it is not in hand. Throws where
   * that cannot be noted, which the next `done` or `noteDone` makes up for.
   */
  done(updateId: number): void;
  noteDone(): void;
  /** How many updates are not done. */
  size(): number;
  /** How many of them are not on disk. */
  held(): number;
  /** When the oldest of them was kept, in milliseconds since 1970; undefined where there is none. */
  oldest(): number | undefined;
}

export interface InboxOptions<Update> {
  /** Whose turn an update waits for: its chat. */
  readonly keyOf: (update: Update) => number | string;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** Who numbers the updates: another bot's may have the same numbers. */
  readonly source: string;
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
  /** Its row; undefined where it is not in the database. */
  readonly row?: number;
  readonly at: number;
  times: number;
  /** Where there is room for it, or nowhere else. */
  readonly update?: Update;
}

/**
 * An inbox in the database: what was not done when the program ended waits again when it is opened. In memory are
 * the first thousand, and numbers of the others.
 */
export function createInbox<Update extends Numbered>(
  database: Database,
  { keyOf, now, source }: InboxOptions<Update>,
): Inbox<Update> {
  const queues = new Map<string, Entry<Update>[]>();
  /** Keys with something waiting and nothing in hand, in the order of their turns. */
  const ready = new Set<string>();
  const inHand = new Map<number, string>();
  const held = new Set<number>();
  let size = 0;
  let heldSize = 0;
  /** Tasks that are done, and could not be noted as that. */
  const unnoted: { readonly row: number | undefined; readonly task: string }[] = [];
  // What earlier processes put may be enough.
  let put = FORGET_EVERY;

  const kept = z.object({
    row: z.number(),
    id: z.number(),
    at: z.number(),
    turn: z.string(),
    times: z.number(),
  });
  const unhandled =
    "SELECT id AS row, update_id AS id, at, turn, times FROM inbox WHERE body IS NOT NULL AND source = ? ORDER BY id";
  for (const { turn, ...entry } of database.all(kept, unhandled, source)) enqueue(turn, entry);
  // Of what was done when the program was killed, or held.
  database.run(
    `DELETE FROM outbox WHERE task LIKE 'update %'
       AND task NOT IN (SELECT 'update ' || id FROM inbox WHERE body IS NOT NULL)`,
  );

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
    const known = "SELECT id FROM inbox WHERE source = ? AND update_id = ?";
    return held.has(id) || database.get(z.object({}), known, source, id) !== undefined;
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

  /** The row of an update that is new; undefined for a known one. */
  function insert(update: Update, at: number): number | undefined {
    if (held.has(update.update_id)) return undefined;
    const { id, changes } = database.run(
      "INSERT OR IGNORE INTO inbox (source, update_id, at, turn, body) VALUES (?, ?, ?, ?, ?)",
      ...[source, update.update_id, at, String(keyOf(update)), JSON.stringify(update)],
    );
    return changes > 0 ? id : undefined;
  }

  function noteDone(): void {
    for (let [first] = unnoted; first !== undefined; [first] = unnoted) {
      const { row, task } = first;
      // Were this lost with the machine's power, it would be handled again and find all of it sent.
      if (row !== undefined)
        database.runUnsynced("UPDATE inbox SET body = NULL, turn = '', at = 0 WHERE id = ?", row);
      database.runUnsynced("DELETE FROM outbox WHERE task = ?", task);
      unnoted.shift();
    }
  }

  function read(row: number): Update {
    const body = z.object({ body: z.string() });
    return JSON.parse(database.get(body, "SELECT body FROM inbox WHERE id = ?", row)!.body) as Update;
  }

  return {
    put(updates) {
      const at = now();
      const fresh = database.atomically(() => {
        const added = updates.flatMap((update) => {
          const row = insert(update, at);
          return row === undefined ? [] : [{ update, row }];
        });
        forgetOld(added.length);
        return added;
      });
      for (const { update, row } of fresh) {
        const entry = { id: update.update_id, row, at, times: 0 };
        enqueue(String(keyOf(update)), size < MOST_IN_MEMORY ? { ...entry, update } : entry);
      }
      return fresh.length;
    },

    hold(updates) {
      const at = now();
      const fresh = updates.filter(({ update_id: id }) => {
        if (isKnown(id)) return false;
        held.add(id);
        return true;
      });
      for (const update of fresh)
        enqueue(String(keyOf(update)), { id: update.update_id, at, times: 0, update });
      heldSize += fresh.length;
      return fresh.length;
    },

    next() {
      const [key] = ready;
      if (key === undefined) return undefined;
      ready.delete(key);
      const [entry] = queues.get(key)!;
      const { id, row, at } = entry!;
      // What cannot be read keeps its chat waiting for the next opening, and nobody else.
      const update = entry!.update ?? read(row!);
      inHand.set(id, key);
      const times = ++entry!.times;
      try {
        if (row !== undefined) database.runUnsynced("UPDATE inbox SET times = ? WHERE id = ?", times, row);
      } catch {
        // Only whoever is killed again and again needs it: a full disk must not keep anybody from an answer.
      }
      return { update, task: row === undefined ? `update held ${id}` : `update ${row}`, at, times };
    },

    done(updateId) {
      const key = inHand.get(updateId);
      if (key === undefined) return;
      inHand.delete(updateId);
      const queue = queues.get(key)!;
      const { row } = queue.shift()!;
      size--;
      if (row === undefined) heldSize--;
      if (queue.length > 0) ready.add(key);
      else queues.delete(key);
      unnoted.push({ row, task: row === undefined ? `update held ${updateId}` : `update ${row}` });
      noteDone();
    },

    noteDone,

    size: () => size,
    held: () => heldSize,

    oldest() {
      let at: number | undefined;
      for (const [first] of queues.values()) if (at === undefined || first!.at < at) at = first!.at;
      return at;
    },
  };
}
