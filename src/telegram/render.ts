import { citationLine, listLine, type Phrases, phrasesFor } from "../answering/phrases.ts";
import type { Answer, Answered, NotFound, Quote } from "../types.ts";

/**
 * Telegram allows 4096 characters after entity parsing (https://core.telegram.org/bots/api#sendmessage). We stay
 * below that in UTF-16 units of the raw HTML, which is never less.
 */
const MAX_CHARS = 4096;

/** Titles and author lines longer than this are cut, so that citations always leave room for what they cite. */
const MAX_CITED_CHARS = 100;

/**
 * An answer as Telegram HTML of at most 4096 UTF-16 units, in the phrases of the question's language. Quotes stand
 * as they are written, but for what no message can hold: control characters are left out and lone surrogates
 * become U+FFFD. What does not fit is cut, ends in "…" and is said to be shortened.
 */
export function renderAnswer(answer: Answer): string {
  const phrases = phrasesFor(answer.language);
  if (answer.kind === "not-found") return renderNotFound(answer, phrases);
  return answer.list && answer.list.items.length > 0
    ? renderList(answer.list.items, answer, phrases)
    : renderQuotes(answer, phrases);
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

function renderList(items: readonly string[], answer: Answered, phrases: Phrases): string {
  const line = answer.list ? listLine(phrases, answer.list) : "";
  const citations = new Set(answer.quotes.map((quote) => cite(quote, phrases)));
  const tail = `\n\n${[line, ...citations].join("\n")}`;
  const note = `\n${phrases.shortened}`;
  let room = MAX_CHARS - tail.length - note.length;
  const lines: string[] = [];
  let cut = false;
  for (const item of items) {
    const marker = `${lines.length + 1}. `;
    const text = fitInto(room - marker.length - 1, item);
    lines.push(marker + text.html);
    room -= marker.length + text.html.length + 1;
    cut = text.cut;
    // Sixteen units hold a marker and a few letters; less would be no item.
    if (cut || room < 16) break;
  }
  const shortened = cut || lines.length < items.length;
  return lines.join("\n") + (shortened ? note : "") + tail;
}

function renderQuotes({ quotes, list }: Answered, phrases: Phrases): string {
  const head = list ? `${listLine(phrases, list)}\n\n` : "";
  const note = `\n\n${phrases.shortened}`;
  const frames = quotes.map((quote) => {
    const number = quotes.length > 1 ? `[${quote.citation}] ` : "";
    return {
      text: quote.text,
      before: "<blockquote>",
      after: `</blockquote>\n${number}${cite(quote, phrases)}`,
    };
  });
  let room = MAX_CHARS - head.length - note.length;
  for (const { before, after } of frames) room -= before.length + after.length + 2;
  let shortened = false;
  const blocks = frames.map(({ text, before, after }) => {
    const fitted = fitInto(room, text);
    room -= fitted.html.length;
    shortened ||= fitted.cut;
    return before + fitted.html + after;
  });
  return head + blocks.join("\n\n") + (shortened ? note : "");
}

function cite(quote: Quote, phrases: Phrases): string {
  const line = citationLine(phrases, {
    ...quote,
    title: shorten(quote.title),
    authors: quote.authors.length === 0 ? [] : [shorten(phrases.authors(quote.authors))],
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

/** The longest beginning of a text that takes at most `room` units as HTML, with "…" where it is cut. */
function fitInto(room: number, text: string): { html: string; cut: boolean } {
  const whole = escapeHtml(text);
  if (whole.length <= room) return { html: whole, cut: false };
  let html = "";
  for (const character of text) {
    const next = html + escapeHtml(character);
    if (next.length > room - 1) break;
    html = next;
  }
  return { html: `${html}…`, cut: true };
}
