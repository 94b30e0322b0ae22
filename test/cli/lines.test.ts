import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerLine, readLines } from "../../src/cli/lines.ts";
import { input } from "./stand-ins.ts";

async function linesOf(chunks: readonly (string | Uint8Array)[], maxChars = 1000) {
  const lines = [];
  for await (const line of readLines(input(...chunks), maxChars)) lines.push(line);
  return lines;
}

const texts = (...chunks: (string | Uint8Array)[]) => linesOf(chunks);

describe("readLines", () => {
  it("divides at line feeds and counts a last line without one", async () => {
    expect(await texts("a\n\nb\r\n", "c\rd")).toEqual(["a", "", "b", "c\rd"]);
    expect(await texts("a\n")).toEqual(["a"]);
    expect(await texts("")).toEqual([]);
  });

  it("joins characters that were cut by the chunks, drops a byte order mark, replaces invalid bytes", async () => {
    const bytes = Buffer.from("\uFEFF矿井\n");
    expect(await texts(bytes.subarray(0, 5), bytes.subarray(5))).toEqual(["矿井"]);
    expect(await texts(Uint8Array.of(0x61, 0xff, 0x0a, 0xe7))).toEqual(["a\uFFFD", "\uFFFD"]);
  });

  it("keeps one unit too many of a line that is too long, so that it can be told", async () => {
    expect(await linesOf(["abcde\r\nabcdefg\nabcde\r", "f\nab\rcde\n"], 5)).toEqual([
      "abcde",
      "abcdef",
      "abcde\r",
      "ab\rcde",
    ]);
  });

  it("gives what splitting the whole text gives, however it arrives", async () => {
    const part = fc.oneof(fc.constantFrom("\n", "\r", "\r\n", "\n\n", "矿😀"), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(part), fc.integer({ min: 1, max: 9 }), async (parts, size) => {
        const bytes = Buffer.from(`#${parts.join("")}`);
        const chunks = [];
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
        const whole = bytes.toString().split("\n");
        if (whole.at(-1) === "") whole.pop();
        expect(await linesOf(chunks)).toEqual(whole.map((line) => line.replace(/\r$/, "")));
      }),
    );
  });
});

describe("answerLine", () => {
  it("answers no line that is too long, and repeats its beginning in whole characters only", async () => {
    const line = `${"问".repeat(9_999)}😀`;
    expect(await answerLine(line, async () => "answered", {} as never)).toEqual({
      kind: "error",
      question: "问".repeat(9_999),
      message: "The line is longer than 10000 characters.",
    });
    expect(await answerLine(line.slice(0, -2), async () => "answered", {} as never)).toBe("answered");
  });
});
