import { columnWidths, INDENT } from "./columns.ts";
import { isCut } from "./cuts.ts";
import { endsSentence, fillsColumn, type Line } from "./lines.ts";

/** As many lines of a body as show its column's width. */
const SAMPLE = 14;
/** How a report's first sentence likes to begin, and how a wire's line of origin does. */
const LEAD =
  /^(?:日前|近日|近年来|近期|今年|去年|昨日|昨天|连日来|当前|目前|随着|自|为|在|据|记者|“|\d{4} ?年|\d{1,2} ?月)/u;
const DATELINE =
  /^(?:本报|新华社|中新[网社]|人民网|央视|[^，。：“]{2,10}[讯电][（( ]|据?[^，。：“]{2,14}\d{1,2} ?[月日](?:电|讯|消息|报道)|据[^，。：“]{2,14}(?:消息|报道))/u;

/**
 * Where the body begins in lines that may open with headlines: the index at which the lines before read most like
 * headlines, and those behind like a column's text. The length of `lines` where all are headlines.
 */
export function findBodyStart(lines: readonly Line[], indented: boolean): number {
  const firstEnd = lines.findIndex((_, index) => closesParagraph(lines, index));
  if (firstEnd < 0) return lines.length;
  let best = 0;
  let bestCost = Number.POSITIVE_INFINITY;
  let headlineCosts = 0;
  for (let start = 0; start <= firstEnd; start++) {
    if (start > 0) headlineCosts += headlineCost(lines[start - 1]!);
    const cost = headlineCosts + borderCost(lines, start) + columnCost(lines, start, firstEnd, indented);
    if (cost < bestCost) {
      best = start;
      bestCost = cost;
    }
  }
  return best;
}

/** A headline may end in ！ or ？; a body's paragraph holds more than that. */
function closesParagraph(lines: readonly Line[], index: number): boolean {
  const end = lines.slice(Math.max(0, index - 2), index + 1).map(({ text }) => text);
  return endsSentence(lines[index]!.text) && /[，。]/u.test(end.join(""));
}

/** What speaks against a line being of a headline. */
function headlineCost({ text }: Line): number {
  const commas = text.match(/，/gu)?.length ?? 0;
  return 0.6 + Math.min(3, commas * 1.2) + (/[。；]/u.test(text) ? 4 : 0);
}

/** What speaks against the body beginning with this line and the headline ending before it. */
function borderCost(lines: readonly Line[], start: number): number {
  const [before, line] = [lines[start - 1], lines[start]!];
  let cost = 0;
  if (DATELINE.test(line.text)) cost -= 3;
  else if (LEAD.test(line.text)) cost -= 1.5;
  if (/^.{2,14}，/u.test(line.text)) cost -= 1;
  if (before && isCut(before.text, line.text)) cost += 3;
  return cost;
}

/** What speaks against the lines up to the first paragraph's end being full lines of one column. */
function columnCost(lines: readonly Line[], start: number, end: number, indented: boolean): number {
  const width = columnWidths(lines.slice(start, start + SAMPLE))[0]!;
  // A last line before the body that would be a full one of its column is more likely the body's own.
  const before = lines[start - 1];
  const setIn = width - (indented ? INDENT : 0);
  let cost = before && fillsColumn(before, lines[start]!, setIn) && before.maxWidth <= setIn + 1 ? 1.5 : 0;
  for (let index = start; index < end; index++) {
    const [line, next] = [lines[index]!, lines[index + 1]!];
    const isFull = fillsColumn(line, next, width);
    const isSetIn = index === start && fillsColumn(line, next, width - INDENT);
    if (index === start && isFull !== isSetIn) cost += isSetIn === indented ? 0 : 1.5;
    else if (!isFull && !isSetIn) cost += Math.min(4, 1 + Math.abs(width - line.maxWidth) / 2);
  }
  return cost;
}
