import { isCut } from "./cuts.ts";
import { endsSentence, LIST_ITEM, type Line } from "./lines.ts";

/** Lines longer than this are paragraphs, not wraps. */
const MAX_WRAPPED_WIDTH = 48;

/** How a paragraph, or the byline behind it, ends. */
const CLOSED = /[。！？…：；.!?:;）)][”’」』）)"']*$/u;

/**
 * Whether the lines are a column's wraps, not paragraphs: of a length, mostly ended in mid-sentence and many of them
 * inside a word. The lines of a list end in mid-sentence too, but never in mid-word.
 */
export function isHardWrapped(lines: readonly Line[]): boolean {
  const long = lines.filter((line) => line.maxWidth >= 8);
  if (long.length < 3 || long.some((line) => line.maxWidth > 2 * MAX_WRAPPED_WIDTH)) return false;
  // A subheading breaks off as well, but the paragraph behind it is longer by far.
  const wrapped = long.flatMap((line, index) => {
    const next = long[index + 1] ?? line;
    const isWrap =
      line.maxWidth <= MAX_WRAPPED_WIDTH && !endsSentence(line.text) && line.maxWidth >= 0.6 * next.maxWidth;
    return isWrap ? [[line, next] as const] : [];
  });
  return wrapped.length >= long.length / 2 && cutWords(wrapped);
}

/** A fixed width cuts a Chinese word, or the phrase around it, at every second break. */
function cutWords(breaks: readonly (readonly [Line, Line])[]): boolean {
  return breaks.filter(([line, next]) => isCut(line.text, next.text)).length >= breaks.length / 6;
}

/**
 * The paragraphs of a hard-wrapped text in which blank lines, or white space before a first line, part paragraphs and
 * nothing else; undefined for any other text. What shows it: paragraphs of several lines break at about one width,
 * mostly in mid-sentence, and end with a sentence.
 */
export function partedParagraphs(lines: readonly Line[]): Line[][] | undefined {
  const blocks: Line[][] = [];
  for (const line of lines) {
    if (line.blankBefore || line.setIn || blocks.length === 0) blocks.push([line]);
    else blocks.at(-1)!.push(line);
  }
  const several = blocks.filter((block) => block.length > 1);
  const breaks = several.flatMap((block) =>
    block.slice(1).map((line, index) => [block[index]!, line] as const),
  );
  const width = breaks.reduce((widest, [{ maxWidth }]) => Math.max(widest, maxWidth), 0);
  const isWrapped =
    several.length >= blocks.length / 3 &&
    width <= MAX_WRAPPED_WIDTH &&
    breaks.every(([{ maxWidth }]) => maxWidth >= 0.7 * width) &&
    breaks.filter(([{ text }]) => /[。！？…：；.][”’」』）)"']*$/u.test(text)).length <= breaks.length / 2 &&
    !breaks.some(([, { text }]) => LIST_ITEM.test(text)) &&
    several.every((block) => block.at(-1)!.maxWidth <= 1.25 * width && CLOSED.test(block.at(-1)!.text));
  return isWrapped ? blocks : undefined;
}

/** A column's lines as one run of text, without the white space a typesetter leaves beside Han characters and marks. */
export function unwrap(lines: readonly Pick<Line, "text">[]): string {
  return closeSpaces(joinLines(lines.map(({ text }) => text)));
}

/** Lines as one run of text: Han characters meet, Latin words keep their space. */
function joinLines(lines: readonly string[]): string {
  const parts: string[] = [];
  let end = "";
  for (const line of lines) {
    const seam = end + line;
    const isLatin = /[A-Za-z]/.test(seam) && !/\p{Script=Han}/u.test(seam) && /[!-~]$/.test(end);
    const parted = isLatin || (/[A-Za-z,.]$/.test(end) && /^[A-Za-z]{2}/.test(line));
    parts.push(parted ? ` ${line}` : line);
    end = (end + parts.at(-1)!).slice(-20);
  }
  return parts.join("");
}

const SPACES = "[ \\t\\u3000\\u00a0]+";
const HAN = "\\p{Script=Han}";
const FULL_WIDTH = "[\\u3001-\\u303f\\uff00-\\uff60]";
const OTHER = "[!-~“”‘’…—·]";
const TYPESET_SPACES = new RegExp(
  [
    `(?<=${FULL_WIDTH})${SPACES}`,
    `${SPACES}(?=${FULL_WIDTH})`,
    `(?<=${HAN})${SPACES}(?=${OTHER})`,
    `(?<=${OTHER})${SPACES}(?=${HAN})`,
  ].join("|"),
  "gu",
);

/** White space gone beside full-width marks, and between Han characters and digits, Latin or other marks. */
export function closeSpaces(text: string): string {
  return text.replace(TYPESET_SPACES, "");
}
