import type { Span } from "../types.ts";

/** A number that a text names, whatever the script and the spelling. */
export interface Amount {
  readonly value: number;
  /** What it counts where that can be read: "%", "month", "hour", a currency or a measure; "" for anything else. */
  readonly kind: string;
  /** False for a lone digit that may be an article (一项, one) or part of a name (四环). */
  readonly isTelling: boolean;
  readonly span: Span;
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ..."zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    .split(" ")
    .map((word, value) => [word, value] as const),
  ..."twenty thirty forty fifty sixty seventy eighty ninety"
    .split(" ")
    .map((word, i) => [word, 20 + 10 * i] as const),
  ..."zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    .split(" ")
    .map((word, value) => [word, value] as const),
  ["twice", 2],
  ["dozen", 12],
]);
const ORDINAL = /(?:first|second|third|th)$/u;
const SCALES: ReadonlyMap<string, number> = new Map([
  ["hundred", 100],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12],
]);
const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);
const WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const HAN_WEEKDAYS = "一二三四五六日";
const HAN_DIGITS = "零一二三四五六七八九";
const HAN_SCALES: ReadonlyMap<string, number> = new Map([
  ["十", 10],
  ["百", 100],
  ["千", 1e3],
  ["万", 1e4],
  ["亿", 1e8],
]);

const WORD = `(?:${[...UNITS.keys()].join("|")})`;
const SCALE = `(?:${[...SCALES.keys()].join("|")})s?`;
const DIGITS = "[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?|[0-9]+(?:\\.[0-9]+)?";
const HAN = "(?:[零〇一二两三四五六七八九十百万亿]|千(?![瓦米克]))";
const MONTH_NAME = `(?:${MONTHS.join("|")})\\b`;
/** They may march: two of them are months only beside a day or a preposition. */
const MONTH = `(?:(?!may|march)${MONTH_NAME}|(?:may|march)\\b(?= [0-9])|(?<=[0-9](?:st|nd|rd|th)?(?: of)? |(?:in|since|until|by|of|last|next) )(?:may|march)\\b)`;
/** Numbers as they are written, in folded text; a month's name is one. */
const NUMBER = new RegExp(
  [
    `(?<month>\\b${MONTH})`,
    `(?<weekday>\\b(?:${WEEKDAYS.join("|")})\\b|(?:星期|礼拜|周)[一二三四五六日天])`,
    `(?<over>${HAN}+|[0-9]+)分之(?<under>${HAN}+(?:点${HAN}+)?|[0-9.]+)`,
    `\\b(?<count>a|one|two|three|four)[ -](?<part>third|quarter|fifth|sixth|eighth|tenth)s?\\b`,
    `(?<words>(?:(?:${DIGITS}) ?${SCALE}|\\b(?:a )?(?:${SCALE}|${WORD}))(?:(?:[ -]|(?<=hundred|thousand|million) and )(?:${WORD}|${SCALE}))*\\b)`,
    `(?<first>首)(?=[次个位届批家])`,
    `(?<han>(?:${DIGITS}|${HAN})(?:点?${HAN}|(?<=[十百千万亿])[0-9]| ?[余多几](?=[十百千万亿])|(?<=[0-9]) (?=[万亿]))*)`,
  ].join("|"),
  "gu",
);

/** What may stand after a number and say what it counts; the first that fits. */
const KINDS: readonly (readonly [kind: string, after: RegExp])[] = [
  ["%", /^ ?(?:%|percent|per cent|个?百分点)/u],
  ["usd", /^ ?(?:美元|(?:us )?dollars?\b)/u],
  ["eur", /^ ?(?:欧元|euros?\b)/u],
  ["gbp", /^ ?(?:英镑|pounds?\b)/u],
  ["jpy", /^ ?(?:日元|yen\b)/u],
  ["cny", /^ ?(?:元(?![组素件旦老首宵])|块钱|人民币|yuan\b|rmb\b)/u],
  ["month", /^ ?月(?!度)/u],
  ["day", /^ ?日/u],
  ["hour", /^ ?(?:点|时(?!间|代|期))|^ ?(?::[0-9]{2} ?)?(?:[ap]\.?m\b|o.clock)/u],
  ["kwh", /^ ?(?:度(?!假)|千瓦时|kwh\b|kilowatt.hours?\b)/u],
  ["km", /^[ -]?(?:公里|千米|km\b|kilomet(?:re|er)s?\b)/u],
  ["m", /^[ -]?(?:米(?!粉)|met(?:re|er)s?\b)/u],
  ["t", /^[ -]?(?:吨|tons?\b|tonnes?\b)/u],
  ["years", /^[ -]?(?:年(?![级度代])|years?\b(?!.old))/u],
  ["months", /^[ -]?(?:个月|months?\b)/u],
  ["weeks", /^[ -]?(?:周(?!年)|个?星期(?![一二三四五六日天])|weeks?\b)/u],
  ["days", /^[ -]?(?:天|days?\b)/u],
  ["hours", /^[ -]?(?:个?小时|hours?\b)/u],
  ["minutes", /^[ -]?(?:分钟|minutes?\b)/u],
];
/** What may follow a Chinese number that counts. */
const COUNTER =
  /^(?:$|[^\p{L}]|[名位人个条项次场部届季级度天年周岁倍成张座辆台件种类家所室层楼户组批轮步双支艘架枚棵篇幅句章号路]|期(?!待)|方面|千|百)/u;
const SIGNS: Readonly<Record<string, string>> = { $: "usd", "€": "eur", "£": "gbp", "¥": "cny" };

/** The numbers of a folded text (`foldForSearch`) in Chinese or English, in order. */
export function readAmounts(text: string): Amount[] {
  const amounts: Amount[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const { month, weekday, over, under, count, part, first, han, words } = match.groups!;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    const add = (value: number, kind: string, isTelling = true, unit = "") => {
      const span = { start: match.index, end: match.index + match[0].length + unit.length };
      amounts.push({ value, kind, isTelling, span });
    };
    if (month !== undefined) add(MONTHS.indexOf(month) + 1, "month");
    else if (weekday !== undefined) {
      const han = HAN_WEEKDAYS.indexOf(weekday.at(-1)!.replace("天", "日"));
      add((han < 0 ? WEEKDAYS.indexOf(weekday) : han) + 1, "weekday");
    } else if (under !== undefined && over === "百") add(parseHan(under), "%");
    else if (under !== undefined) add(parseHan(under) / parseHan(over!), "part");
    else if (first !== undefined) add(1, "ordinal");
    else if (part !== undefined)
      add((UNITS.get(count!) ?? 1) / (part === "quarter" ? 4 : UNITS.get(part)!), "part");
    else {
      const value = han === undefined ? parseWords(words!) : parseHan(han);
      const [kind, unit] = kindOf(match[0], value, before, after);
      const isTelling = kind !== "" || counts(match[0], after);
      add(kind === "hour" ? hourOf(value, before, after) : value, kind, isTelling, unit);
    }
  }
  return amounts;
}

function kindOf(
  text: string,
  value: number,
  before: string,
  after: string,
): readonly [kind: string, unit: string] {
  const sign = SIGNS[before.trimEnd().at(-1) ?? ""];
  if (sign !== undefined) return [sign, ""];
  const byMonth =
    value <= 31 &&
    (new RegExp(`\\b${MONTH_NAME} $`, "u").test(before) ||
      new RegExp(`^(?:st|nd|rd|th)?(?: of)? ${MONTH_NAME}`, "u").test(after));
  if (byMonth || (/月 ?$/u.test(before) && after.startsWith("号"))) return ["day", ""];
  const isUncounted = !KINDS.some(([, pattern]) => pattern.test(after));
  const isYear =
    value >= 1000 && value <= 2100 && (after.startsWith("年") || (/^[0-9]{4}$/.test(text) && isUncounted));
  if (isYear) return ["year", ""];
  for (const [kind, pattern] of KINDS) {
    const unit = pattern.exec(after)?.[0];
    if (unit !== undefined) return [kind, unit];
  }
  if (/[第首]$/u.test(before) || /^(?:st|nd|rd|th)\b/u.test(after) || ORDINAL.test(text))
    return ["ordinal", ""];
  return ["", ""];
}

/** A lone digit may be an article (一项, one) or part of a name (四环, 三峡, 四分卫). */
function counts(numeral: string, after: string): boolean {
  if (/^(?:一|one)$/.test(numeral)) return /^[名位人]/u.test(after);
  return !/^[二两三四五六七八九十]$/.test(numeral) || COUNTER.test(after);
}

/** Of 24, where the text says which half of the day. */
function hourOf(value: number, before: string, after: string): number {
  const isLate = /(?:下午|晚上?|傍晚)$/u.test(before) || /^ ?(?::[0-9]{2} ?)?p/u.test(after);
  return isLate && value < 12 ? value + 12 : value;
}

function parseWords(text: string): number {
  let total = 0;
  let current = 0;
  for (const word of text.split(/[ -]|(?<=[0-9])(?=[a-z])/u)) {
    const scale = SCALES.get(word) ?? SCALES.get(word.replace(/s$/, ""));
    if (scale !== undefined) {
      current = (current || 1) * scale;
      if (scale > 100) {
        total += current;
        current = 0;
      }
    } else if (/^[0-9]/.test(word)) current += Number(word.replaceAll(",", ""));
    else if (word === "dozen") current = (current || 1) * 12;
    else current += UNITS.get(word) ?? 0;
  }
  return total + current;
}

/** 二〇二三, 一千一百, 1100余万, 2万4千, 六点一二. */
function parseHan(text: string): number {
  const plain = text
    .replace(/[余多几,]/gu, "")
    .replaceAll("〇", "零")
    .replaceAll("两", "二");
  const numeral = plain
    .replace(/[零一二三四五六七八九]/gu, (digit) => String(HAN_DIGITS.indexOf(digit)))
    .replace("点", ".");
  let total = 0;
  let section = 0;
  let current: number | undefined;
  for (const [piece] of numeral.matchAll(/[0-9.]+|[十百千万亿]/gu)) {
    const scale = HAN_SCALES.get(piece);
    if (scale === undefined) current = Number(piece);
    else if (scale < 1e4) {
      section += (current ?? 1) * scale;
      current = undefined;
    } else {
      const counted = section + (current ?? 0);
      total = scale === 1e8 ? (total + counted || 1) * scale : total + (counted || 1) * scale;
      section = 0;
      current = undefined;
    }
  }
  return total + section + (current ?? 0);
}

/** Whether two numbers say the same; a year or an ordinal may stand without what makes it one. */
export function isSameAmount(a: Amount, b: Amount): boolean {
  const isLoose = [a, b].every(({ kind }) => kind === "" || kind === "year" || kind === "ordinal");
  const isSameKind = a.kind === b.kind || (isLoose && (a.kind === "" || b.kind === ""));
  return isSameKind && Math.abs(a.value - b.value) <= 1e-9 * Math.abs(b.value);
}

/** Dates, and what is counted through: they may stand in any order. */
export function isDate({ kind }: Pick<Amount, "kind">): boolean {
  return ["month", "day", "year", "ordinal", "weekday"].includes(kind);
}

/** A folded text with blanks in place of its numbers and their units. */
export function withoutAmounts(text: string): string {
  let rest = text;
  for (const { span } of readAmounts(text))
    rest = rest.slice(0, span.start) + " ".repeat(span.end - span.start) + rest.slice(span.end);
  return rest;
}
