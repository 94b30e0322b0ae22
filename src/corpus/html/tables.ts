import { type HtmlElement, type HtmlNode, isElement } from "./parse.ts";

/** A cell that holds more is part of a page's layout. */
const MAX_CELL_CHARS = 200;

/**
 * The rows of a table of data, cells joined by " | "; undefined for a table that only lays a page out: one that holds
 * another, has one column, or holds running text.
 */
export function readRows(table: HtmlElement, readLine: (cell: HtmlNode) => string): string[] | undefined {
  if (table.querySelector("table, h1, h2, h3")) return undefined;
  const rows = rowsOf(table).map((row) =>
    [...row.childNodes].filter(isElement).filter(({ localName }) => /^t[dh]$/.test(localName)),
  );
  const cells = rows.flat();
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2 || cells.some((cell) => cell.textContent.trim().length > MAX_CELL_CHARS)) return undefined;
  const lines = rows
    .map((row) => row.map(readLine))
    .filter((row) => row.some((cell) => cell !== ""))
    .map((row) => row.join(" | "));
  const caption = table.querySelector("caption");
  return caption ? [readLine(caption), ...lines] : lines;
}

function rowsOf(parent: HtmlElement): HtmlElement[] {
  return [...parent.childNodes]
    .filter(isElement)
    .flatMap((child) =>
      child.localName === "tr" ? [child] : /^t(?:head|body|foot)$/.test(child.localName) ? rowsOf(child) : [],
    );
}
