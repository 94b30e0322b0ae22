/** A date as it stands in a text. */
export interface FoundDate {
  /** ISO 8601. */
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const NUMERAL = "[一二三四五六七八九十廿卅]";
const DIGIT = "[\\d０-９]";
const DAY_OF_MONTH = "\\d{1,2}(?:st|nd|rd|th)?";

/** 2025年10月30日, 2025-10-30, 二〇二五年十月三十日, 30 October 2025, October 30, 2025. */
const DATE = new RegExp(
  [
    `(?<!${DIGIT})(?<year>${DIGIT}{4})\\s{0,2}年\\s{0,2}(?<month>${DIGIT}{1,2})\\s{0,2}月\\s{0,2}(?<day>${DIGIT}{1,2})\\s{0,2}[日号號]`,
    `(?<![\\d０-９]|\\d[-/.])(?<year>${DIGIT}{4})(?<mark>[-/.－／．])(?<month>${DIGIT}{1,2})\\k<mark>(?<day>${DIGIT}{1,2})(?!${DIGIT}|[-/.]\\d)`,
    `(?<year>[一二三四五六七八九〇○零]{4})年(?<month>${NUMERAL}{1,2})月(?<day>${NUMERAL}{1,3})[日号號]`,
    `(?<![\\w.])(?<day>${DAY_OF_MONTH})\\s(?:of\\s)?(?<month>${MONTH}),?\\s(?<year>\\d{4})(?!\\d)`,
    `(?<![\\w.])(?<month>${MONTH})\\s(?<day>${DAY_OF_MONTH}),?\\s(?<year>\\d{4})(?!\\d)`,
  ]
    .map((pattern, index) => pattern.replace(/(\?<|k<)(year|month|day|mark)>/g, `$1$2${index}>`))
    .join("|"),
  "giu",
);

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DIGITS = "〇一二三四五六七八九";

/** The first full date of a text between 1900 and 2100, as ISO 8601. */
export function findDate(text: string): string | undefined {
  return locateDate(text)?.date;
}

/** As `findDate`, with its place. */
export function locateDate(text: string): FoundDate | undefined {
  for (const match of text.matchAll(DATE)) {
    const parts = new Map<string, string>();
    for (const [name, value] of Object.entries(match.groups!)) {
      if (value !== undefined) parts.set(name.slice(0, -1), value);
    }
    const date = isoDate(
      numberOf(parts.get("year")!),
      monthOf(parts.get("month")!),
      numberOf(parts.get("day")!),
    );
    if (date) return { date, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** undefined for what is no day of the calendar. */
function isoDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    year >= 1900 && year <= 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

function monthOf(text: string): number {
  const named = MONTHS.indexOf(text.slice(0, 3).toLowerCase());
  return named >= 0 ? named + 1 : numberOf(text);
}

/** 30, ３０, 30th, 三十, 二〇二五; NaN for what is no number. */
function numberOf(text: string): number {
  const plain = text.normalize("NFKC").replace(/[a-z]+$/i, "");
  if (/^\d+$/.test(plain)) return Number(plain);
  const digits = plain.replace(/[○零]/g, "〇").replace("廿", "二十").replace("卅", "三十");
  const [, tens, ones] = /^([一二三]?)十([一二三四五六七八九]?)$/u.exec(digits) ?? [];
  if (tens !== undefined)
    return 10 * (tens === "" ? 1 : DIGITS.indexOf(tens)) + (ones ? DIGITS.indexOf(ones) : 0);
  const values = [...digits].map((digit) => DIGITS.indexOf(digit));
  return values.includes(-1) ? Number.NaN : Number(values.join(""));
}
