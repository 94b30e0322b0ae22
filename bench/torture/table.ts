import type { Row } from "./part.ts";

/** Rows of each part as one Markdown table. */
export function tableOf(parts: readonly (readonly [part: string, rows: readonly Row[]])[]): string {
  const lines = parts.flatMap(([part, rows]) =>
    rows.map(({ measure, value, bar = "", isMet }) => {
      const met = isMet === undefined ? "" : isMet ? "yes" : "NO";
      return `| ${part} | ${measure} | ${value} | ${bar} | ${met} |`;
    }),
  );
  return ["| part | measured | value | bar | met |", "| --- | --- | --- | --- | --- |", ...lines].join("\n");
}

export function isMissed(rows: readonly Row[]): boolean {
  return rows.some(({ isMet }) => isMet === false);
}
