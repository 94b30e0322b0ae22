import { foldForSearch } from "../analysis/fold.ts";
import { shareMainScript } from "../analysis/script.ts";
import type { Article, Quote } from "../types.ts";

/** Letters by which forms of a word are the same: opens, opened. */
const STEM = 4;

/**
 * Share of some folded words that an article says, 0 to 1; undefined where they are in another script, or there are
 * none. A Han word is said where two of its characters stand together.
 */
export function shareSaid(
  words: readonly string[],
  { title, text }: Pick<Article, "title" | "text">,
): number | undefined {
  if (words.length === 0 || !shareMainScript(words.join(" "), text)) return undefined;
  const folded = foldForSearch(`${title}\n${text}`);
  return words.filter((word) => partsOf(word).some((part) => folded.includes(part))).length / words.length;
}

/** Whether a quote has a Han character of the words beyond those of its title: 收费, 奖金 and 免费, 奖励. */
export function sharesCharacter(
  words: readonly string[],
  { text, title }: Pick<Quote, "text" | "title">,
): boolean {
  const [quoted, known] = [foldForSearch(text), foldForSearch(title)];
  const characters = words.join("").match(/\p{Script=Han}/gu) ?? [];
  return characters.some((character) => quoted.includes(character) && !known.includes(character));
}

function partsOf(word: string): string[] {
  if (!/\p{Script=Han}/u.test(word)) return [/^\p{L}+$/u.test(word) ? word.slice(0, STEM) : word];
  if (word.length <= 2) return [word];
  return Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2));
}
