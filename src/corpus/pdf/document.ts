import { readImprint } from "../imprint.ts";
import { unwrap } from "../wraps.ts";
import { type Block, isSameSize, sharedWidth } from "./blocks.ts";
import { bodySizeOf, type Headline, isPartHeading, isProse, readNamesOf } from "./headline-groups.ts";
import type { Layout, PageBlocks } from "./newspaper.ts";
import type { SetArticle } from "./set-article.ts";
import type { TypeLine } from "./type-lines.ts";

/** A title is larger than the text by this factor. */
const LARGER = 1.15;
const OFFICE_NUMBER = /[〔[［【(（]\d{4}[〕\]］】)）]\s?\d{1,5}\s?号/u;
const BULLET = /^[■□◆◇●▲★※•·] ?(?=\S)/u;

/** The article of a report or a notice; several where titles of the same large type head parts of it. */
export function readDocument(pages: readonly PageBlocks[]): Layout {
  const problems: string[] = [];
  const flow = pages.flatMap(({ number, blocks }) => {
    const header = findOfficeHeader(blocks);
    if (header) problems.push(`page ${number}: left out the header “${header.lines[0]!.text.slice(0, 40)}”`);
    return inReadingOrder(blocks.filter((block) => block !== header)).map((block) => ({ block, number }));
  });
  const bodySize = bodySizeOf(flow.map(({ block }) => block));
  const title = findTitle(
    flow.map(({ block }) => block),
    bodySize,
  );
  const isTitle = (block: Block) =>
    title !== undefined &&
    isSameSize(block.size, title.size) &&
    isHeading(block, bodySize) &&
    (block === title || !isPartHeading(block.lines[0]!.text));
  const articles: (SetArticle & { blocks: Block[] })[] = [];
  const loose: Block[] = [];
  for (const { block, number } of flow) {
    const open = articles.at(-1);
    if (isTitle(block)) {
      const isSecondDeck = open && open.blocks.length === 0 && open.page === number;
      if (isSecondDeck) {
        articles.splice(-1, 1, { ...open, headline: addDeck(open.headline!, block) });
      } else articles.push({ headline: headlineOf(block), blocks: [], page: number, warnings: [] });
    } else if (open) open.blocks.push(isImprint(block) ? standAlone(block) : block);
    else loose.push(block);
  }
  const [first] = articles;
  if (!first) {
    const warnings = ["no title was found for it"];
    return { articles: [{ blocks: loose, page: flow[0]?.number ?? 1, warnings }], problems };
  }
  first.blocks.unshift(...loose.map(standAlone));
  return { articles: articles.map(takeAuthorLine), problems };
}

/** The red line atop a notice that names the office, which ends in 文件, above the notice's number. */
function findOfficeHeader(blocks: readonly Block[]): Block | undefined {
  const number = blocks.find(({ lines }) => OFFICE_NUMBER.test(lines[0]!.text));
  return blocks.find(
    (block) =>
      number !== undefined &&
      block.bottom <= number.top &&
      block.size > number.size &&
      block.lines.at(-1)!.text.replaceAll(" ", "").endsWith("文件"),
  );
}

/** A block of lines that stand before the title, or that say when and where a text was published, is no text's part. */
function standAlone(block: Block): Block {
  return { ...block, lines: block.lines.map((line) => ({ ...line, isRow: true })) };
}

function isImprint(block: Block): boolean {
  return !isProse(block) && block.lines.some(({ text }) => readImprint(text) !== undefined);
}

function isHeading(block: Block, bodySize: number): boolean {
  return block.size >= LARGER * bodySize && !isProse(block) && block.lines.length <= 5;
}

/** The first of the largest headings on the page where text begins. */
function findTitle(blocks: readonly Block[], bodySize: number): Block | undefined {
  const headings = blocks.filter((block) => isHeading(block, bodySize));
  const largest = Math.max(...headings.map(({ size }) => size));
  return headings.find(({ size }) => isSameSize(size, largest));
}

function headlineOf(block: Block): Headline {
  return {
    ...block,
    decks: [unwrap(block.lines).replace(BULLET, "")],
    above: [],
    below: [],
    authors: [],
    repairs: repairsOf(block),
  };
}

function addDeck(headline: Headline, block: Block): Headline {
  const decks = [unwrap([{ text: headline.decks[0]! }, ...block.lines])];
  return { ...headline, decks, repairs: headline.repairs + repairsOf(block) };
}

function repairsOf({ lines }: Block): number {
  return lines.reduce((total, { repairs }) => total + repairs, 0);
}

/** A line right below the title that names the authors. */
function takeAuthorLine(article: SetArticle): SetArticle {
  const [first] = article.blocks;
  const names = first?.lines.length === 1 ? readNamesOf(first.lines[0]!.text) : undefined;
  if (!names || !article.headline) return article;
  return { ...article, headline: { ...article.headline, authors: names }, blocks: article.blocks.slice(1) };
}

/** Lines of a page without columns, the cells of a table's row in one. */
export function joinRows(lines: readonly TypeLine[]): TypeLine[] {
  const joined: TypeLine[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (before && Math.abs(before.baseline - line.baseline) < 0.3 * line.size && line.left > before.right) {
      const text = `${before.text} ${line.text}`;
      const repairs = before.repairs + line.repairs;
      joined.splice(-1, 1, { ...before, text, right: line.right, repairs, isRow: true });
    } else joined.push(line);
  }
  return joined;
}

/** Blocks as they are read: bands between blocks that cross the columns, within a band column by column. */
export function inReadingOrder(blocks: readonly Block[]): Block[] {
  const columns = findColumns(blocks);
  if (columns.length < 2) return blocks.toSorted((a, b) => a.top - b.top || a.left - b.left);
  const columnOf = (block: Block) => {
    const shares = columns.map((column) => sharedWidth(column, block) > 0.5 * block.size);
    return shares.filter(Boolean).length === 1 ? shares.indexOf(true) : -1;
  };
  const ordered: Block[] = [];
  let band: Block[] = [];
  const close = () => {
    ordered.push(...band.sort((a, b) => columnOf(a) - columnOf(b) || a.top - b.top || a.left - b.left));
    band = [];
  };
  for (const block of blocks.toSorted((a, b) => a.top - b.top)) {
    if (columnOf(block) < 0) {
      close();
      ordered.push(block);
    } else band.push(block);
  }
  close();
  return ordered;
}

/** The columns that stand side by side, from the left: prose that shares no width. */
export function findColumns(blocks: readonly Block[]): Pick<Block, "left" | "right">[] {
  const prose = blocks.filter(isProse);
  const narrow = prose.filter((block) =>
    prose.some(
      (other) => sharedWidth(other, block) <= 0 && other.top < block.bottom && other.bottom > block.top,
    ),
  );
  const columns: { left: number; right: number }[] = [];
  for (const { left, right } of narrow.toSorted((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last && left < last.right) last.right = Math.max(last.right, right);
    else columns.push({ left, right });
  }
  return columns;
}
