import {
  citationLine,
  type InterfaceLanguage,
  listLine,
  type Phrases,
  phrasesFor,
} from "../../answering/phrases.ts";
import type { Answer, Answered, Quote } from "../../types.ts";
import { escapeHtml, fitText, MAX_MESSAGE_CHARS } from "../html.ts";
import { PHRASES } from "../phrases.ts";

/** Titles and author lines longer than this are cut, so that citations always leave room for what they cite. */
const MAX_CITED_CHARS = 100;

/** Phrased sentences that take more as HTML are left out: there are at most four, and quotes need room. */
const MAX_PHRASED_CHARS = 500;

/** A quote or an item for which less than this is left is left out. */
const LEAST_CHARS = 10;

/**
 * An answer as Telegram HTML of at most 4096 UTF-16 units: the quote that answers, or the list's items, above where it
 * stands; what else is quoted in a box that opens; then notes, each a line. Quotes stand as they are written, but for
 * what no message can hold: control characters are left out and lone surrogates become U+FFFD. What does not fit is
 * cut, ends in "…" and is said to be shortened. The nearest articles of a "not found" are left to buttons.
 */
export function renderAnswer(
  answer: Answer,
  language: InterfaceLanguage,
  notes: readonly string[] = [],
): string {
  const phrases = phrasesFor(language);
  const below = notes.map((note) => `\n\n<i>${escapeHtml(note)}</i>`).join("");
  if (answer.kind === "answered")
    return (
      renderAnswered(answer, phrases, MAX_MESSAGE_CHARS - below.length, PHRASES[language].shortened) + below
    );
  const nearest = answer.nearest.length > 0 ? `\n\n${phrases.nearest}` : "";
  return phrases.notFound + below + nearest;
}

/** A quote above its citation, as it stands in an answer by itself. */
export function renderQuote(quote: Quote, language: InterfaceLanguage): string {
  const after = `</blockquote>\n${cite(quote, phrasesFor(language))}`;
  return `<blockquote>${fitText(MAX_MESSAGE_CHARS - after.length - "<blockquote>".length, quote.text)}${after}`;
}

const [OPEN_BOX, CLOSE_BOX] = ["<blockquote expandable>", "</blockquote>"];

function renderAnswered(answer: Answered, phrases: Phrases, room: number, shortened: string): string {
  const { quotes, list, phrasing } = answer;
  const isNumbered = quotes.length > 1 || phrasing !== undefined;
  const cited = quotes.map((quote) => (isNumbered ? `[${quote.citation}] ` : "") + cite(quote, phrases));
  const items = list?.items ?? [];
  const before = list && items.length === 0 ? `${listLine(phrases, list)}\n\n` : renderPhrasing(answer);
  const listed = list ? `\n\n${listLine(phrases, list)}\n${cited[0]}` : "";
  const box = quotes.length > 1 ? `\n\n${OPEN_BOX}${CLOSE_BOX}` : "";
  const spare = before.length + listed.length + box.length + "\n\n".length + shortened.length;
  const main: Block[] =
    items.length > 0
      ? items.map((text, place) => ({ before: `${place + 1}. `, text, after: "" }))
      : [{ before: "<blockquote>", text: quotes[0]!.text, after: `</blockquote>\n${cited[0]}` }];
  const further = quotes.slice(1).map(({ text }, i) => ({ before: "", text, after: `\n${cited[i + 1]}` }));
  const [answering, left] = fitBlocks(room - spare, main, "\n");
  const [others, isAll] = left === undefined ? [[], undefined] : fitBlocks(left, further, "\n\n");
  return [
    before + answering.join("\n") + (items.length > 0 ? listed : ""),
    ...(others.length > 0 ? [OPEN_BOX + others.join("\n\n") + CLOSE_BOX] : []),
    ...(isAll === undefined ? [shortened] : []),
  ].join("\n\n");
}

/** Sentences of a language model, each with the number of its quote. */
function renderPhrasing({ phrasing }: Answered): string {
  if (!phrasing) return "";
  const sentences = phrasing.sentences
    .map(({ text, citation }) => `${oneLine(text)} [${citation}]\n`)
    .filter((html) => html.length <= MAX_PHRASED_CHARS);
  return `${sentences.join("")}\n`;
}

/** Where a quote stands, as one line of HTML. */
function cite(quote: Quote, phrases: Phrases): string {
  const line = citationLine(phrases, {
    ...quote,
    title: shorten(quote.title),
    authors: quote.authors.length === 0 ? [] : [shorten(phrases.authors(quote.authors))],
    ...(quote.source === undefined ? {} : { source: shorten(quote.source) }),
  });
  return oneLine(line);
}

function oneLine(text: string): string {
  return escapeHtml(text.replace(/\s+/g, " "));
}

function shorten(text: string): string {
  if (text.length <= MAX_CITED_CHARS) return text;
  // Never half a surrogate pair.
  return `${text.slice(0, MAX_CITED_CHARS - 1).replace(/\p{Surrogate}$/u, "")}…`;
}

interface Block {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** The first of the blocks, as many as `room` units hold, the last one cut if need be, and the room that is left; none where something is missing. */
function fitBlocks(
  room: number,
  blocks: readonly Block[],
  separator: string,
): readonly [fitting: string[], left: number | undefined] {
  let left = room;
  const fitting: string[] = [];
  for (const { before, text, after } of blocks) {
    left -= before.length + after.length + separator.length;
    // A few letters that say nothing would be no quote and no item.
    if (left < LEAST_CHARS) return [fitting, undefined];
    const html = fitText(left, text);
    fitting.push(before + html + after);
    if (html !== escapeHtml(text)) return [fitting, undefined];
    left -= html.length;
  }
  return [fitting, left];
}
