import { citationLine, listLine, type Phrases, phrasesFor } from "../answering/phrases.ts";
import type { Explanation } from "../retrieval/explain.ts";
import type { Answer, Answered, FailedAnswer, NotFound } from "../types.ts";
import { printable, printableLine } from "./output.ts";

/** How to make a text stand out; every member gives the text back unchanged where colours are unwanted. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly red: (text: string) => string;
}

const MAX_PASSAGE_CHARS = 120;
const MAX_MATCHES = 6;

/** ANSI escapes (ECMA-48, SGR) where `colours` is true. */
export function styleFor(colours: boolean): Style {
  const sgr = (on: number, off: number) => (text: string) =>
    colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: sgr(1, 22), dim: sgr(2, 22), green: sgr(32, 39), yellow: sgr(33, 39), red: sgr(31, 39) };
}

/** The answer as a person reads it on a terminal, in the question's language; ends with a line feed. */
export function renderAnswer(answer: Answer | FailedAnswer, style: Style): string {
  switch (answer.kind) {
    case "answered":
      return renderAnswered(answer, phrasesFor(answer.language), style);
    case "not-found":
      return renderNotFound(answer, phrasesFor(answer.language), style);
    case "error":
      return `${style.red(printableLine(answer.message))}\n`;
  }
}

/** What is phrased, then every quote whole, its origin under it; of a list its items, which say all that its quotes do. */
function renderAnswered({ quotes, list, phrasing }: Answered, phrases: Phrases, style: Style): string {
  const origins = quotes.map((quote) => printableLine(citationLine(phrases, quote)));
  if (list && list.items.length > 0) {
    const items = list.items.map((item, place) => `${place + 1}. ${style.bold(printable(item))}\n`);
    const lines = [listLine(phrases, list), ...new Set(origins)];
    return [...items, ...lines.map((line) => `   ${style.dim(line)}\n`)].join("");
  }
  const sentences = phrasing?.sentences.map(({ text, citation }) => `${printableLine(text)} [${citation}]\n`);
  const head = list ? `${listLine(phrases, list)}\n\n` : sentences ? `${sentences.join("")}\n` : "";
  const blocks = quotes.map((quote, place) => {
    const number = quotes.length > 1 || phrasing ? `[${quote.citation}] ` : "";
    return `${number}${style.bold(printable(quote.text))}\n   ${style.dim(origins[place]!)}\n`;
  });
  return head + blocks.join("\n");
}

function renderNotFound(answer: NotFound, phrases: Phrases, style: Style): string {
  const nearest = answer.nearest.map((article) => `  ${phrases.title(printableLine(article.title))}\n`);
  return [
    `${style.yellow(phrases.notFound)}\n`,
    ...(nearest.length > 0 ? [`${phrases.nearest}\n`, ...nearest] : []),
  ].join("");
}

/** Which passages were found, best first, with every score that placed them and the words that met. */
export function renderExplanation(
  { terms, hits }: Pick<Explanation, "terms" | "hits">,
  style: Style,
): string {
  const blocks = hits.map((hit, place) => {
    const scores = (["score", "lexical", "cosine", "rerank"] as const)
      .map((name) => `${name} ${hit[name].toFixed(3)}`)
      .join("  ");
    const passage = [...printableLine(hit.passage)];
    const shown = passage.slice(0, MAX_PASSAGE_CHARS).join("");
    const matches = hit.matches
      .toSorted((a, b) => b.similarity - a.similarity)
      .slice(0, MAX_MATCHES)
      .map(
        (match) =>
          `${printableLine(match.question)} ~ ${printableLine(match.passage)} ${match.similarity.toFixed(2)}`,
      );
    return [
      `${style.bold(`${place + 1}. 《${printableLine(hit.title)}》`)}  ${style.dim(scores)}\n`,
      `   ${shown}${passage.length > MAX_PASSAGE_CHARS ? "…" : ""}\n`,
      matches.length > 0 ? `   ${style.dim(matches.join(", "))}\n` : "",
    ].join("");
  });
  const searched = style.dim(`Searched for: ${terms.map(printableLine).join(" · ") || "none"}`);
  return `${searched}\n${blocks.join("") || "No passage was found.\n"}`;
}
