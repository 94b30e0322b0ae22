import { endsSentence, fillsColumn, type Line } from "./lines.ts";

/** Newspapers set a paragraph's first line in by two characters; extraction drops the white space, not its effect. */
export const INDENT = 2;
/** What a change of the column's width costs, on the scale on which a line that does not fit costs 2. */
const CHANGE = 4;
/** What a full-width character too many costs that squeezed marks make room for; a line set in. */
const SQUEEZE = 0.4;
const SET_IN = 0.1;

/**
 * The width of the column at each line, in full-width characters: the piecewise constant one that most lines fill,
 * with few changes. A paragraph's last line may be short, its first one set in, a line's marks squeezed.
 */
export function columnWidths(lines: readonly Line[]): number[] {
  const candidates = [...new Set(lines.flatMap(({ maxWidth }) => [maxWidth, maxWidth + INDENT]))].sort(
    (a, b) => b - a,
  );
  let costs = candidates.map(() => 0);
  const cameFrom: number[][] = [];
  lines.forEach((_, index) => {
    const cheapest = costs.indexOf(Math.min(...costs));
    cameFrom.push(costs.map((cost, candidate) => (cost > costs[cheapest]! + CHANGE ? cheapest : candidate)));
    costs = costs.map(
      (cost, candidate) =>
        Math.min(cost, costs[cheapest]! + CHANGE) + misfit(lines, index, candidates[candidate]!),
    );
  });
  let candidate = costs.indexOf(Math.min(...costs));
  const widths: number[] = [];
  for (let index = lines.length - 1; index >= 0; index--) {
    widths.unshift(candidates[candidate]!);
    candidate = cameFrom[index]![candidate]!;
  }
  return widths;
}

/** What speaks against the column being this wide at the line. */
function misfit(lines: readonly Line[], index: number, width: number): number {
  const [line, next] = [lines[index]!, lines[index + 1]];
  if (line.minWidth > width + 0.5) return 2 + (line.minWidth - width) / 4;
  const squeezed = SQUEEZE * Math.max(0, line.maxWidth - width);
  if (next === undefined) return squeezed;
  if (fillsColumn(line, next, width)) return squeezed;
  const before = lines[index - 1];
  const mayOpen = before === undefined || endsSentence(before.text);
  if (mayOpen && fillsColumn(line, next, width - INDENT) && line.minWidth <= width - INDENT + 0.5)
    return SET_IN;
  return endsSentence(line.text) ? 0 : 2;
}
