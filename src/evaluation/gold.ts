import { foldForComparison } from "../analysis/fold.ts";
import type { Answer } from "../types.ts";

/**
 * What a right answer holds. "any": all strings of one of the ways, in a single quote. "parts": one spelling of each
 * part, whichever quote it is in.
 */
export type Gold =
  | { readonly kind: "any"; readonly ways: readonly (readonly string[])[] }
  | { readonly kind: "parts"; readonly parts: readonly (readonly string[])[] };

export interface Verdict {
  /** The first quote answers by itself. */
  readonly first: boolean;
  /** The quotes answer. */
  readonly hit: boolean;
}

/** Does the answer hold what it should? Width, case, script and white space do not matter. */
export function judge(answer: Answer, gold: Gold): Verdict {
  const quotes = answer.kind === "answered" ? answer.quotes.map(({ text }) => foldForComparison(text)) : [];
  const first = quotes.slice(0, 1);
  switch (gold.kind) {
    case "any": {
      const ways = gold.ways.map((way) => way.map(foldForComparison));
      const answers = (quote: string) => ways.some((way) => way.every((wanted) => quote.includes(wanted)));
      return { first: first.some(answers), hit: quotes.some(answers) };
    }
    case "parts": {
      const parts = gold.parts.map((spellings) => spellings.map(foldForComparison));
      const answers = (among: readonly string[]) =>
        parts.every((part) => part.some((wanted) => among.some((quote) => quote.includes(wanted))));
      return { first: answers(first), hit: answers(quotes) };
    }
  }
}
