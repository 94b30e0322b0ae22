import { AppError } from "../../errors.ts";
import { findDate } from "../dates.ts";
import type { FoundArticles, OnPage } from "../readers.ts";
import { gatherBlocks } from "./blocks.ts";
import { leaveOutCaptions } from "./captions.ts";
import { findColumns, joinRows, readDocument } from "./document.ts";
import { joinDropCaps } from "./drop-caps.ts";
import { dropFurniture, type PageLines } from "./furniture.ts";
import { isNewspaper, type Layout, type PageBlocks, readNewspaper } from "./newspaper.ts";
import { describeProblems, isEmpty, isUnreadable } from "./page-problems.ts";
import { repairLines } from "./repair-lines.ts";
import { setArticle } from "./set-article.ts";
import { type PageText, readTextLayer } from "./text-layer.ts";
import { readTypeLines } from "./type-lines.ts";

/** The articles of a PDF, read from where its text stands: newspaper pages article by article, a report as one. */
export async function readPdf(bytes: Uint8Array, onProgress?: OnPage): Promise<FoundArticles> {
  const texts = await readTextLayer(bytes, onProgress);
  if (texts.every(isEmpty)) throw new AppError("has no text layer (it is a scan); run OCR on it first");
  const problems = texts.flatMap(describeProblems);
  const readable = texts.filter((page) => !isUnreadable(page));
  const { pages, furniture } = dropFurniture(
    readable.map((page) => {
      onProgress?.();
      return toLines(page);
    }),
  );
  const { articles, problems: left } = readLayout(pages);
  const issueDate = findDate(furniture.join("\n"));
  const found = articles.flatMap((article) => {
    onProgress?.();
    return setArticle(article) ?? [];
  });
  return {
    articles: issueDate ? found.map((article) => ({ ...article, publishedAt: issueDate })) : found,
    problems: [...problems, ...left],
  };
}

/** Newspaper pages say themselves what they are; all else is a document. */
function readLayout(pages: readonly PageLines[]): Layout {
  const plain = pages
    .map(({ number, lines }) => ({ number, blocks: gatherBlocks(lines) }))
    .filter(({ blocks }) => blocks.length > 0);
  if (!isNewspaper(plain)) return readDocument(pages.map(toRows));
  const bared = plain.map(leaveOutCaptions);
  const { articles, problems } = readNewspaper(bared.map(({ page }) => page));
  return { articles, problems: [...bared.flatMap(({ left }) => left), ...problems] };
}

function toLines(page: PageText): PageLines {
  const { number, width, height } = page;
  return { number, width, height, lines: repairLines(joinDropCaps(readTypeLines(page))) };
}

/** A document's blocks, rows of tables whole where no columns stand side by side. */
function toRows({ number, lines }: PageLines): PageBlocks {
  const blocks = gatherBlocks(lines);
  return { number, blocks: findColumns(blocks).length > 1 ? blocks : gatherBlocks(joinRows(lines)) };
}
