import { readByline } from "../bylines.ts";
import { type Block, sharedWidth } from "./blocks.ts";
import { type Chain, followText, isOver } from "./flow.ts";
import { isPartHeading, isProse, sortBlocks } from "./headline-groups.ts";
import { readPlaces } from "./places.ts";
import type { SetArticle } from "./set-article.ts";
import { joinDecks } from "./set-article.ts";

/** The blocks of a page, furniture and captions left out. */
export interface PageBlocks {
  readonly number: number;
  readonly blocks: readonly Block[];
}

export interface Layout {
  readonly articles: readonly SetArticle[];
  readonly problems: readonly string[];
}

/** How much larger than the text the headlines of a newspaper page are. */
const NEWS_HEADLINE = 1.25;
/** A step from column to column that is less sure gives a warning. */
const SURE = 2;
const UNSURE = "the order of its columns is not certain";
/** No newspaper page has more; every block is compared with every other. */
const MAX_BLOCKS = 600;
/** Less text than this without a headline is no article. */
const MIN_CHARS = 40;

/** Whether a page holds several articles, as a newspaper's does: columns side by side and several large headlines. */
function isNewspaperPage({ blocks }: PageBlocks): boolean {
  const prose = blocks.filter(isProse);
  const hasColumns = prose.some((block) =>
    prose.some((other) => other.left > block.right && other.top < block.bottom && other.bottom > block.top),
  );
  if (!hasColumns) return false;
  const { headlines, bodies } = sortBlocks(blocks);
  const { rows } = readPlaces(headlines, bodies);
  const heading = headlines.filter((headline) => {
    const [first] = rows.get(headline)!;
    return first && headline.size >= NEWS_HEADLINE * first.size && !isPartHeading(headline.decks[0]!);
  });
  return heading.length >= 2;
}

/** Whether most of the pages are a newspaper's, and none is anything that cannot be one. */
export function isNewspaper(pages: readonly PageBlocks[]): boolean {
  return (
    pages.every(({ blocks }) => blocks.length <= MAX_BLOCKS) &&
    pages.filter(isNewspaperPage).length >= pages.length / 2
  );
}

/** The articles of newspaper pages; text atop a page without a headline goes on from the page before. */
export function readNewspaper(pages: readonly PageBlocks[]): Layout {
  const articles: SetArticle[] = [];
  const problems: string[] = [];
  for (const { number, blocks } of pages) {
    const { headlines, bodies } = sortBlocks(blocks);
    const before = articles.length;
    const chains = followText(headlines, bodies);
    // Where a text without a headline goes on is known once the others are.
    const ordered = [
      ...chains.filter(({ headline }) => headline),
      ...chains.filter(({ headline }) => !headline),
    ];
    for (const chain of ordered) {
      const open = findOpen(articles.slice(0, before));
      const broken = articles.filter((article, index) => index >= before && isBrokenOff(article));
      if (chain.headline) {
        const warnings = chain.sureness < SURE ? [UNSURE] : [];
        if (chain.blocks.length > 0) articles.push({ ...chain, page: number, warnings });
        else problems.push(`no article was found for the headline “${joinDecks(chain.headline.decks)}”`);
      } else if (open >= 0 && standsAtop(chain, blocks)) {
        const article = articles[open]!;
        articles.splice(open, 1, { ...article, blocks: [...article.blocks, ...chain.blocks] });
      } else if (broken.length === 1 && goesOnInside(chain)) {
        const [article] = broken as [SetArticle];
        const warnings = [...new Set([...article.warnings, UNSURE])];
        const whole = { ...article, blocks: [...article.blocks, ...chain.blocks], warnings };
        articles.splice(articles.indexOf(article), 1, whole);
      } else if (lengthOf(chain) >= MIN_CHARS) {
        articles.push({ ...chain, page: number, warnings: ["no headline was found for it"] });
      } else problems.push(`page ${number}: left out “${textOf(chain.blocks).slice(0, 40)}”`);
    }
  }
  return { articles, problems };
}

/**
 * The article that goes on overleaf: the last one that breaks off in mid-sentence, or else the only one without a
 * byline where the others have one.
 */
function findOpen(articles: readonly SetArticle[]): number {
  const brokenOff = articles.findLastIndex(isBrokenOff);
  if (brokenOff >= 0) return brokenOff;
  const unsigned = articles.filter(
    ({ blocks, headline }) => headline?.authors.length === 0 && !endsInByline(blocks),
  );
  const isOnly = unsigned.length === 1 && articles.length > 1;
  return isOnly ? articles.indexOf(unsigned[0]!) : -1;
}

/** Whether it can be the rest of a sentence and what follows: no label, and its first line is not set in. */
function goesOnInside({ blocks }: Chain): boolean {
  const { left, size, lines } = blocks[0]!;
  return lines[0]!.left - left < 0.8 * size && /[。！？]|[a-z]\. ?/u.test(textOf(blocks));
}

function isBrokenOff({ blocks }: SetArticle): boolean {
  const text = textOf(blocks).slice(-40);
  return !isOver(text) && !/[）)]$/u.test(text);
}

function endsInByline(blocks: readonly Block[]): boolean {
  return readByline(textOf(blocks).slice(-60)) !== undefined;
}

function standsAtop({ blocks }: Chain, all: readonly Block[]): boolean {
  const [first] = blocks;
  return all.every((other) => other.bottom > first!.top - 1 || sharedWidth(other, first!) <= 0);
}

function lengthOf({ blocks }: Chain): number {
  return textOf(blocks).length;
}

function textOf(blocks: readonly Block[]): string {
  return blocks.flatMap(({ lines }) => lines.map(({ text }) => text)).join("");
}
