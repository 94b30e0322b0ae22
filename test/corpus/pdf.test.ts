import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readPdf } from "../../src/corpus/pdf/read-pdf.ts";
import { addUp, compare, type Figures, readTruths } from "./pdf-figures.ts";

const file = (name: string) =>
  readFileSync(fileURLToPath(new URL(`./files/pdf/${name}.pdf`, import.meta.url)));
const truths = readTruths();

/** All there is, read to the letter. */
function perfect({ articles, paragraphs }: Figures): Figures {
  const all = { found: articles, titles: articles, authors: articles, dates: articles, pages: articles };
  return { articles, ...all, whole: articles, paragraphs, exact: paragraphs };
}

test.each(truths)("$name is read as the program that made it says", async ({ bytes, truth }) => {
  const figures = compare(truth, await readPdf(bytes));
  expect(figures).toEqual(perfect(figures));
});

test("the files hold enough to be worth reading", () => {
  const { articles, paragraphs } = addUp(
    truths.map(({ truth }) => compare(truth, { articles: [], problems: [] })),
  );
  expect(truths.length).toBeGreaterThanOrEqual(12);
  expect(articles).toBeGreaterThanOrEqual(50);
  expect(paragraphs).toBeGreaterThanOrEqual(230);
});

test("a scan has no text layer", async () => {
  await expect(readPdf(file("scan"))).rejects.toThrow(
    /^has no text layer \(it is a scan\); run OCR on it first$/,
  );
});

test("pages without text are named, and the others read", async () => {
  const { articles, problems } = await readPdf(file("half-scan"));
  expect(articles).toHaveLength(1);
  expect(problems).toEqual(["page 2 has no text; it is a picture, or empty"]);
});

test("an encrypted file says so", async () => {
  await expect(readPdf(file("encrypted"))).rejects.toThrow(/^is encrypted; remove the password first$/);
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["text", Buffer.from("这不是一个 PDF 文件")],
  ["the beginning of a file", file("notice").subarray(0, 900)],
])("%s is a damaged file", async (_, bytes) => {
  await expect(readPdf(bytes)).rejects.toThrow(/^is damaged: ./);
});

test("marks that the fonts mis-mapped are restored and counted", async () => {
  const { articles } = await readPdf(file("wrong-marks"));
  expect(articles.every(({ repairs }) => repairs > 10)).toBe(true);
});

test("captions are left out, and named", async () => {
  const { problems } = await readPdf(file("four-columns-cid"));
  expect(problems).toEqual([expect.stringMatching(/^page 1: left out the caption “图为螺丝车间/)]);
});

test("progress is told after every page", async () => {
  let pages = 0;
  await readPdf(file("report-indented"), () => pages++);
  expect(pages).toBe(4);
});
