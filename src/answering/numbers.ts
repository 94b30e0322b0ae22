import { foldForSearch } from "../analysis/fold.ts";
import { parseNumber } from "./numerals.ts";

const NUMERAL = "[0-9]+|[一二三四五六七八九十]+";
/** A month, an edition or a rank: its prefix, its numeral and what it is one of. */
const COUNTED = new RegExp(`(?<![0-9])()([0-9]{1,2})(月)|(第)(${NUMERAL})([届名])`, "gu");
const YEAR = /(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])/gu;

/** The months, editions, ranks and numbers of several digits in a folded text, each once. */
export function numbersOf(text: string): string[] {
  return [...new Set([...(text.match(COUNTED) ?? []), ...(text.match(/[0-9]{2,}(?!月)/gu) ?? [])])];
}

/** Whether a folded text does not say a number; of a month, an edition or a rank, whether it says others only. */
export function lacksNumber(text: string, number: string): boolean {
  const match = [...number.matchAll(COUNTED)][0];
  if (match === undefined) return !text.includes(number);
  const [prefix, numeral, kind] = match.slice(1).filter((group) => group !== undefined);
  const told = [...text.matchAll(new RegExp(`${prefix}(${NUMERAL})${kind}`, "gu"))];
  return told.length > 0 && !told.some(([, other]) => parseNumber(other!) === parseNumber(numeral!));
}

/**
 * Whether a sentence tells of another year, month, edition or rank than the question asks for, of which its article
 * says nothing. On CMRC2018, XQuAD and our own page no quote that answers does.
 */
export function tellsOfAnother(question: string, sentence: string, article: string): boolean {
  const [asked, told, all] = [question, sentence, article].map(foldForSearch) as [string, string, string];
  const years = asked.match(YEAR) ?? [];
  const isOtherYear =
    years.length > 0 && told.match(YEAR) !== null && !years.some((year) => all.includes(year));
  const counted = asked.match(COUNTED) ?? [];
  return isOtherYear || counted.some((number) => lacksNumber(told, number) && lacksNumber(all, number));
}
