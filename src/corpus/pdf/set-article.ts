import { isCut } from "../cuts.ts";
import { makeTitle, takeAuthors } from "../plain-text.ts";
import type { FoundArticle } from "../readers.ts";
import { closeSpaces } from "../wraps.ts";
import type { Block } from "./blocks.ts";
import type { Headline } from "./headline-groups.ts";
import { readParagraphs } from "./set-paragraphs.ts";

/** Two lines of less are one short headline that was broken, not two decks that say two things. */
const MIN_DECKS_CHARS = 14;

export interface SetArticle {
  readonly headline?: Headline;
  readonly blocks: readonly Block[];
  /** From 1. */
  readonly page: number;
  readonly warnings: readonly string[];
}

/** The article as it is kept, its damaged marks restored; undefined where there is nothing to read. */
export function setArticle({ headline, blocks, page, warnings }: SetArticle): FoundArticle | undefined {
  const { authors, paragraphs } = takeAuthors(readParagraphs(blocks));
  const around = [...(headline?.above ?? []), ...(headline?.below ?? [])].map(closeSpaces);
  const texts = [...around, ...paragraphs].filter((text) => text !== "");
  const title = joinDecks(headline?.decks ?? []);
  const lines = blocks.flatMap((block) => block.lines);
  if (texts.length === 0) return undefined;
  return {
    title: title || makeTitle(texts[0]!),
    authors: [...new Set([...(headline?.authors ?? []), ...authors])],
    paragraphs: texts,
    repairs: lines.reduce((total, { repairs }) => total + repairs, headline?.repairs ?? 0),
    page,
    ...(warnings.length === 0 ? {} : { warnings }),
  };
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
