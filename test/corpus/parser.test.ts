import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { createParser, type ParseLimits } from "../../src/corpus/parser.ts";
import { AppError } from "../../src/errors.ts";
import { makeFolder } from "../index/sample.ts";
import { onePage, pdf, stream } from "../support/write-pdf.ts";

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

/** A PDF whose font gives widths to more characters than an array can hold. */
const ENDLESS_WIDTHS = [
  "%PDF-1.4",
  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
  "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 4 0 R>>>>/Contents 7 0 R>>endobj",
  "4 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[5 0 R]>>endobj",
  "5 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 6 0 R/W[1 399999999999991 605]>>endobj",
  "6 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 6>>endobj",
  "7 0 obj<</Length 30>>stream\nBT /F 12 Tf 9 99 Td <B0A1> Tj ET\nendstream endobj",
  "trailer<</Root 1 0 R>>",
].join("\n");

test("a file that ends the process which reads it is refused, and the next one is read", async () => {
  const { folder, parser } = await setUp({ timeoutMs: 30_000, memoryMb: 256 });
  await writeFile(join(folder, "endless.pdf"), ENDLESS_WIDTHS);
  const reading = parser.read(join(folder, "endless.pdf"));
  await expect(reading).rejects.toThrow("was not read to its end: it is damaged, or needs more than 256 MB");
  expect((await parser.read(join(folder, "a.txt"))).articles).toHaveLength(1);
});

test("what a file unpacks into buffers, which V8 does not count, is limited too", async () => {
  const { folder, parser } = await setUp({ timeoutMs: 60_000, memoryMb: 300 });
  const content = deflateSync(Buffer.alloc(400 * 2 ** 20, " 0 0 m"));
  await writeFile(join(folder, "inflates.pdf"), pdf(onePage(stream(content, "/Filter/FlateDecode"))));
  await expect(parser.read(join(folder, "inflates.pdf"))).rejects.toThrow("needs more than 300 MB of memory");
  expect((await parser.read(join(folder, "a.txt"))).articles).toHaveLength(1);
}, 60_000);
