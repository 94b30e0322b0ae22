import { isCut } from "../cuts.ts";
import { locateDate } from "../dates.ts";
import { takeImprint } from "../imprint.ts";
import { makeTitle, takeAuthors } from "../plain-text.ts";
import type { FoundArticle } from "../readers.ts";
import { closeSpaces } from "../wraps.ts";
import type { Block } from "./blocks.ts";
import type { Headline } from "./headline-groups.ts";
import { readParagraphs } from "./set-paragraphs.ts";

/** Two lines of less are one short headline that was broken, not two decks that say two things. */
const MIN_DECKS_CHARS = 14;
const MAX_HEAD_PARAGRAPHS = 4;
const MAX_DATELINE_CHARS = 60;

export interface SetArticle {
  readonly headline?: Headline;
  readonly blocks: readonly Block[];
  /** From 1. */
  readonly page: number;
  readonly warnings: readonly string[];
}

/** The article as it is kept, its damaged marks restored; undefined where there is nothing to read. */
export function setArticle({ headline, blocks, page, warnings }: SetArticle): FoundArticle | undefined {
  const imprint = takeImprint(readParagraphs(blocks), (paragraph) => paragraph);
  const { authors, paragraphs } = takeAuthors(imprint.lines);
  const publishedAt = imprint.publishedAt ?? findDateline(paragraphs);
  const around = [...(headline?.above ?? []), ...(headline?.below ?? [])].map(closeSpaces);
  const texts = [...around, ...paragraphs].filter((text) => text !== "");
  const title = joinDecks(headline?.decks ?? []);
  const lines = blocks.flatMap((block) => block.lines);
  if (texts.length === 0) return undefined;
  return {
    title: title || makeTitle(texts[0]!),
    authors: [...new Set([...(headline?.authors ?? []), ...imprint.authors, ...authors])],
    paragraphs: texts,
    repairs: lines.reduce((total, { repairs }) => total + repairs, headline?.repairs ?? 0),
    page,
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** The date of 东屿，2025年6月12日——, with which a report that was sent out begins. */
function findDateline(paragraphs: readonly string[]): string | undefined {
  for (const paragraph of paragraphs.slice(0, MAX_HEAD_PARAGRAPHS)) {
    const text = paragraph.slice(0, MAX_DATELINE_CHARS);
    const found = locateDate(text);
    const isDateline =
      found &&
      /^[（(]?[\p{L} ./]{2,20}[,，]?\s?$/u.test(text.slice(0, found.start)) &&
      /^[）)]?\s?(?:[—–-]|[电電讯訊])/u.test(text.slice(found.end));
    if (isDateline) return found.date;
  }
  return undefined;
}

/** A headline's lines in one: decks parted by a space, a deck broken in two whole again. */
export function joinDecks(decks: readonly string[]): string {
  return closeSpaces(
    decks.reduce((joined, deck, index) => {
      if (index === 0) return deck;
      const before = decks[index - 1]!;
      const isHan =
        /[\p{Script=Han}，。、：；？！”》）]$/u.test(before) && /^[\p{Script=Han}“《（\d]/u.test(deck);
      const isTwo = before.length + deck.length >= MIN_DECKS_CHARS;
      return isHan && (!isTwo || /[，。、：；]$/u.test(before) || isCut(before, deck))
        ? joined + deck
        : `${joined} ${deck}`;
    }, ""),
  );
}
