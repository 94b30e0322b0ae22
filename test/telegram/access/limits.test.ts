import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLimits } from "../../../src/telegram/access/limits.ts";

const MINUTE_MS = 60_000;

describe("limits", () => {
  test("a question is let through as long as fewer than so many were within the last minute, of its person and its chat", () => {
    const event = fc.record({
      afterMs: fc.integer({ min: 0, max: 40_000 }),
      person: fc.constantFrom(1, 2, null),
      chat: fc.constantFrom(-1, -2, null),
    });
    const most = fc.record({ person: fc.integer({ min: 1, max: 3 }), chat: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), most, (events, perMinute) => {
        let at = 1_000_000;
        const limits = createLimits(perMinute, () => new Date(at));
        const passed: { at: number; person: number | null; chat: number | null }[] = [];
        for (const { afterMs, person, chat } of events) {
          at += afterMs;
          const recent = passed.filter((one) => one.at > at - MINUTE_MS);
          const byPerson = recent.filter((one) => person !== null && one.person === person);
          const inChat = recent.filter((one) => chat !== null && one.chat === chat);
          const isFree = byPerson.length < perMinute.person && inChat.length < perMinute.chat;
          const waitMs = limits.question({ person, chat });
          expect(waitMs === 0).toBe(isFree);
          if (isFree) passed.push({ at, person, chat });
          // Whoever comes back when they were told to is let through, if nobody was in between.
          else expect(waitMs).toBeLessThanOrEqual(MINUTE_MS);
        }
      }),
    );
  });

  test("whoever waits as long as they were told may ask again", () => {
    let at = 0;
    const limits = createLimits({ person: 2, chat: 9 }, () => new Date(at));
    const you = { person: 1, chat: 1 };
    for (at of [0, 25_000]) expect(limits.question(you)).toBe(0);
    at = 30_000;
    const waitMs = limits.question(you);
    expect(waitMs).toBe(30_000);
    at += waitMs - 1;
    expect(limits.question(you)).toBe(1);
    at += 1;
    expect(limits.question(you)).toBe(0);
  });

  test("who is refused is told once, and again only when refused after an answer", () => {
    let at = 0;
    const limits = createLimits({ person: 1, chat: 9 }, () => new Date(at));
    const you = { person: 1, chat: 1 };
    limits.question(you);
    limits.question(you);
    expect([limits.tell(you), limits.tell(you)]).toEqual([true, false]);
    at = MINUTE_MS;
    expect(limits.tell(you)).toBe(false);
    limits.question(you);
    limits.question(you);
    expect([limits.tell(you), limits.tell(you)]).toEqual([true, false]);
  });

  test("a clock that is set back opens the window rather than closing it for as long", () => {
    let at = 10 * MINUTE_MS;
    const limits = createLimits({ person: 1, chat: 1 }, () => new Date(at));
    limits.question({ person: 1, chat: 1 });
    at = 0;
    expect(limits.question({ person: 1, chat: 1 })).toBe(0);
  });

  test("a chat's limit holds for everybody in it, also for those whom no person is named for", () => {
    const limits = createLimits({ person: 1, chat: 3 }, () => new Date(0));
    const ask = (person: number | null) => limits.question({ person, chat: -1 });
    expect([ask(1), ask(2), ask(null), ask(3), ask(null)]).toEqual([0, 0, 0, MINUTE_MS, MINUTE_MS]);
  });
});
