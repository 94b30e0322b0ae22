import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonLine, printable, printableLine } from "../../src/cli/output.ts";

describe("jsonLine", () => {
  it("is one line to every reader and means the same", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.string({ unit: fc.constantFrom("\u0085", "\u2028", "\u009b", "\n", "矿") }),
        (value, text) => {
          const line = jsonLine({ value, text });
          // What Python's splitlines and Unicode take for the end of a line.
          expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
          expect(line.endsWith("}\n")).toBe(true);
          expect(JSON.stringify(JSON.parse(line))).toBe(JSON.stringify({ value, text }));
        },
      ),
    );
  });
});

describe("printable", () => {
  it("leaves a terminal nothing to obey, and line feeds and tabs where they are", () => {
    expect(printable("a\u001b]0;owned\u0007\n\tb\r\n\u009b31m\u202e\u007f")).toBe(
      "a\uFFFD]0;owned\uFFFD\n\tb\n\uFFFD31m\uFFFD\uFFFD",
    );
  });

  it("changes no ordinary text", () => {
    expect(printable("“八条硬措施”——é 😀 العربية")).toBe("“八条硬措施”——é 😀 العربية");
  });

  it("can put a text on one line", () => {
    expect(printableLine(" a\n b\u2028c ")).toBe("a b c");
  });
});
