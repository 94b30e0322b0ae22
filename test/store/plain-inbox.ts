import type { Inbox } from "../../src/store/inbox.ts";

/** Telegram may deliver again what it delivered last, not what it delivered long ago. */
const REMEMBERED_IDS = 10_000;

/** The plain inbox: in memory, to compare with. */
export function createPlainInbox<Update extends { readonly update_id: number }>(
  keyOf: (update: Update) => number | string,
): Inbox<Update> {
  type Key = number | string;
  const known = new Set<number>();
  const queues = new Map<Key, Update[]>();
  /** Keys with something waiting and nothing in hand, in the order of their turns. */
  const ready = new Set<Key>();
  const inHand = new Map<number, Key>();

  function put(update: Update): boolean {
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
  }
  const putAll = (updates: readonly Update[]) => updates.filter(put).length;

  return {
    put: putAll,
    hold: putAll,

    next() {
      const [key] = ready;
      if (key === undefined) return undefined;
      ready.delete(key);
      const update = queues.get(key)![0]!;
      inHand.set(update.update_id, key);
      return { update, task: `update ${update.update_id}`, at: 0, times: 1 };
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

    held: () => 0,
    noteDone() {},
    size() {
      let size = 0;
      for (const queue of queues.values()) size += queue.length;
      return size;
    },

    oldest: () => (queues.size > 0 ? 0 : undefined),
  };
}
