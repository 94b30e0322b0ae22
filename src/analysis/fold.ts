import characters from "opencc-js/dict/TSCharacters";
import phrases from "opencc-js/dict/TSPhrases";
import { Converter, ConverterFactory } from "opencc-js/t2cn";
import { rememberRecent } from "./remember.ts";

/** Made for the first text that needs them, which most runs of the program do not have. */
let steps: readonly ((text: string) => string)[] | undefined;

function toSimplified(text: string): string {
  steps ??= [
    // By phrases: 瞭解 becomes 了解, but 乾隆 is kept.
    Converter({ from: "t", to: "cn" }),
    // What phrases keep is folded too, as the embedded model was trained: 乾 is the same in 乾隆 and alone.
    ConverterFactory([characters]),
  ];
  return steps.reduce((before, convert) => convert(before), text);
}

/** A character that a pair of the dictionaries replaces: most texts hold none, and are spared the search for phrases. */
const REPLACED = new RegExp(`[${`${phrases}|${characters}`.split("|").flatMap(replacedIn).join("")}]`, "u");

function replacedIn(pair: string): string[] {
  const [from = [], to = []] = pair.split(" ").map((side) => [...side]);
  return from.filter((character, i) => character !== to[i]);
}

/**
 * The form of a text that is searched: compatibility forms and width (NFKC), letter case, and Traditional Chinese
 * folded to Simplified. Only for searching; what is quoted is never folded.
 */
export const foldForSearch = rememberRecent(
  (text: string): string => {
    const normal = text.normalize("NFKC");
    return (REPLACED.test(normal) ? toSimplified(normal) : normal).toLowerCase();
  },
  // A question is folded wherever it is looked at, and the passages around an answer with each that is near it.
  { max: 50_000, sizeOf: ({ length }) => length + 1 },
);

/** `foldForSearch` without white space: equal for two spellings of the same words. For comparing answers. */
export function foldForComparison(text: string): string {
  return foldForSearch(text).replace(/\s+/gu, "");
}
