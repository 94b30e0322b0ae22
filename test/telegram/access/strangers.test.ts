import fc from "fast-check";
import { expect, test } from "vitest";
import { inCollection } from "../../../src/assistant.ts";
import type { AccessRule } from "../../../src/config.ts";
import { act, actions, personIn } from "./collection-actions.ts";
import { NAMES, openSample, wordsOf } from "./collections-sample.ts";
import { serveStepwise } from "./serve-stepwise.ts";

const RULES: AccessRule[] = [{ kind: "pairing" }, { kind: "allowlist", ids: new Set([3, -300]) }];

test("whatever strangers do, one line a chat is all that they hear, and nothing of the articles", async () => {
  const assistants = await openSample();
  const library = {
    defaultCollection: "",
    collections: () => NAMES,
    follow: (name: string) => inCollection(assistants, name),
  };
  const secrets = NAMES.flatMap(wordsOf);
  let lines = 0;
  const property = fc.asyncProperty(fc.constantFrom(...RULES), actions, async (access, done) => {
    const { telegram, failures, handle, close } = await serveStepwise(library, {
      ...{ access, admins: new Set<number>(), guestMode: true },
    });
    const told = new Set<number>();
    for (const action of done) {
      const you = personIn(telegram, action.chat);
      act(telegram, action);
      telegram.asksAsGuest(`@Wenbao_Bot ${action.text || "?"}`, { chatId: -900 - told.size });
      for (const { method, payload } of await handle()) {
        expect(secrets.filter((secret) => JSON.stringify(payload).includes(secret))).toEqual([]);
        if (method === "answerInlineQuery") {
          expect(payload).toEqual(expect.objectContaining({ results: [] }));
          expect(payload.button).toBeUndefined();
        } else if (method === "answerCallbackQuery") expect(payload.text).toBeUndefined();
        else {
          expect(method).toBe("sendMessage");
          expect(payload.chat_id).toBe(you.chatId);
          expect(told).not.toContain(you.chatId);
          told.add(you.chatId);
          lines++;
        }
      }
    }
    expect(failures).toEqual([]);
    await close();
  });
  await fc.assert(property, { numRuns: 15 });
  expect(lines).toBeGreaterThan(20);
}, 60_000);
