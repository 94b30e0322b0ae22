import type { Update } from "grammy/types";
import { expect, test } from "vitest";
import { createTurnOf } from "../../src/telegram/turn-of.ts";

test("what a supergroup is asked waits for what was asked in the group that it was", () => {
  const turnOf = createTurnOf();
  const message = (chat: number, more = {}) => ({ message: { chat: { id: chat }, ...more } }) as Update;
  expect(turnOf(message(-1007))).toBe(-1007);
  expect(turnOf(message(-7))).toBe(-7);
  expect(turnOf(message(-1007, { migrate_from_chat_id: -7 }))).toBe(-7);
  expect(turnOf(message(-1007))).toBe(-7);
  expect(turnOf(message(-8, { migrate_to_chat_id: -1008 }))).toBe(-8);
  expect(turnOf(message(-1008))).toBe(-8);
});
