import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inbox } from "../../src/store/inbox.ts";

export interface TestUpdate {
  readonly update_id: number;
  readonly chat: string;
}

/** What every inbox must do. The factory makes an empty one that keys updates by `chat`. */
export function describeInbox(name: string, createInbox: () => Inbox<TestUpdate>): void {
  const update = (update_id: number, chat = "a"): TestUpdate => ({ update_id, chat });

  describe(name, () => {
    it("hands out nothing while it is empty", () => {
      const inbox = createInbox();
      expect(inbox.next()).toBeUndefined();
      expect(inbox.size()).toBe(0);
    });

    it("takes an update once, whether it waits, is in hand or is done", () => {
      const inbox = createInbox();
      expect(inbox.put([update(7)])).toBe(1);
      expect(inbox.put([update(7)])).toBe(0);
      inbox.next();
      expect(inbox.put([update(7)])).toBe(0);
      inbox.done(7);
      expect(inbox.put([update(7)])).toBe(0);
      expect(inbox.next()).toBeUndefined();
    });

    it("takes several at once, each once, and says how many were new", () => {
      const inbox = createInbox();
      inbox.put([update(1)]);
      expect(inbox.put([update(1), update(2), update(2), update(3, "b")])).toBe(2);
      expect(inbox.hold([update(3, "b"), update(4, "c")])).toBe(1);
      expect(inbox.put([update(4, "c")])).toBe(0);
      expect(inbox.size()).toBe(4);
    });

    it("takes ids that are lower than earlier ones, since Telegram may start over after a quiet week", () => {
      const inbox = createInbox();
      inbox.put([update(900)]);
      expect(inbox.put([update(3, "b")])).toBe(1);
    });

    it("keeps a chat's second update back until its first is done", () => {
      const inbox = createInbox();
      inbox.put([update(1)]);
      inbox.put([update(2)]);
      expect(inbox.next()?.update).toEqual(update(1));
      expect(inbox.next()).toBeUndefined();
      inbox.done(1);
      expect(inbox.next()?.update).toEqual(update(2));
    });

    it("hands out another chat's update while one chat is slow", () => {
      const inbox = createInbox();
      inbox.put([update(1, "slow")]);
      inbox.put([update(2, "slow")]);
      inbox.put([update(3, "quick")]);
      expect(inbox.next()?.update).toEqual(update(1, "slow"));
      expect(inbox.next()?.update).toEqual(update(3, "quick"));
    });

    it("lets nothing change when told that an update is done which is not in hand", () => {
      const inbox = createInbox();
      inbox.put([update(1)]);
      inbox.done(1);
      inbox.done(99);
      expect(inbox.size()).toBe(1);
      expect(inbox.next()?.update).toEqual(update(1));
    });

    it("counts an update until it is done", () => {
      const inbox = createInbox();
      inbox.put([update(1)]);
      inbox.put([update(2, "b")]);
      inbox.next();
      expect(inbox.size()).toBe(2);
      inbox.done(1);
      expect(inbox.size()).toBe(1);
    });

    it("hands out every update once, each chat's in order and one at a time, whatever the interleaving", () => {
      const step = fc.oneof(
        fc.record({
          kind: fc.constant("put" as const),
          chat: fc.constantFrom("a", "b", "c"),
          id: fc.nat(40),
        }),
        fc.record({ kind: fc.constant("next" as const) }),
        fc.record({ kind: fc.constant("done" as const), pick: fc.nat() }),
      );
      fc.assert(
        fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
          const inbox = createInbox();
          const expected = new Map<string, number[]>();
          const handedOut = new Map<string, number[]>();
          const inHand: TestUpdate[] = [];
          const known = new Set<number>();
          const take = (): boolean => {
            const taken = inbox.next()?.update;
            if (!taken) return false;
            expect(inHand.map(({ chat }) => chat)).not.toContain(taken.chat);
            inHand.push(taken);
            handedOut.set(taken.chat, [...(handedOut.get(taken.chat) ?? []), taken.update_id]);
            return true;
          };
          for (const one of steps) {
            if (one.kind === "put") {
              expect(inbox.put([update(one.id, one.chat)])).toBe(known.has(one.id) ? 0 : 1);
              if (!known.has(one.id)) {
                expected.set(one.chat, [...(expected.get(one.chat) ?? []), one.id]);
              }
              known.add(one.id);
            } else if (one.kind === "next") {
              take();
            } else if (inHand.length > 0) {
              inbox.done(inHand.splice(one.pick % inHand.length, 1)[0]!.update_id);
            }
          }
          for (const one of inHand.splice(0)) inbox.done(one.update_id);
          while (take()) inbox.done(inHand.pop()!.update_id);
          expect(handedOut).toEqual(expected);
          expect(inbox.size()).toBe(0);
        }),
      );
    });
  });
}
