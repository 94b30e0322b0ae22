import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { Asked } from "../../src/store/asked.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import type { Answer, ArticleId } from "../../src/types.ts";
import { makeFolder } from "../index/sample.ts";

function open(folder: string): Store {
  const store = openStore(folder);
  onTestFinished(() => {
    // A test may have closed it to open it again.
    try {
      store.close();
    } catch {}
  });
  return store;
}

const QUOTE = {
  field: "text",
  articleId: "rice" as ArticleId,
  title: "稻",
  authors: ["甲"],
  paragraph: 1,
} as const;
const ANSWER: Answer = {
  kind: "answered",
  question: "谁？",
  language: "zh",
  confidence: 0.9,
  quotes: [{ ...QUOTE, text: "甲种稻。", start: 0, end: 4, citation: 1 }],
  list: { declared: 2, found: 1, complete: false, elided: true, items: ["甲"] },
};

const asked = (more: Partial<Asked> = {}): Omit<Asked, "id" | "reply"> => ({
  ...{ at: 1000, surface: "private", chat: 7, topic: null, person: 7, collection: "", language: "en" },
  ...{ message: 55, question: "谁？", meant: "谁？", answer: ANSWER, ms: 2.5 },
  ...more,
});

describe("what was asked", () => {
  it("is there again after a restart, with its answer as it was", async () => {
    const folder = await makeFolder();
    const first = open(folder);
    const id = first.asked.add(asked());
    first.asked.setReply(id, 56);
    first.close();
    const again = open(folder);
    expect(again.asked.get(id)).toEqual({ ...asked(), id, reply: 56 });
    expect(again.asked.byMessage(7, 55)?.id).toBe(id);
    expect(again.asked.byReply(7, 56)?.id).toBe(id);
    expect(again.asked.byReply(8, 56)).toBeUndefined();
  });

  it("is followed up by the same person in the same topic only, for a while, until a new start", async () => {
    const { asked: store } = open(await makeFolder());
    const place = { chat: -1, topic: 3, person: 7 };
    const id = store.add(asked({ ...place, at: 1000 }));
    expect(store.latest(place, 1000)?.id).toBe(id);
    expect(store.latest(place, 1001)).toBeUndefined();
    for (const other of [{ chat: -2 }, { topic: null }, { topic: 4 }, { person: 8 }])
      expect(store.latest({ ...place, ...other }, 0)).toBeUndefined();
    const later = store.add(asked({ ...place, at: 2000 }));
    expect(store.latest(place, 0)?.id).toBe(later);
    expect(store.latest(place, 0, later)?.id).toBe(id);
    store.endDialogue(place);
    expect(store.latest(place, 0)).toBeUndefined();
    expect(store.get(id)).toBeDefined();
  });

  it("takes one rating of each person, which the same again takes back, and none of an answer that was replaced", async () => {
    const { asked: store } = open(await makeFolder());
    const id = store.add(asked());
    expect([store.rate(id, 7, 1), store.rate(id, 7, -1), store.rate(id, 7, -1)]).toEqual([1, -1, 0]);
    expect([store.rate(id, 8, 1), store.rate(id, 7, 1)]).toEqual([1, 1]);
    store.replace(id, { at: 5, question: "他？", meant: "甲是谁？", answer: ANSWER, ms: 1 });
    expect(store.get(id)).toMatchObject({ question: "他？", meant: "甲是谁？", message: 55 });
    expect(store.rate(id, 7, 1)).toBe(1);
  });

  it("goes by age and by person, and moves with its group", async () => {
    const { asked: store } = open(await makeFolder());
    const [old, own, other] = [
      store.add(asked({ at: 1 })),
      store.add(asked({ at: 10 })),
      store.add(asked({ at: 10, chat: -5, person: 8 })),
    ];
    store.deleteBefore(10);
    expect(store.get(old)).toBeUndefined();
    expect(store.deletePerson(7)).toBe(1);
    expect(store.get(own)).toBeUndefined();
    store.moveChat(-5, -1005);
    expect(store.get(other)?.chat).toBe(-1005);
  });
});

describe("people and chats", () => {
  it("are as nobody has said otherwise until somebody does", async () => {
    const { people, chats } = open(await makeFolder());
    expect([people.language(7), chats.settings(-1)]).toEqual([
      undefined,
      { collection: null, autoAnswer: false },
    ]);
    people.setLanguage(7, "zh-Hant");
    expect([people.tellOriginal(7), people.tellOriginal(7)]).toEqual([true, false]);
    expect(people.language(7)).toBe("zh-Hant");
    people.setLanguage(7, undefined);
    expect(people.language(7)).toBeUndefined();
    chats.change(-1, { autoAnswer: true });
    chats.change(-1, { collection: "甲" });
    chats.move(-1, -1001);
    expect(chats.settings(-1001)).toEqual({ collection: "甲", autoAnswer: true });
    people.delete(7);
    expect(people.tellOriginal(7)).toBe(true);
  });
});

describe("who was told that the bot is not for everybody", () => {
  it("is forgotten after a time and by a revocation, but not who was admitted, nor what id a group had", async () => {
    const { admissions } = open(await makeFolder());
    for (const id of [7, 8, 9, -100]) admissions.invite({ id, language: "en", code: `C${id}` }, 1000, 0);
    admissions.admit("C7", 1000, 0);
    admissions.move(-100, -1000200);
    admissions.deleteToldBefore(1000);
    expect([8, 9, -1000200].filter((id) => admissions.tell(id, 2000))).toEqual([]);
    expect([admissions.revoke(9), admissions.revoke(9), admissions.tell(9, 2000)]).toEqual([
      true,
      false,
      true,
    ]);
    admissions.deleteToldBefore(1001);
    expect(admissions.isAdmitted(7)).toBe(true);
    expect(admissions.formerId(-1000200)).toBe(-100);
    expect(admissions.admit("C-100", 1000, 0)).toBeUndefined();
    expect([8, 9, -1000200].filter((id) => admissions.tell(id, 2000))).toEqual([8, -1000200]);
  });
});

describe("the database", () => {
  it("undoes all of what fails in the middle", async () => {
    const store = open(await makeFolder());
    const broken = () =>
      store.atomically(() => {
        store.people.setLanguage(7, "en");
        throw new Error("in the middle");
      });
    expect(broken).toThrow("in the middle");
    expect(store.people.language(7)).toBeUndefined();
  });

  it("is refused where it is none, and where a later version wrote it", async () => {
    const folder = await makeFolder();
    const database = openDatabase(folder);
    database.run("PRAGMA user_version = 99");
    database.close();
    expect(() => openDatabase(folder)).toThrow(/later version of Wenbao. Update the program/);
    const other = await makeFolder();
    writeFileSync(join(other, "wenbao.db"), "no database at all".repeat(100));
    expect(() => openDatabase(other)).toThrow(AppError);
    expect(readFileSync(join(other, "wenbao.db"), "utf8")).toContain("no database at all");
  });

  it("lets nobody else read it", async () => {
    const folder = join(await makeFolder(), "state");
    const store = open(folder);
    store.people.setLanguage(7, "en");
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
  });
});
