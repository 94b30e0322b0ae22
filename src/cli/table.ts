/** Characters that take two columns of a terminal (Unicode TR11, W and F). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Marks on the character before, and what is not seen. */
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many columns of a terminal the text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** The text, or as much of it as fits into so many columns, and "…". */
export function clip(text: string, maxColumns: number): string {
  if (columnsOf(text) <= maxColumns) return text;
  let left = maxColumns - 1;
  let kept = "";
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

/** One line a row, its cells below those of the row before. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, columnsOf(cell));
  const pad = (cell: string, i: number) => cell + " ".repeat(widths[i]! - columnsOf(cell));
  return rows.map((row) =>
    row
      .map(pad)
      .filter((_, i) => widths[i]! > 0)
      .join("  ")
      .trimEnd(),
  );
}

function widthOf(character: string): number {
  if (WITHOUT_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
