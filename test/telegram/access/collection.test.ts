import fc from "fast-check";
import { expect, test } from "vitest";
import { inCollection } from "../../../src/assistant.ts";
import { articleKey } from "../../../src/telegram/article-key.ts";
import { type Action, act, actions, CHATS, personIn } from "./collection-actions.ts";
import { articlesOf, MARKS, NAMES, type Name, openSample, wordsOf } from "./collections-sample.ts";
import { serveStepwise } from "./serve-stepwise.ts";

/** A chat is given another collection, and then everything that its messages could still reach is tried. */
const RETIED: Action[] = (
  [
    ["choose a collection", "group -100", "甲组"],
    ["ask", "group -100", "青禾的三条措施有哪些？"],
    ["forge", "group -100", "m:1:0"],
    ["choose a collection", "group -100", "team b"],
    ["forge", "group -100", "q:1"],
    ["forge", "group -100", "m:1:0"],
    ["forge", "group -100", "f:1:1"],
    ["forge", "group -100", `a:${articleKey(articlesOf("甲组")[0]!.id)}::q1`],
    ["follow up", "group -100", "第二条呢？"],
    ["edit", "group -100", "Which three measures were announced?"],
    ["ask", "group -100", "Who led the Lantern project?"],
    ["forge", "group -100", "q:2"],
    ["forge", "group -100", "m:2:0"],
    ["ask", "private 2", "江桥水库什么时候完工？"],
    ["forge", "private 2", "l:0"],
    ["choose a collection", "private 1", "team b"],
    ["ask inline", "private 1", ""],
    ["ask inline", "private 1", "Who led the Lantern project?"],
  ] as const
).map(([kind, chat, text]) => ({ kind, chat, text, nth: 2 }));

/** What must not be said where a collection is asked. */
const FOREIGN = new Map(NAMES.map((name) => [name, foreignTo(name)]));

function foreignTo(collection: Name): readonly string[] {
  return NAMES.filter((name) => name !== collection).flatMap(wordsOf);
}

test("whatever is asked, pressed, forged, linked, edited or chosen anew, nothing of another collection gets into a chat", async () => {
  const assistants = await openSample();
  const seen = new Set<string>();
  const property = fc.asyncProperty(
    fc.constantFrom("" as const, "甲组" as const),
    actions,
    async (defaultCollection, done) => {
      const there = new Set<Name>(NAMES);
      const chosen = new Map<number, Name>();
      const { telegram, failures, handle, close } = await serveStepwise(
        {
          defaultCollection,
          collections: () => [...there],
          follow: (name) => inCollection(assistants, name),
        },
        { admins: new Set([1, 2]) },
      );
      const lists = CHATS.map((chat): Action => ({ kind: "list", chat, nth: 0, text: "" }));
      for (const action of [...lists, ...done]) {
        const { kind, text } = action;
        const { chatId } = personIn(telegram, action.chat);
        if (kind === "remove a collection") there.delete(text as Name);
        if (kind === "choose a collection") {
          const name = [...there].find((one) => (one || "/") === text);
          if (text === "-") chosen.delete(chatId);
          else if (name !== undefined) chosen.set(chatId, name);
        }
        act(telegram, action);
        for (const { method, payload } of await handle()) {
          expect(payload.chat_id ?? chatId).toBe(chatId);
          // Telegram does not say in which chat the inline mode is used.
          const here = method === "answerInlineQuery" ? undefined : chosen.get(chatId);
          const asked = here ?? defaultCollection;
          const sent = JSON.stringify(payload);
          expect(FOREIGN.get(asked)!.filter((foreign) => sent.includes(foreign))).toEqual([]);
          if (sent.includes(MARKS[asked])) seen.add(`${method} ${asked}`);
        }
      }
      expect(failures).toEqual([]);
      await close();
    },
  );
  const examples: [Name & ("" | "甲组"), Action[]][] = [
    ["", RETIED],
    ["甲组", RETIED],
  ];
  await fc.assert(property, { numRuns: 15, examples });
  // The property would hold for a bot that says nothing.
  const said = NAMES.flatMap((name) => [`sendMessage ${name}`, `editMessageText ${name}`]);
  expect([...seen]).toEqual(
    expect.arrayContaining([...said, "answerInlineQuery ", "answerInlineQuery 甲组"]),
  );
}, 60_000);
