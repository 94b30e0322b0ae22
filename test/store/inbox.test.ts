import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { createInbox, type Inbox } from "../../src/store/inbox.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { describeInbox, type TestUpdate } from "./inbox-contract.ts";
import { createPlainInbox } from "./plain-inbox.ts";

const folder = mkdtempSync(join(tmpdir(), "wenbao-inbox-"));
afterAll(() => rmSync(folder, { recursive: true }));
let opened = 0;

function open(name = `inbox-${++opened}`, source = "bot", at = 1) {
  const database = openDatabase(join(folder, name));
  const inbox = createInbox<TestUpdate>(database, { keyOf: ({ chat }) => chat, now: () => at, source });
  return { name, database, inbox };
}

describeInbox("the plain inbox", () => createPlainInbox<TestUpdate>(({ chat }) => chat));
describeInbox("the inbox in the database", () => open().inbox);

const update = (update_id: number, chat = "a"): TestUpdate => ({ update_id, chat });

describe("an inbox in the database", () => {
  it.each([
    ["the plain one", () => createPlainInbox<TestUpdate>(({ chat }) => chat)],
    ["the one in the database", () => open().inbox],
  ])(
    "%s remembers the latest ten thousand ids and not all, so that a long run does not grow",
    (_, create) => {
      const inbox: Inbox<TestUpdate> = create();
      for (let start = 0; start <= 12_000; start += 100) {
        const batch = Array.from({ length: 100 }, (_, i) => update(start + i, String(i)));
        inbox.put(batch);
        while (inbox.next());
        for (const { update_id } of batch) inbox.done(update_id);
      }
      expect(inbox.put([update(2500)])).toBe(0);
      expect(inbox.put([update(0)])).toBe(1);
    },
  );

  it("has what was not done when the program ended wait again, in order, and counts how often it was taken", () => {
    const { name, database, inbox } = open();
    inbox.put([update(1), update(2), update(3, "b")]);
    inbox.next();
    inbox.next();
    inbox.done(3);
    database.close();
    const again = open(name);
    expect(again.inbox.size()).toBe(2);
    expect(again.inbox.oldest()).toBe(1);
    expect(again.inbox.put([update(1), update(3, "b")])).toBe(0);
    expect(again.inbox.next()).toEqual({ update: update(1), task: "update 1", at: 1, times: 2 });
    expect(again.inbox.next()).toBeUndefined();
    again.inbox.done(1);
    expect(again.inbox.next()).toEqual({ update: update(2), task: "update 2", at: 1, times: 1 });
  });

  it("keeps all of a batch or none", () => {
    const { database, inbox } = open();
    database.run(
      "CREATE TRIGGER full BEFORE INSERT ON inbox WHEN new.update_id = 2 BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    expect(() => inbox.put([update(1), update(2)])).toThrow("full");
    expect([inbox.size(), inbox.next()]).toEqual([0, undefined]);
    expect(inbox.hold([update(1), update(2)])).toBe(2);
    expect(inbox.next()).toEqual({ update: update(1), task: "update held 1", at: 1, times: 1 });
    inbox.done(1);
    expect(inbox.next()?.update).toEqual(update(2));
  });

  it("keeps apart what two bots are told, whose updates may have the same numbers", () => {
    const { name, database, inbox } = open();
    inbox.put([update(1)]);
    database.close();
    const other = open(name, "another bot");
    expect([other.inbox.size(), other.inbox.put([update(1)])]).toEqual([0, 1]);
    other.database.close();
    expect(open(name).inbox.size()).toBe(1);
  });

  it("notes later what was done while nothing could be written", () => {
    const { name, database, inbox } = open();
    inbox.put([update(1), update(2, "b"), update(3, "c")]);
    for (let taken = 0; taken < 3; taken++) inbox.next();
    database.run("CREATE TRIGGER full BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END");
    for (const id of [1, 2]) expect(() => inbox.done(id)).toThrow("full");
    database.run("DROP TRIGGER full");
    inbox.done(3);
    database.close();
    expect(open(name).inbox.size()).toBe(0);
  });

  it("forgets the numbers of long ago, however short its lives", () => {
    const name = open().name;
    let id = 0;
    for (let life = 0; life < 12; life++) {
      const { database, inbox } = open(name);
      inbox.put(Array.from({ length: 999 }, () => update(++id)));
      for (let taken = inbox.next(); taken; taken = inbox.next()) inbox.done(taken.update.update_id);
      database.close();
    }
    const { database } = open(name);
    const count = z.object({ count: z.number() });
    expect(database.get(count, "SELECT COUNT(*) AS count FROM inbox")!.count).toBeLessThanOrEqual(10_999);
  });

  it("hands out all else where an update cannot be read, or nothing can be written", () => {
    const { name, database, inbox } = open();
    inbox.put([update(1), update(2, "b"), update(3)]);
    database.run("UPDATE inbox SET body = 'torn' WHERE update_id = 1");
    database.run("CREATE TRIGGER full BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END");
    database.close();
    const again = open(name).inbox;
    expect(() => again.next()).toThrow();
    expect(again.next()?.update).toEqual(update(2, "b"));
    expect(again.next()).toBeUndefined();
    expect(again.size()).toBe(3);
  });

  it("forgets the text of what is done, and what was sent for it", () => {
    const { database, inbox } = open();
    const outbox = createOutbox(database);
    const key = { task: "update 1", chat: "7", number: 0 };
    inbox.put([update(1)]);
    inbox.next();
    outbox.begin(key, { text: "hello" });
    outbox.sent(key, { message_id: 5 });
    expect(outbox.get(key)).toEqual({ payload: { text: "hello" }, state: "sent", result: { message_id: 5 } });
    inbox.done(1);
    expect(outbox.get(key)).toBeUndefined();
    expect(bodies(database)).toEqual([null]);
  });
});

function bodies(database: Database): readonly (string | null)[] {
  return database
    .all(z.object({ body: z.string().nullable() }), "SELECT body FROM inbox")
    .map(({ body }) => body);
}
