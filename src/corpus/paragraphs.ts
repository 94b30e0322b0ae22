import { columnWidths, INDENT } from "./columns.ts";
import { endsSentence, fillsColumn, type Line, roomLeft } from "./lines.ts";

/** The hard-wrapped lines of one article's body, grouped to paragraphs. */
export function splitParagraphs(lines: readonly Line[], indented: boolean): Line[][] {
  const widths = columnWidths(lines);
  const paragraphs: Line[][] = [];
  lines.forEach((line, index) => {
    const last = paragraphs.at(-1);
    const [before, width] = [lines[index - 1], widths[index - 1]!];
    // A first line that is set in is full two characters earlier.
    const indent = indented && last?.length === 1 ? INDENT : 0;
    const breaksOff =
      before &&
      (endsShort(lines, index - 1, width - indent) ||
        (endsSentence(before.text) && indented && looksSetIn(lines, index, widths[index]!)));
    if (!last || breaksOff) paragraphs.push([line]);
    else last.push(line);
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
      if (!endsShort(lines, index - 1, widths[index - 1]! - INDENT)) continue;
      if (looksSetIn(lines, index, widths[index]!)) setIn++;
      else if (fillsColumn(lines[index]!, lines[index + 1]!, widths[index]!)) flush++;
    }
  }
  return setIn > flush;
}

/** Whether the sentence's last line leaves room where the next line's beginning would have fitted. */
function endsShort(lines: readonly Line[], index: number, width: number): boolean {
  const [line, next] = [lines[index]!, lines[index + 1]];
  return endsSentence(line.text) && next !== undefined && roomLeft(line, next, width) >= 0;
}

/** Whether the line is too short for its column, yet full when set in, give or take a half-width character. */
function looksSetIn(lines: readonly Line[], index: number, width: number): boolean {
  const [line, next] = [lines[index]!, lines[index + 1]];
  if (next === undefined || roomLeft(line, next, width) < 0) return false;
  return line.minWidth <= width - INDENT + 0.5 && roomLeft(line, next, width - INDENT) <= 0.5;
}
