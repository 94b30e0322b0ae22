import { expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import type { ArticleId } from "../../src/types.ts";
import { makeFolder } from "../index/sample.ts";

const change = {
  written: [{ id: "报/a-01" as ArticleId, imported: "0123" }],
  before: [{ id: "b-01" as ArticleId, file: "---\nid: b\n---\n“字”\n" }],
};

test("what a task changes is known by it, and takes the place of what it was about to change before", async () => {
  const { changes, close } = openStore(await makeFolder());
  const id = changes.add(1, change, "update 1");
  changes.add(1, change);
  expect(changes.ofTask("update 1")).toEqual(change);
  const other = { ...change, before: [] };
  expect(changes.add(2, other, "update 1")).toBe(id);
  expect(changes.get(id)).toEqual(other);
  expect(changes.ofTask("update 2")).toBeUndefined();
  close();
});

test("a change of the corpus can be taken back after a restart, for 30 days", async () => {
  const folder = await makeFolder();
  const days = (count: number) => count * 86_400_000;
  const first = openStore(folder);
  const id = first.changes.add(days(1), change);
  first.close();
  const { changes, close } = openStore(folder);
  expect(changes.get(id)).toEqual(change);
  expect(changes.add(days(31), change)).not.toBe(id);
  expect(changes.get(id)).toEqual(change);
  changes.add(days(32), change);
  expect(changes.get(id)).toBeUndefined();
  changes.delete(id + 1);
  expect(changes.get(id + 1)).toBeUndefined();
  expect(changes.get(id + 2)).toEqual(change);
  close();
});
