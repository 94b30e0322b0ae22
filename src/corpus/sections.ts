import { readByline } from "./bylines.ts";
import { endsSentence, type Line, measureLine } from "./lines.ts";

/** Lines up to a byline; the last section of a page may have none. */
export interface Section {
  readonly lines: readonly Line[];
  readonly authors: readonly string[];
  readonly endsInByline: boolean;
  /** The byline's row, or the last line's. */
  readonly lastRow: number;
}

/** The lines cut behind every byline: it ends an article, whatever surrounds it. */
export function splitSections(lines: readonly Line[]): Section[] {
  const sections: Section[] = [];
  let open: Line[] = [];
  for (const line of lines) {
    open.push(line);
    const ended = endInByline(open);
    if (!ended) continue;
    sections.push({ ...ended, endsInByline: true, lastRow: line.row });
    open = [];
  }
  const last = open.at(-1);
  if (last) sections.push({ lines: open, authors: [], endsInByline: false, lastRow: last.row });
  return sections;
}

/** The lines without the byline they end in: at the last line's end, alone on it, or begun on the line before. */
function endInByline(lines: readonly Line[]): Pick<Section, "lines" | "authors"> | undefined {
  const [before, line] = [lines.at(-2), lines.at(-1)!];
  const whole = readByline(line.text);
  if (whole && (whole.text !== "" || (before && endsSentence(before.text)))) {
    return { lines: replaceEnd(lines, 1, whole.text), authors: whole.authors };
  }
  const isTail = before && /^[^（(]{0,20}[）)]$/u.test(line.text) && /[（(][^）)]{0,20}$/u.test(before.text);
  const read = isTail ? readByline(`${before.text}\n${line.text}`) : undefined;
  const above = lines.at(-3);
  const cut = read && (read.text !== "" || (above && endsSentence(above.text))) ? read : undefined;
  return cut && { lines: replaceEnd(lines, 2, cut.text), authors: cut.authors };
}

function replaceEnd(lines: readonly Line[], count: number, text: string): Line[] {
  const { row, blankBefore } = lines.at(-count)!;
  return [...lines.slice(0, -count), ...(text === "" ? [] : [measureLine(text, row, blankBefore)])];
}
