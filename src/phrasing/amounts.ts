/** A number that a text names, whatever the script and the spelling. */
interface Amount {
  readonly value: number;
  /** What it counts where that can be read ("%", "month", a currency, a measure); "" for all else, years and days too. */
  readonly kind: string;
  /** Whether it may be an article: 一项, one of them. */
  readonly isVague: boolean;
}

const numbered = (words: string, first = 0, step = 1) =>
  words.split(" ").map((word, i) => [word, first + i * step] as const);
const VALUES = new Map<string, number>([
  ...numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
  ),
  ...numbered("sixteen seventeen eighteen nineteen", 16),
  ...numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
  ...numbered("first second third fourth fifth sixth seventh eighth ninth tenth", 1),
  ["twice", 2],
]);
const SCALES = new Map<string, number>([
  ...[..."十百千万"].map((scale, i) => [scale, 10 ** (i + 1)] as const),
  ...[["亿", 1e8] as const, ["hundred", 1e2] as const, ["thousand", 1e3] as const],
  ...[["million", 1e6] as const, ["billion", 1e9] as const],
]);
const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);
const WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const HAN_DIGITS = "零一二三四五六七八九";

/** What may stand after a number and say what it counts; the first that fits. */
const KINDS: readonly (readonly [kind: string, after: RegExp])[] = [
  ["%", /^ ?(?:%|percent|per cent|个?百分点)/u],
  ["usd", /^ ?(?:美元|(?:us )?dollars?\b)/u],
  ["eur", /^ ?(?:欧元|euros?\b)/u],
  ["gbp", /^ ?(?:英镑|pounds?\b)/u],
  ["jpy", /^ ?(?:日元|yen\b)/u],
  ["cny", /^ ?(?:元|yuan\b)/u],
  ["hour", /^ ?(?:点|时(?![间代期])|[ap]\.?m\b|o.clock)/u],
  ["kwh", /^ ?(?:度(?!假)|千瓦时|kwh\b|kilowatt.hours?\b)/u],
  ["km", /^[ -]?(?:公里|千米|km\b|kilomet(?:re|er)s?\b)/u],
  ["m", /^[ -]?(?:米|met(?:re|er)s?\b)/u],
  ["t", /^[ -]?(?:吨|tons?\b|tonnes?\b)/u],
  ["month", /^ ?月/u],
  ["minutes", /^[ -]?(?:分钟|minutes?\b)/u],
  ["hours", /^[ -]?(?:个?小时|hours?\b)/u],
  ["days", /^[ -]?(?:天|days?\b)/u],
  ["weeks", /^[ -]?(?:周|个?星期|weeks?\b)/u],
  ["months", /^[ -]?(?:个月|months?\b)/u],
  ["years", /^[ -]?(?:年(?![级度代])|years?\b)/u],
  ["ordinal", /^(?:st|nd|rd|th)\b/u],
  ["", /^ ?日/u],
];
const SIGNS: Readonly<Record<string, string>> = { $: "usd", "€": "eur", "£": "gbp", "¥": "cny" };

const HAN = "[零〇一二两三四五六七八九十百万亿]|千(?![瓦米克])";
const WORD = `(?:${[...VALUES.keys(), ...SCALES.keys()].filter((word) => /[a-z]/.test(word)).join("|")})\\b`;
const NUMBER = new RegExp(
  [
    // They may march: two of the months are verbs, too.
    `\\b(?!(?:may|march)\\b(?! [0-9])(?<!(?:[0-9]|in|since|until|by|of|last|next) (?:may|march)))(?<month>${MONTHS.join("|")})\\b`,
    `(?<weekday>\\b(?:${WEEKDAYS.join("|")})\\b|(?:星期|周)[一二三四五六日天])`,
    `(?<sign>[$€£¥]?)(?<nth>第?)(?<percent>(?:百分之)?)(?<number>(?:[0-9]+(?:,[0-9]{3})*(?:\\.[0-9]+)?|${HAN}|\\b${WORD})(?:点(?=[${HAN_DIGITS}])|${HAN}|(?<=[十百千万亿])[0-9]|[余多几](?=[十百千万亿])|(?<=[a-z0-9])[ -]?(?:and )?${WORD})*)`,
    "首(?=[次个位届批家])",
  ].join("|"),
  "gu",
);

/** The numbers of a folded text (`foldForSearch`) in Chinese or English, in order, and the text without them. */
export function readAmounts(text: string): { readonly amounts: readonly Amount[]; readonly rest: string } {
  const amounts: Amount[] = [];
  let rest = "";
  let end = 0;
  const add = (value: number, kind: string, isVague = false) => amounts.push({ value, kind, isVague });
  for (const match of text.matchAll(NUMBER)) {
    const { month, weekday, sign = "", nth, percent, number } = match.groups!;
    rest += `${text.slice(end, match.index)} `;
    end = match.index + match[0].length;
    if (month !== undefined) add(MONTHS.indexOf(month) + 1, "month");
    else if (weekday !== undefined)
      add(
        Math.max(WEEKDAYS.indexOf(weekday), "一二三四五六日".indexOf(weekday.at(-1)!.replace("天", "日"))),
        "weekday",
      );
    else if (number === undefined) add(1, "ordinal");
    else {
      const after = text.slice(end);
      const value = parse(number);
      const [unit = "", pattern] = KINDS.find(([, pattern]) => pattern.test(after)) ?? [];
      end += pattern?.exec(after)?.[0].length ?? 0;
      const isOrdinal = nth !== "" || /(?:first|second|third|th)$/.test(number);
      const isYear = unit === "years" && value > 1000;
      const kind = SIGNS[sign] ?? (percent ? "%" : isOrdinal ? "ordinal" : isYear ? "" : unit);
      const isArticle =
        number === "一" ? !/^[名位人]/u.test(after) : number === "one" && /^(?: of|-)/.test(after);
      add(value, kind, kind === "" && isArticle);
    }
  }
  return { amounts, rest: rest + text.slice(end) };
}

/** 二〇二三, 一千一百, 1100余万, 2万4千, 六点一二, 1.2 billion, twenty-four thousand: a scale counts what is smaller. */
function parse(text: string): number {
  const plain = text
    .replace(/[,余多几]/gu, "")
    .replace(/点/u, ".")
    .replace(/[〇零一二两三四五六七八九]/gu, (digit) =>
      String(HAN_DIGITS.indexOf({ 〇: "零", 两: "二" }[digit] ?? digit)),
    );
  const parts: number[] = [];
  for (const [token] of plain.matchAll(/[0-9.]+|[十百千万亿]|[a-z]+/gu)) {
    const scale = SCALES.get(token);
    if (scale === undefined) parts.push(VALUES.get(token) ?? (Number(token) || 0));
    else {
      let counted = 0;
      while (parts.length > 0 && parts.at(-1)! < scale) counted += parts.pop()!;
      parts.push((counted || 1) * scale);
    }
  }
  return parts.reduce((sum, part) => sum + part, 0);
}

export function isSameAmount(a: Amount, b: Amount): boolean {
  return a.kind === b.kind && Math.abs(a.value - b.value) <= 1e-9 * Math.abs(b.value);
}
