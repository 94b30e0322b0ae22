import { describe, expect, it } from "vitest";
import { printable, printableLine } from "../../src/cli/output.ts";

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
