import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createParser, type ParseLimits } from "../../src/corpus/parser.ts";
import { AppError } from "../../src/errors.ts";
import { makeFolder } from "../index/sample.ts";

async function setUp(limits?: ParseLimits) {
  const folder = await makeFolder({ "a.txt": "停水通知\n今晚停水。明早恢复。\n", "b.rtf": "x" });
  const parser = createParser(limits);
  onTestFinished(() => parser.close());
  return { folder, parser };
}

describe("the parser", () => {
  test("reads files in the order they are given, and says of each what it is or why it cannot be read", async () => {
    const { folder, parser } = await setUp();
    const names = ["a.txt", "b.rtf", "missing.txt", "a.txt"];
    const results = await Promise.allSettled(names.map((name) => parser.read(join(folder, name))));
    const article = { title: "停水通知", authors: [], paragraphs: ["今晚停水。明早恢复。"] };
    for (const at of [0, 3])
      expect(results[at]).toMatchObject({
        status: "fulfilled",
        value: { articles: [article], problems: [] },
      });
    expect(results[1]).toMatchObject({ status: "rejected", reason: expect.any(AppError) });
    expect(results[2]).toMatchObject({ status: "rejected", reason: { code: "ENOENT" } });
  });

  test("gives up a file that takes too long or too much memory, and reads the next one", async () => {
    const { folder, parser } = await setUp({ timeoutMs: 1500, memoryMb: 80 });
    expect((await parser.read(join(folder, "a.txt"))).articles).toHaveLength(1);
    // Nobody writes for as long as a reader of this would read.
    await writeFile(join(folder, "endless.txt"), "遥野袁冶\n".repeat(75_000));
    await expect(parser.read(join(folder, "endless.txt"))).rejects.toThrow(
      /takes longer than 1.5 seconds|needs more than 80 MB of memory/,
    );
    expect((await parser.read(join(folder, "a.txt"))).articles).toHaveLength(1);
  });

  test("rejects what is being read when it is closed", async () => {
    const { folder, parser } = await setUp();
    const reading = expect(parser.read(join(folder, "a.txt"))).rejects.toThrow("was not read to its end");
    await parser.close();
    await reading;
    await expect(parser.read(join(folder, "a.txt"))).rejects.toThrow("was not read to its end");
  });
});
