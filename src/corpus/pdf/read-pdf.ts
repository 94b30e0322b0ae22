import { AppError } from "../../errors.ts";
import { findDate } from "../dates.ts";
import type { FoundArticles } from "../readers.ts";
import { gatherBlocks } from "./blocks.ts";
import { isCaption } from "./captions.ts";
import { countUnmapped } from "./characters.ts";
import { findColumns, joinRows, readDocument } from "./document.ts";
import { dropFurniture, type PageLines } from "./furniture.ts";
import { isNewspaperPage, type PageBlocks, readNewspaper } from "./newspaper.ts";
import { repairLines } from "./repair-lines.ts";
import { setArticle } from "./set-article.ts";
import { type PageText, readTextLayer } from "./text-layer.ts";
import { readTypeLines } from "./type-lines.ts";

/** A page of which a font says nothing about so many characters is not read. */
const MAX_UNMAPPED = 0.2;

/** The articles of a PDF, read from where its text stands: newspaper pages article by article, a report as one. */
export async function readPdf(bytes: Uint8Array, onProgress?: () => void): Promise<FoundArticles> {
  const texts = await readTextLayer(bytes, onProgress);
  if (texts.every(isEmpty)) throw new AppError("has no text layer (it is a scan); run OCR on it first");
  const problems = texts.flatMap(describeProblems);
  const { pages, furniture } = dropFurniture(texts.filter((page) => !isUnreadable(page)).map(toLines));
  const bared = pages.map(toBlocks);
  const withText = bared.filter(({ blocks }) => blocks.length > 0);
  const isNewspaper = withText.filter(isNewspaperPage).length >= withText.length / 2;
  const { articles, problems: left } = isNewspaper
    ? readNewspaper(withText)
    : readDocument(pages.map(toRows));
  const issueDate = findDate(furniture.join("\n"));
  const found = articles.flatMap((article) => setArticle(article) ?? []);
  return {
    articles: found.map((article) => {
      const publishedAt = issueDate ?? (isNewspaper ? undefined : findDateLine(article.paragraphs));
      return publishedAt === undefined ? article : { ...article, publishedAt };
    }),
    problems: [...problems, ...bared.flatMap(({ left }) => left), ...left],
  };
}

/** The date of a document that a line of its own says, at its beginning or its end. */
function findDateLine(paragraphs: readonly string[]): string | undefined {
  const isDate =
    /^[（(]?(?:(?:发布|成文|印发)?(?:时间|日期)[：:])?[\d年月日〇○零一二三四五六七八九十./-]{6,12}[）)]?$/u;
  const line = [...paragraphs.slice(0, 3), ...paragraphs.slice(-3)].find((text) => isDate.test(text));
  return line === undefined ? undefined : findDate(line);
}

function isEmpty({ runs, turnedChars }: PageText): boolean {
  return turnedChars === 0 && runs.every(({ text }) => text.trim() === "");
}

function isUnreadable({ runs }: PageText): boolean {
  const text = runs.map((run) => run.text).join("");
  return countUnmapped(text) > MAX_UNMAPPED * text.length;
}

function describeProblems(page: PageText): string[] {
  if (isEmpty(page)) return [`page ${page.number} has no text; it is a picture`];
  if (isUnreadable(page)) return [`the fonts of page ${page.number} give no readable text`];
  const turned = `page ${page.number}: ${page.turnedChars} characters that run downwards or stand on their side were left out`;
  return page.turnedChars > 0 ? [turned] : [];
}

function toLines(page: PageText): PageLines {
  const { number, width, height } = page;
  return { number, width, height, lines: repairLines(readTypeLines(page)) };
}

/** As `toBlocks`, rows of tables whole where no columns stand side by side. */
function toRows(page: PageLines): PageBlocks {
  const { blocks } = toBlocks(page);
  return findColumns(blocks).length > 1
    ? { number: page.number, blocks }
    : toBlocks({ ...page, lines: joinRows(page.lines) });
}

function toBlocks({ number, lines }: PageLines): PageBlocks & { readonly left: readonly string[] } {
  const all = gatherBlocks(lines);
  const captions = all.filter((block) => isCaption(block, all));
  const left = captions.map(
    ({ lines }) => `page ${number}: left out the caption “${lines[0]!.text.slice(0, 30)}”`,
  );
  return { number, blocks: all.filter((block) => !captions.includes(block)), left };
}
