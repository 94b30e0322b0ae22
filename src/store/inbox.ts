/**
 * Where updates lie between being received and being handled: per key in order, keys beside each other, each
 * update once. Whatever keeps it, the contract suite in `test/store/` says what it must do.
 */
export interface Inbox<Update extends { readonly update_id: number }> {
  /** Keeps the update; false, and nothing happens, if this `update_id` is known already, handled or not. */
  put(update: Update): boolean;
  /**
   * The first waiting update of a key that has none in hand, and it is in hand from now on; undefined when there
   * is none. Keys take turns, so that one with many updates does not hold up the others.
   */
  next(): Update | undefined;
  /** The update in hand is handled: the next one of its key may be taken. Does nothing if it is not in hand. */
  done(updateId: number): void;
  /** How many updates are not done. */
  size(): number;
}

/** Telegram may deliver again what it delivered last, not what it delivered long ago. */
const REMEMBERED_IDS = 10_000;

/** An inbox that lasts as long as the process. `keyOf` says whose turn an update waits for: its chat. */
export function createMemoryInbox<Update extends { readonly update_id: number }>(
  keyOf: (update: Update) => number | string,
): Inbox<Update> {
  type Key = number | string;
  const known = new Set<number>();
  const queues = new Map<Key, Update[]>();
  /** Keys with something waiting and nothing in hand, in the order of their turns. */
  const ready = new Set<Key>();
  const inHand = new Map<number, Key>();

  return {
    put(update) {
      if (known.has(update.update_id)) return false;
      known.add(update.update_id);
      const [oldest] = known;
      if (known.size > REMEMBERED_IDS) known.delete(oldest!);
      const key = keyOf(update);
      const queue = queues.get(key);
      if (queue) {
        queue.push(update);
      } else {
        queues.set(key, [update]);
        ready.add(key);
      }
      return true;
    },

    next() {
      const [key] = ready;
      if (key === undefined) return undefined;
      ready.delete(key);
      const update = queues.get(key)![0]!;
      inHand.set(update.update_id, key);
      return update;
    },

    done(updateId) {
      const key = inHand.get(updateId);
      if (key === undefined) return;
      inHand.delete(updateId);
      const queue = queues.get(key)!;
      queue.shift();
      if (queue.length > 0) ready.add(key);
      else queues.delete(key);
    },

    size() {
      let size = 0;
      for (const queue of queues.values()) size += queue.length;
      return size;
    },
  };
}
