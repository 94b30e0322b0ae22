import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { capture, input, run, start } from "./stand-ins.ts";

const parse = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("ask QUESTION", () => {
  it("prints one answer to read", async () => {
    const { code, out } = await run(["ask", "why?"]);
    expect({ code, out }).toEqual({ code: 0, out: "re why?\n   “炼钢” · 李明 · paragraph 4\n" });
  });

  it("prints one object on one line with --json, the explanation in it with --explain", async () => {
    const { out } = await run(["ask", "why?", "--json", "--explain"]);
    expect(out.split("\n")).toHaveLength(2);
    expect(parse(out)[0]).toMatchObject({ kind: "answered", question: "why?", explain: { terms: ["hard"] } });
  });

  it("shows the explanation under the answer with --explain", async () => {
    const { out } = await run(["ask", "--explain", "why?"]);
    expect(out).toMatch(/^re why\?[\s\S]*Searched for: hard[\s\S]*cosine 0\.500/);
  });

  it("fails when the question cannot be answered", async () => {
    const answers = { bad: new AppError("The index is gone.") };
    expect(await run(["ask", "bad"], { answers })).toMatchObject({
      code: 1,
      out: "",
      err: "wenbao: The index is gone.\n",
    });
  });
});

describe("ask from stdin", () => {
  it("prints exactly one JSON line a line, blank and failing ones included, and goes on", async () => {
    const stdin = input("one\n\n  \nbug\r\nmendable\n\nlast");
    const answers = { bug: new TypeError("x is\nundefined"), mendable: new AppError("The model is gone.") };
    const { code, out, err } = await run(["ask", "--json"], { host: { stdin }, answers });
    expect(code).toBe(0);
    expect(parse(out).map(({ kind, question, message }) => [kind, question, message])).toEqual([
      ["answered", "one", undefined],
      ["error", "", "The question is blank."],
      ["error", "  ", "The question is blank."],
      ["error", "bug", "x is undefined"],
      ["error", "mendable", "The model is gone."],
      ["error", "", "The question is blank."],
      ["answered", "last", undefined],
    ]);
    // Only the one that is our fault.
    expect(parse(err).map(({ event }) => event)).toEqual(["question failed"]);
  });

  it("prints JSON without being told, for it is a program that pipes", async () => {
    const { out } = await run(["ask"], { host: { stdin: input("one\n") } });
    expect(parse(out)).toMatchObject([{ kind: "answered", question: "one" }]);
  });

  it("survives a line of ten megabytes and invalid UTF-8", async () => {
    const megabyte = "矿".repeat(350_000);
    const stdin = input(...Array(10).fill(megabyte), "\nafter\n", Uint8Array.of(0xff, 0x0a));
    const { code, out, asked } = await run(["ask", "--json"], { host: { stdin } });
    expect(code).toBe(0);
    expect(parse(out).map(({ kind }) => kind)).toEqual(["error", "answered", "answered"]);
    expect(asked).toEqual(["after", "\uFFFD"]);
  });

  it("seeks no answer before the one before is out", async () => {
    const askedAtWrite: number[] = [];
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        setTimeout(() => {
          askedAtWrite.push(asked.length);
          done();
        }, 5);
      },
    });
    const { ended, asked } = start(["ask"], { host: { stdin: input("a\nb\nc\n"), stdout } });
    await ended;
    expect(askedAtWrite).toEqual([1, 2, 3]);
  });

  it("is readable when a person types at a terminal", async () => {
    const stdin = Object.assign(input("why?\n\n"), { isTTY: true });
    const stdout = capture({ isTTY: true });
    const { err } = await run(["ask"], { host: { stdin, stdout, env: { NO_COLOR: "1" } } });
    expect(stdout.text()).toBe("re why?\n   “炼钢” · 李明 · paragraph 4\n\n");
    expect(err).toContain("Ctrl-D");
  });
});
