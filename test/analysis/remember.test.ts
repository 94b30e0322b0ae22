import fc from "fast-check";
import { expect, test } from "vitest";
import { rememberRecent, rememberWith } from "../../src/analysis/remember.ts";

test("what is asked for again and again is computed once, however much else is asked for between", () => {
  const computed: string[] = [];
  const lengthOf = rememberRecent(
    (text: string) => {
      computed.push(text);
      return { length: text.length };
    },
    { max: 10, sizeOf: ({ length }) => length },
  );
  const first = lengthOf("often");
  for (const other of "abcdefghijklmnopqrstuvwxyz") {
    expect(lengthOf(other)).toEqual({ length: 1 });
    expect(lengthOf("often")).toBe(first);
  }
  expect(computed.filter((text) => text === "often")).toHaveLength(1);
});

test("what is too large is given and not kept", () => {
  let computed = 0;
  const read = rememberRecent((_: string) => ++computed, { max: 3, sizeOf: ({ length }) => length });
  expect([read("abc"), read("abcd"), read("abcd"), read("abc")]).toEqual([1, 2, 3, 1]);
});

test("gives what it would without remembering", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30)), fc.integer({ min: 1, max: 60 }), (keys, max) => {
      const square = rememberRecent((key: number) => key * key, { max, sizeOf: (key) => key });
      expect(keys.map(square)).toEqual(keys.map((key) => key * key));
    }),
  );
});

test("what is remembered with an object is one for each of them", () => {
  const nameOf = rememberWith(({ name }: { name: string }) => [name]);
  const [one, other] = [{ name: "a" }, { name: "a" }];
  expect(nameOf(one)).toBe(nameOf(one));
  expect(nameOf(other)).toEqual(nameOf(one));
  expect(nameOf(other)).not.toBe(nameOf(one));
  const short = rememberWith(
    ({ name }: { name: string }) => [name],
    ([name]) => name!.length < 2,
  );
  const long = { name: "ab" };
  expect(short(one)).toBe(short(one));
  expect(short(long)).not.toBe(short(long));
});
