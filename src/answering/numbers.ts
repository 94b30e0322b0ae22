import { foldForSearch } from "../analysis/fold.ts";
import { parseNumber } from "./numerals.ts";

const NUMERAL = "[0-9]+|[一二三四五六七八九十]+";
/** A month, an edition or a rank: prefix, numeral, and what it is one of; of a month, the prefix is empty. */
const COUNTED = new RegExp(`(?<![0-9一二三四五六七八九十])()(${NUMERAL})(月)|(第)(${NUMERAL})([届名])`, "gu");
/** Without May, which is more often a verb. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  "january february march april - june july august september october november december"
    .split(" ")
    .map((name, i) => [name, i + 1]),
);
const YEAR = /(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])/gu;

/** The months, editions, ranks and numbers of several digits in a folded text, each once; "september" is 9月. */
export function numbersOf(text: string): string[] {
  const months = (text.match(/[a-z]+/gu) ?? []).flatMap((word) => MONTHS.get(word) ?? []);
  const numbers = text.match(/(?<![第0-9])[0-9]{2,}(?![0-9月])/gu) ?? [];
  return [...new Set([...(text.match(COUNTED) ?? []), ...months.map((month) => `${month}月`), ...numbers])];
}

/** Whether a folded text does not say a number; of a month, an edition or a rank, whether it says others only. */
export function lacksNumber(text: string, number: string): boolean {
  const match = [...number.matchAll(COUNTED)][0];
  if (match === undefined) return !text.includes(number);
  const [prefix, numeral, kind] = match.slice(1).filter((group) => group !== undefined);
  const told = [...text.matchAll(new RegExp(`${prefix}(${NUMERAL})${kind}`, "gu"))];
  return told.length > 0 && !told.some(([, other]) => parseNumber(other!) === parseNumber(numeral!));
}

function isCounted(number: string): boolean {
  return /[月届名]$/u.test(number);
}

/**
 * Whether a sentence tells of another year, month, edition or rank than the question asks for, of which its article
 * says nothing. On CMRC2018, XQuAD and our own page no quote that answers does.
 */
export function tellsOfAnother(question: string, sentence: string, article: string): boolean {
  const asked = foldForSearch(question);
  const years = asked.match(YEAR) ?? [];
  const counted = numbersOf(asked).filter(isCounted);
  if (years.length === 0 && counted.length === 0) return false;
  const [told, all] = [foldForSearch(sentence), foldForSearch(article)];
  const isOtherYear =
    years.length > 0 && told.match(YEAR) !== null && !years.some((year) => all.includes(year));
  return isOtherYear || counted.some((number) => lacksNumber(told, number) && lacksNumber(all, number));
}
