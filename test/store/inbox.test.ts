import { expect, it } from "vitest";
import { createMemoryInbox } from "../../src/store/inbox.ts";
import { describeInbox, type TestUpdate } from "./inbox-contract.ts";

describeInbox("the inbox in memory", () => createMemoryInbox<TestUpdate>(({ chat }) => chat));

it("remembers the latest ten thousand ids and no more, so that a long run does not grow", () => {
  const inbox = createMemoryInbox<TestUpdate>(({ chat }) => chat);
  for (let id = 0; id <= 10_000; id++) {
    inbox.put({ update_id: id, chat: "a" });
    inbox.next();
    inbox.done(id);
  }
  expect(inbox.put({ update_id: 1, chat: "a" })).toBe(false);
  expect(inbox.put({ update_id: 0, chat: "a" })).toBe(true);
});
