import type { Article, Span } from "../types.ts";

/** A pair of quotation marks or brackets. */
export interface Enclosure {
  readonly opener: string;
  readonly closer: string;
}

const PAIRS: readonly Enclosure[] = ["“”", "‘’", "「」", "『』", "（）", "()", "【】"].map((pair) => ({
  opener: pair[0]!,
  closer: pair[1]!,
}));

/** These enclose names, and straight marks look the same at both ends. */
const BLANKED_PAIRS: readonly Enclosure[] = [
  ...PAIRS,
  { opener: "《", closer: "》" },
  { opener: "[", closer: "]" },
  { opener: '"', closer: '"' },
];

/** No text that means something encloses deeper; of what is never closed, no more is kept in mind. */
const MAX_OPEN = 8;

/** What was opened longer ago was, more likely, not closed by mistake. */
const MAX_ENCLOSED_CHARS = 1000;

/** The innermost pair that is open at an offset of its paragraph, or undefined. */
export function enclosureAt({ text, paragraphs }: Article, offset: number): Enclosure | undefined {
  const own = paragraphs.find(({ start, end }) => offset >= start && offset < end)?.start ?? 0;
  const from = Math.max(own, offset - MAX_ENCLOSED_CHARS);
  const open: Enclosure[] = [];
  for (let at = from; at < offset; at++) {
    const opened = PAIRS.find(({ opener }) => opener === text[at]);
    if (opened !== undefined) open.push(opened);
    else if (open.at(-1)?.closer === text[at] && !isApostrophe(text, at)) open.pop();
  }
  return open.at(-1);
}

/** Offset of the mark that closes a pair opened before the span, or undefined where it stays open. */
export function endWithin(
  text: string,
  { start, end }: Span,
  { opener, closer }: Enclosure,
): number | undefined {
  let depth = 0;
  for (let at = start; at < end; at++) {
    if (text[at] === opener) depth++;
    else if (text[at] === closer && !isApostrophe(text, at) && depth-- === 0) return at;
  }
  return undefined;
}

/** Marks that close more than was opened: "A”" but not "“A”". */
export function dropStrayCloser(text: string): string {
  const mark = text.at(-1) ?? "";
  const pair = PAIRS.find(({ closer }) => closer === mark);
  if (pair === undefined) return text;
  const end = endWithin(text, { start: 0, end: text.length }, pair);
  return end === text.length - 1 ? text.slice(0, -1) : text;
}

/** "firm’s" */
function isApostrophe(text: string, at: number): boolean {
  return text[at] === "’" && /^\p{Script=Latin}’\p{Script=Latin}$/u.test(text.slice(at - 1, at + 2));
}

/** Stands for what is enclosed. */
const ENCLOSED = "\ue000";

/** A text with what its pairs enclose blanked out, mark by mark and character by character; what stays open is kept. */
export function blankEnclosed(text: string): string {
  const blanked = [...text].flatMap((character) =>
    character.length > 1 ? [character[0]!, character[1]!] : [character],
  );
  const open: { readonly closer: string; readonly at: number }[] = [];
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    const closing = isApostrophe(text, at) ? -1 : open.findLastIndex(({ closer }) => closer === mark);
    if (closing >= 0) {
      blanked.fill(ENCLOSED, open[closing]!.at + 1, at);
      open.length = closing;
      continue;
    }
    const opened = BLANKED_PAIRS.find(({ opener }) => opener === mark);
    if (opened !== undefined && open.length < MAX_OPEN) open.push({ closer: opened.closer, at });
  }
  return blanked.join("");
}
