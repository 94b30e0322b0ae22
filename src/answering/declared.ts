import { parseNumber } from "./numerals.ts";

const HAN = "[一二三四五六七八九十]";
const NUMERAL = `(?<![第前后首头0-9.一二三四五六七八九十百千万])(?<n>[0-9]{1,2}|[一二两兩三四五六七八九十]{1,3})(?![0-9.一二三四五六七八九十百千万])`;
/** Nouns that announce a list, however far away: 六个方面, 八条硬措施, 三件事. */
const LISTED = [
  "(?<!二十|十[五六七八九])大(?![约於于])|[条條项項步招措样樣]|件[大实實]?事|[处處]|[句关關](?![心於于])",
  `(?<=有${HAN}{1,3})[个個种種类類]?(?=[：:。，,；;])`,
  "(?<![日午晨晚上][0-9一二三四五六七八九十]{1,3})[点點](?![0-9半钟鐘多左])",
  "[个個种種类類]?[^，。；：！？,;:\\s]{0,4}?(?:方面|环节|環節|阶段|階段|步骤|步驟|问题|問題|要点|要點|重点|重點|特点|特點|优势|優勢|原则|原則|原因|目标|目標|任务|任務|举措|舉措|措施|要求|建议|建議|层面|層面|维度|維度|坚持|堅持|做法|关键|關鍵|一点|一點)",
].join("|");
/** Of time, money and size: never a number of items. */
const UNIT =
  "[年月日号號时時分秒岁歲元块塊角米公里吨噸斤克万千百亿億倍度%％‰级級层層楼樓届屆期次届回多余成折℃]|个月|個月|小时|小時|人次|平方|立方|英里";
const COUNTS = new RegExp(`${NUMERAL}(?:(?<listed>${LISTED})(?!次)|(?!${UNIT})(?=\\p{Script=Han}))`, "gu");
/** “三不”, “七件套”: a name that counts. */
const NAMED = new RegExp(`(?<=[“‘「『])${NUMERAL}(?=\\p{Script=Han}{1,6}[”’」』])`, "gu");
const ENGLISH_COUNTS =
  /\b(?<n>[0-9]{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -](?:\p{L}+[ -]){0,2}?(?:(?<listed>point|step|steps|measures|points|reasons|ways|aspects|things|goals|targets|rules|principles|tips|stages|phases|parts|areas|factors|priorities|requirements|tasks|conditions|types|kinds|questions|changes|proposals|items|elements|categories|actions|recommendations|risks|problems|causes|benefits|demands|promises|lessons)|\p{L}+s|people|men|women|children)\b/giu;
/** 一慢二看三通过 tells the items themselves. */
const SERIES =
  /一\p{Script=Han}{1,4}?[、，]?二\p{Script=Han}{1,4}(?:[、，]?[三四五六七八九]\p{Script=Han}{1,4})*/gu;
const SENTENCE_END = /[。！？!?\n]|[.](?=\s)/gu;

export interface Declaration {
  readonly count: number;
  /** The counted noun with what follows it in its clause: 条硬措施, "hard measures for safety". */
  readonly name: string;
}

/** Up to the end of the clause or of the quotation. */
const NAME = /^[^，。；：！？、”’」』》,;:!?\n]{0,24}/u;

/**
 * How many items a list has, and of what, by what introduces it; null where that does not say. What plainly announces a
 * list counts where it fits, or where fewer were found; a number of anything else (三个小区) only where it fits and
 * stands in the sentence that goes on with the list.
 */
export function readDeclaration(text: string, found: number, elided: boolean): Declaration | null {
  const lead = text.replace(SERIES, (series) => " ".repeat(series.length));
  const lastSentence = [...lead.trimEnd().matchAll(SENTENCE_END)].findLast(
    ({ index }) => index < lead.trimEnd().length - 1,
  );
  const here = (lastSentence?.index ?? -1) + 1;
  const counts = [...lead.matchAll(COUNTS), ...lead.matchAll(NAMED), ...lead.matchAll(ENGLISH_COUNTS)]
    .map((match) => ({
      at: match.index,
      name: NAME.exec(lead.slice(match.index + match.groups!.n!.length))![0],
      count: parseNumber(match.groups!.n!) ?? 0,
      isTold: tellsItself(lead.slice(match.index), parseNumber(match.groups!.n!) ?? 0),
      isListed: match.groups!.listed !== undefined || /[“‘「『]$/u.test(lead.slice(0, match.index)),
      isNear: match.index >= here || ENDS_SENTENCE.test(lead.slice(match.index)),
    }))
    .sort((a, b) => a.at - b.at);
  const fits = ({ count }: Declaration) => !elided && count === found;
  // "97项压减到31项。重点清理三类：": the number right before the list, unless a greater one follows in its sentence.
  const greater = (among: typeof counts) =>
    among.findLast((one) =>
      fits(one) ? one.at >= here : one.isListed && one.isNear && !one.isTold && one.count >= found,
    );
  const declared =
    counts.findLast((one) => fits(one) && one.isListed) ??
    greater(counts.filter(({ at }) => at >= here)) ??
    greater(counts) ??
    counts.findLast((one) => fits(one) && one.isNear) ??
    (elided ? counts.findLast((one) => one.isListed && one.count >= found) : undefined) ??
    (elided ? counts.findLast((one) => one.isNear && one.count > found && one.count <= 12) : undefined);
  if (declared === undefined) return null;
  // "八条硬措施是哪八条？" says twice how many, and once of what.
  const same = counts.filter(({ count }) => count === declared.count);
  return same.reduce((best, one) => (one.name.length > best.name.length ? one : best), declared);
}

/** “四大工程”，即A、B、C、D。 is told in its own sentence, and announces nothing behind it. */
function tellsItself(text: string, count: number): boolean {
  const end = text.search(SENTENCE_END);
  return (
    end >= 0 && text.slice(0, end).split(/[、；;]|[，,](?=\s)|和|与|及|\band\b/u).length >= Math.max(3, count)
  );
}

/** "要过六道检验。" */
const ENDS_SENTENCE = /^[^，。；：！？,;:!?\n]{0,48}[。.]/u;

const COUNT_AFTER = new RegExp(
  `^[”’」』]?(?:等|这|這|共|[，,。.；;]?\\s*(?:以上|上述|这|這|共|合计|合計))*\\s*${NUMERAL}(?!${UNIT})(?<name>\\p{Script=Han}{1,8})`,
  "u",
);
const ENGLISH_COUNT_AFTER =
  /^[,.;]?\s*(?:these|the above|all|both|a total of|the)?\s*(?<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]{1,2}) (?<name>(?:\p{L}+ ){0,2}?\p{L}+s)\b/iu;

/** The same by what follows the list: "A、B、C三家企业", "A、B等五县", 以上四点; only more than were found where it says 等. */
export function readCountAfter(rest: string, found: number): Declaration | null {
  const match = COUNT_AFTER.exec(rest) ?? ENGLISH_COUNT_AFTER.exec(rest);
  const count = parseNumber(match?.groups?.n ?? "");
  if (count === undefined) return null;
  const mayBeMore = rest.startsWith("等");
  return count === found || (mayBeMore && count > found) ? { count, name: match!.groups!.name! } : null;
}

/** 以上四项制度, "These four points": the number of the items of a list that is over. */
export function readCountOfAbove(rest: string, found: number): Declaration | null {
  const above = /^[^。.；;]{0,24}?(?=以上|上述)|^\s*(?=这|這|these |the above )/iu.exec(rest);
  return above === null ? null : readCountAfter(rest.slice(above[0].length), found);
}
