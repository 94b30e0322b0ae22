import { citationLine, listLine, type Phrases, phrasesFor } from "../answering/phrases.ts";
import type { Answer, Answered, NotFound, Quote } from "../types.ts";

/**
 * Telegram allows 4096 characters after entity parsing (https://core.telegram.org/bots/api#sendmessage). We stay
 * below that in UTF-16 units of the raw HTML, which is never less.
 */
const MAX_CHARS = 4096;

/** Titles and author lines longer than this are cut, so that citations always leave room for what they cite. */
const MAX_CITED_CHARS = 100;

/** Phrased sentences that take more as HTML are left out: there are at most four, and quotes need room. */
const MAX_PHRASED_CHARS = 500;

/** A quote or an item for which less than this is left is left out. */
const LEAST_CHARS = 10;

/**
 * An answer as Telegram HTML of at most 4096 UTF-16 units, in the phrases of the question's language. Quotes stand
 * as they are written, but for what no message can hold: control characters are left out and lone surrogates
 * become U+FFFD. What does not fit is cut, ends in "…" and is said to be shortened.
 */
export function renderAnswer(answer: Answer): string {
  const phrases = phrasesFor(answer.language);
  return answer.kind === "answered" ? renderAnswered(answer, phrases) : renderNotFound(answer, phrases);
}

/** Any text as Telegram HTML that shows it. */
export function escapeHtml(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/\p{Cc}/gu, (control) => (control === "\n" || control === "\t" ? control : ""))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** What a reader sees of HTML made here, for when Telegram does not take the HTML. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function renderNotFound({ nearest }: NotFound, phrases: Phrases): string {
  if (nearest.length === 0) return phrases.notFound;
  const titles = nearest.map(({ title }) => `• ${cited(phrases.title(shorten(title)))}`);
  return [phrases.notFound, "", phrases.nearest, ...titles].join("\n");
}

/** What is phrased, then every quote above its citation; of a list its items, which say all that its quotes do. */
function renderAnswered({ quotes, list, phrasing }: Answered, phrases: Phrases): string {
  const citations = quotes.map((quote) => cite(quote, phrases));
  if (list && list.items.length > 0) {
    const items = list.items.map((text, place) => ({ before: `${place + 1}. `, text, after: "" }));
    const tail = `\n\n${[listLine(phrases, list), ...new Set(citations)].join("\n")}`;
    return fitBlocks(MAX_CHARS - tail.length, items, "\n", phrases.shortened) + tail;
  }
  const sentences = phrasing?.sentences
    .map(({ text, citation }) => `${cited(text)} [${citation}]\n`)
    .filter((html) => html.length <= MAX_PHRASED_CHARS);
  const head = list ? `${listLine(phrases, list)}\n\n` : sentences ? `${sentences.join("")}\n` : "";
  const blocks = quotes.map(({ text, citation }, place) => {
    const number = quotes.length > 1 || phrasing ? `[${citation}] ` : "";
    return { before: "<blockquote>", text, after: `</blockquote>\n${number}${citations[place]}` };
  });
  return head + fitBlocks(MAX_CHARS - head.length, blocks, "\n\n", phrases.shortened);
}

function cite(quote: Quote, phrases: Phrases): string {
  const line = citationLine(phrases, {
    ...quote,
    title: shorten(quote.title),
    authors: quote.authors.length === 0 ? [] : [shorten(phrases.authors(quote.authors))],
    ...(quote.source === undefined ? {} : { source: shorten(quote.source) }),
  });
  return cited(line);
}

/** A citation is one line. */
function cited(text: string): string {
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

/** The first of the blocks, as many as `room` units hold, the last one cut if need be; then a note if all is not there. */
function fitBlocks(room: number, blocks: readonly Block[], separator: string, note: string): string {
  let left = room - separator.length - note.length;
  const fitting: string[] = [];
  let isCut = false;
  for (const { before, text, after } of blocks) {
    left -= before.length + after.length + separator.length;
    // A few letters that say nothing would be no quote and no item.
    isCut ||= left < LEAST_CHARS;
    if (isCut) break;
    const html = fitText(left, text);
    isCut = html !== escapeHtml(text);
    fitting.push(before + html + after);
    left -= html.length;
  }
  return [...fitting, ...(isCut ? [note] : [])].join(separator);
}

/** The longest beginning of a text that takes at most `room` units as HTML, with "…" where it is cut. */
function fitText(room: number, text: string): string {
  const whole = escapeHtml(text);
  if (whole.length <= room) return whole;
  let html = "";
  for (const character of text) {
    const next = html + escapeHtml(character);
    if (next.length > room - 1) break;
    html = next;
  }
  return `${html}…`;
}
