import { parseNumber } from "./numerals.ts";

/** What a text may announce: 六个方面, 八条硬措施, "three steps". */
const COUNTS = new RegExp(
  [
    "(?<![第0-9.])(?<n>[0-9]{1,2}|[一二两兩三四五六七八九十]{1,3})(?:",
    "(?<counted>(?<!二十|十[五六七八九])大|[条條项項步招措]|件[大实實]?事|(?<=有[一二三四五六七八九十]{1,3})(?=[：:。，,；;])|(?<![日午晨晚上][0-9一二三四五六七八九十]{1,3})[点點](?![0-9半钟鐘多左])",
    "|[个個种種类類]?[^，。；：！？,;:\\s]{0,4}?(?:方面|环节|環節|阶段|階段|步骤|步驟|问题|問題|要点|要點|重点|重點|特点|特點",
    "|优势|優勢|原则|原則|原因|目标|目標|任务|任務|举措|舉措|措施|要求|建议|建議|层面|層面|维度|維度|坚持|堅持|做法|关键|關鍵))",
    "|[个個种種类類])(?!次)",
  ].join(""),
  "gu",
);
const ENGLISH_COUNTS =
  /\b(?<n>[0-9]{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:\p{L}+[ -]){0,2}?(?:(?<counted>steps|measures|points|reasons|ways|aspects|things|goals|rules|principles|tips|stages|phases|parts|areas|factors|priorities|requirements|tasks|conditions|types|kinds|questions|changes|proposals|items|elements|categories|actions|recommendations)|\p{L}+s)\b/giu;

export interface Declaration {
  readonly count: number;
  /** The counted noun with what follows it in its clause: 条硬措施, "hard measures for safety". */
  readonly name: string;
}

/** Up to the end of the clause or of the quotation. */
const NAME = /^[^，。；：！？、”’」』》,;:!?\n]{0,24}/u;

/**
 * How many items a list has, and of what, by what introduces it; null where that does not say. A number that fits what was found is
 * preferred to a nearer one; a number of something that need not be the list (20个县) only counts where it fits.
 */
export function readDeclaration(lead: string, found: number, elided: boolean): Declaration | null {
  const counts = [...lead.matchAll(COUNTS), ...lead.matchAll(ENGLISH_COUNTS)]
    .map((match) => ({
      at: match.index,
      name: NAME.exec(lead.slice(match.index + match.groups!.n!.length))![0],
      count: parseNumber(match.groups!.n!) ?? 0,
      isOfItems: match.groups!.counted !== undefined,
    }))
    .sort((a, b) => a.at - b.at);
  const fitting = elided ? undefined : counts.findLast(({ count }) => count === found);
  const declared = fitting ?? counts.findLast(({ count, isOfItems }) => isOfItems && count >= found);
  if (declared === undefined) return null;
  // "八条硬措施是哪八条？" says twice how many, and once of what.
  const same = counts.filter(({ count }) => count === declared.count);
  return same.reduce((best, one) => (one.name.length > best.name.length ? one : best), declared);
}
