import { columnWidths, INDENT } from "./columns.ts";
import { endsSentence, fillsColumn, type Line, roomLeft } from "./lines.ts";

const LIST_ITEM =
  /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、](?!\d)|第[一二三四五六七八九十]+[，、])/u;

/** The hard-wrapped lines of one article's body, grouped to paragraphs. */
export function splitParagraphs(lines: readonly Line[], indented: boolean): Line[][] {
  const widths = columnWidths(lines);
  const paragraphs: Line[][] = [];
  lines.forEach((line, index) => {
    if (index === 0 || breaksBefore(lines, index, widths, indented)) paragraphs.push([line]);
    else paragraphs.at(-1)!.push(line);
  });
  return paragraphs;
}

/**
 * Whether the page sets paragraphs in: most lines behind a clear end of a paragraph are themselves full when two
 * characters are added.
 */
export function isIndented(bodies: readonly (readonly Line[])[]): boolean {
  let setIn = 0;
  let flush = 0;
  for (const lines of bodies) {
    const widths = columnWidths(lines);
    for (let index = 1; index + 1 < lines.length; index++) {
      if (!endsShort(lines, index - 1, widths)) continue;
      if (looksSetIn(lines, index, widths[index]!)) setIn++;
      else if (fillsColumn(lines[index]!, lines[index + 1]!, widths[index]!)) flush++;
    }
  }
  return setIn > flush;
}

function breaksBefore(
  lines: readonly Line[],
  index: number,
  widths: readonly number[],
  indented: boolean,
): boolean {
  const [before, line] = [lines[index - 1]!, lines[index]!];
  if (endsShort(lines, index - 1, widths)) return true;
  if (endsSentence(before.text)) return indented && looksSetIn(lines, index, widths[index]!);
  const room = roomLeft(before, line, widths[index - 1]!);
  if (/[：；]$/u.test(before.text)) return room >= 1 && (LIST_ITEM.test(line.text) || room >= 4);
  return room >= 4 && !/[，、]$/u.test(before.text) && LIST_ITEM.test(line.text);
}

/** Whether the sentence's last line leaves room where the next line's beginning would have fitted. */
function endsShort(lines: readonly Line[], index: number, widths: readonly number[]): boolean {
  const [line, next] = [lines[index]!, lines[index + 1]];
  return endsSentence(line.text) && next !== undefined && roomLeft(line, next, widths[index]!) >= 0;
}

/** Whether the line is too short for its column, yet full when set in, give or take a half-width character. */
function looksSetIn(lines: readonly Line[], index: number, width: number): boolean {
  const [line, next] = [lines[index]!, lines[index + 1]];
  if (next === undefined || roomLeft(line, next, width) < 0) return false;
  return line.minWidth <= width - INDENT + 0.5 && roomLeft(line, next, width - INDENT) <= 0.5;
}
