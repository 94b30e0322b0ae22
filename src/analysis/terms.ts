import { foldForSearch } from "./fold.ts";

/** Scripts written without spaces. */
const UNSPACED =
  "\\p{Script=Han}+|[\\p{Script=Hiragana}\\p{Script=Katakana}ー]+|\\p{Script=Thai}+|\\p{Script=Khmer}+|\\p{Script=Lao}+|\\p{Script=Myanmar}+";
/** A letter of any other script. */
const LETTER = `(?:(?!${UNSPACED})[\\p{L}\\p{M}])`;
/**
 * Runs that become terms: of scripts written without spaces, numbers with their inner punctuation ("66.83",
 * "1,100"), and words of every other script.
 */
const RUNS = new RegExp(
  `(?<unspaced>${UNSPACED})|\\p{N}+(?:[.,]\\p{N}+)*|${LETTER}+(?:['’]${LETTER}+)*`,
  "gu",
);

/**
 * The 3,755 Han characters of everyday texts: level 1 of GB 2312, rows B0 to D7. Most others stand in names (of a fish,
 * a plant, a person), and are words of their own.
 */
const COMMON_HAN = new Set(
  new TextDecoder("gbk").decode(
    Uint8Array.from(
      range(0xb0, 0xd7).flatMap((first) => range(0xa1, 0xfe).flatMap((second) => [first, second])),
    ),
  ),
);

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/**
 * The terms of a text for the lexical index, in order and with repetitions: bigrams of scripts written without
 * spaces (a single character stands for itself, and a rare Han character beside its bigrams), words and numbers of
 * the others.
 */
export function extractTerms(text: string): string[] {
  const terms: string[] = [];
  for (const match of foldForSearch(text).matchAll(RUNS)) {
    if (match.groups?.unspaced === undefined) terms.push(match[0]);
    else pushBigrams([...match[0]], terms);
  }
  return terms;
}

function pushBigrams(characters: readonly string[], terms: string[]): void {
  for (const character of characters) if (characters.length === 1 || isRare(character)) terms.push(character);
  for (let i = 0; i + 1 < characters.length; i++) terms.push(characters[i]! + characters[i + 1]!);
}

const isRare = (character: string) => !COMMON_HAN.has(character) && /\p{Script=Han}/u.test(character);
