/**
 * Newspaper fonts show a punctuation mark where a text extractor reads a Han character. The rule behind it: a GB2312
 * character of row A1 comes out as its neighbour in row D2, one of row A3 as its neighbour in row D4.
 */

/**
 * `clause` ends or divides; `double` is two characters long; `middle` stands between names, `numeric` between or
 * after digits.
 */
export type MarkRole = "clause" | "open" | "close" | "double" | "middle" | "numeric" | "digit";

export interface Mark {
  /** What the newspaper printed, as we write it: digits and the decimal point in ASCII. */
  readonly mark: string;
  readonly role: MarkRole;
  /** The other half of a paired mark, as printed. */
  readonly partner?: string;
}

const PAIRS = ["“”", "‘’", "（）", "《》", "〔〕", "【】"];
const SINGLE: readonly (readonly [MarkRole, string])[] = [
  ["clause", "，。、：；？！"],
  ["double", "…—"],
  ["middle", "·"],
  ["numeric", "％～－×／"],
];
const PRINTED: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ...PAIRS.flatMap(([open, close]): [string, Mark][] => [
    [open!, { mark: open!, role: "open", partner: close! }],
    [close!, { mark: close!, role: "close", partner: open! }],
  ]),
  ...SINGLE.flatMap(([role, marks]) => [...marks].map((mark): [string, Mark] => [mark, { mark, role }])),
  ...[..."０１２３４５６７８９"].map((c, digit): [string, Mark] => [
    c,
    { mark: String(digit), role: "digit" },
  ]),
  ["．", { mark: ".", role: "numeric" }],
]);

/** The mark behind a printed character, for real marks in a text. */
export function describe(printed: string): Mark | undefined {
  return PRINTED.get(printed);
}

const ROWS: readonly (readonly [printed: number, extracted: number])[] = [
  [0xa1, 0xd2],
  [0xa3, 0xd4],
];
const gb2312 = new TextDecoder("gb2312");
const decode = (row: number, cell: number) => gb2312.decode(Uint8Array.of(row, cell));

/** From the character an extractor reads to the mark that was printed. */
export const MISMAPPED: ReadonlyMap<string, Mark> = new Map(
  ROWS.flatMap(([printedRow, extractedRow]) =>
    Array.from({ length: 94 }, (_, index) => 0xa1 + index).flatMap((cell) => {
      const mark = describe(decode(printedRow, cell));
      return mark ? [[decode(extractedRow, cell), mark] as const] : [];
    }),
  ),
);

/** From a printed mark to the character an extractor reads. */
export const DISGUISES: ReadonlyMap<string, string> = new Map(
  [...MISMAPPED].map(([extracted, { mark }]) => [mark, extracted]),
);
