import { Converter } from "opencc-js/t2cn";

const toSimplified = Converter({ from: "t", to: "cn" });

/**
 * The form of a text that is searched: compatibility forms and width (NFKC), letter case, and Traditional Chinese
 * folded to Simplified. Only for searching; what is quoted is never folded.
 */
export function foldForSearch(text: string): string {
  return toSimplified(text.normalize("NFKC")).toLowerCase();
}

/** `foldForSearch` without white space: equal for two spellings of the same words. For comparing answers. */
export function foldForComparison(text: string): string {
  return foldForSearch(text).replace(/\s+/gu, "");
}
