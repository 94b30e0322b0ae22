import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type AskOptions, runAsk } from "../../src/cli/ask.ts";
import { AppError, UsageError } from "../../src/errors.ts";
import { capture, input, recordLog, standInAssistant } from "./stand-ins.ts";

function setUp(stdin: NodeJS.ReadableStream & object, answers = {}) {
  const { assistant, asked } = standInAssistant(answers);
  const partners = {
    stdin: stdin as ReturnType<typeof input>,
    stdout: capture(),
    stderr: capture(),
    log: recordLog(),
    colours: false,
    openAssistant: async () => assistant,
  };
  const ask = (options: Partial<AskOptions>) => runAsk({ json: false, explain: false, ...options }, partners);
  const objects = () =>
    partners.stdout
      .text()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  return { ...partners, asked, ask, objects };
}

describe("ask QUESTION", () => {
  it("prints one answer to read", async () => {
    const { ask, stdout } = setUp(input());
    expect(await ask({ question: "why?" })).toBe(0);
    expect(stdout.text()).toBe("re why?\n   “炼钢” · 李明 · paragraph 4\n");
  });

  it("prints one object on one line with --json, the explanation in it with --explain", async () => {
    const { ask, stdout, objects } = setUp(input());
    await ask({ question: "why?", json: true, explain: true });
    expect(stdout.text().split("\n")).toHaveLength(2);
    expect(objects()[0]).toMatchObject({ kind: "answered", question: "why?", explain: { terms: ["hard"] } });
  });

  it("shows the explanation under the answer with --explain", async () => {
    const { ask, stdout } = setUp(input());
    await ask({ question: "why?", explain: true });
    expect(stdout.text()).toMatch(/^re why\?[\s\S]*Searched for: hard[\s\S]*cosine 0\.500/);
  });

  it("fails when the question cannot be answered, and is misused when it is blank", async () => {
    const { ask } = setUp(input(), { bad: new AppError("The index is gone.") });
    await expect(ask({ question: "bad" })).rejects.toThrow("The index is gone.");
    await expect(ask({ question: " " })).rejects.toThrow(UsageError);
  });
});

describe("ask from stdin", () => {
  it("prints exactly one JSON line a line, blank and failing ones included, and goes on", async () => {
    const { ask, objects, log } = setUp(input("one\n\n  \nbug\r\nmendable\n\nlast"), {
      bug: new TypeError("x is\nundefined"),
      mendable: new AppError("The model is gone."),
    });
    expect(await ask({ json: true })).toBe(0);
    expect(objects().map(({ kind, question, message }) => [kind, question, message])).toEqual([
      ["answered", "one", undefined],
      ["error", "", "The question is blank."],
      ["error", "  ", "The question is blank."],
      ["error", "bug", "x is undefined"],
      ["error", "mendable", "The model is gone."],
      ["error", "", "The question is blank."],
      ["answered", "last", undefined],
    ]);
    // Only the one that is our fault.
    expect(log.events).toEqual(["question failed"]);
  });

  it("prints JSON without being told, for it is a program that pipes", async () => {
    const { ask, objects } = setUp(input("one\n"));
    await ask({});
    expect(objects()).toMatchObject([{ kind: "answered", question: "one" }]);
  });

  it("survives a line of ten megabytes and invalid UTF-8", async () => {
    const megabyte = "矿".repeat(350_000);
    const { ask, asked, objects } = setUp(
      input(...Array(10).fill(megabyte), "\nafter\n", Uint8Array.of(0xff, 0x0a)),
    );
    expect(await ask({ json: true })).toBe(0);
    expect(objects().map(({ kind }) => kind)).toEqual(["error", "answered", "answered"]);
    expect(asked).toEqual(["after", "\uFFFD"]);
  });

  it("seeks no answer before the one before is out", async () => {
    const { assistant, asked } = standInAssistant();
    const askedAtWrite: number[] = [];
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        setTimeout(() => {
          askedAtWrite.push(asked.length);
          done();
        }, 5);
      },
    });
    const partners = {
      stdin: input("a\nb\nc\n"),
      stdout,
      stderr: capture(),
      log: recordLog(),
      colours: false,
    };
    await runAsk({ json: true, explain: false }, { ...partners, openAssistant: async () => assistant });
    expect(askedAtWrite).toEqual([1, 2, 3]);
  });

  it("is readable when a person types at a terminal", async () => {
    const { assistant } = standInAssistant();
    const stdin = Object.assign(input("why?\n\n"), { isTTY: true });
    const stdout = capture({ isTTY: true });
    const stderr = capture();
    const partners = {
      stdin,
      stdout,
      stderr,
      log: recordLog(),
      colours: false,
      openAssistant: async () => assistant,
    };
    await runAsk({ json: false, explain: false }, partners);
    expect(stdout.text()).toBe("re why?\n   “炼钢” · 李明 · paragraph 4\n\n");
    expect(stderr.text()).toContain("Ctrl-D");
  });
});
