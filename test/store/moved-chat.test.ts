import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { makeFolder } from "../index/sample.ts";

test("what was asked in a group that became a supergroup is kept, but none of its messages is taken for an earlier one", async () => {
  const store = openStore(await makeFolder());
  onTestFinished(store.close);
  const place = { chat: -100, topic: null, person: 7 };
  const id = store.asked.add({
    ...{ ...place, at: 1, surface: "group", collection: "", language: "en", message: 5, ms: 1 },
    ...{ question: "who?", meant: "who?" },
    answer: { kind: "not-found", question: "who?", language: "en", confidence: 0, nearest: [] },
  });
  store.asked.setReply(id, 6);
  store.asked.moveChat(-100, -1000200);
  expect(store.asked.latest({ ...place, chat: -1000200 }, 0)?.id).toBe(id);
  expect(store.asked.byMessage(-1000200, 5)).toBeUndefined();
  expect(store.asked.byReply(-1000200, 6)).toBeUndefined();
});
