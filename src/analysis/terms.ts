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
 * The terms of a text for the lexical index, in order and with repetitions: bigrams of scripts written without
 * spaces (a single character stands for itself), words and numbers of the others.
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
  if (characters.length === 1) terms.push(characters[0]!);
  for (let i = 0; i + 1 < characters.length; i++) terms.push(characters[i]! + characters[i + 1]!);
}
