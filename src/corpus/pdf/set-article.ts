import { isCut } from "../cuts.ts";
import { makeTitle, takeAuthors } from "../plain-text.ts";
import type { FoundArticle } from "../readers.ts";
import { closeSpaces } from "../wraps.ts";
import type { Block } from "./blocks.ts";
import type { Headline } from "./headline-groups.ts";
import { readParagraphs } from "./set-paragraphs.ts";

/** Two decks say two things; a wrapped headline's lines are shorter or of different lengths. */
const MIN_DECK_CHARS = 7;
const MAX_DECK_DIFFERENCE = 3;

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
      const isTwo =
        Math.min(before.length, deck.length) >= MIN_DECK_CHARS &&
        Math.abs(before.length - deck.length) <= MAX_DECK_DIFFERENCE;
      return isHan && (!isTwo || isCut(before, deck)) ? joined + deck : `${joined} ${deck}`;
    }, ""),
  );
}
