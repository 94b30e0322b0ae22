import { foldForComparison } from "../analysis/fold.ts";
import type { Answer } from "../types.ts";

/** The list that a question asks for, as far as the articles give it. */
export interface GoldList {
  /** In order, verbatim, without marker and closing punctuation. */
  readonly items: readonly string[];
  /** The number the text gives; null where it gives none. */
  readonly declared: number | null;
  /** Whether `items` are all there are. */
  readonly complete: boolean;
}

export interface ListVerdict {
  /** Exactly the gold's items, in order. */
  readonly items: boolean;
  /** Whether all are there, and how many there should be, is said as the gold says it. */
  readonly completeness: boolean;
  /** A part is passed off as the whole: a list that calls itself complete and is not, or quotes of some items without a list. */
  readonly silentlyIncomplete: boolean;
}

/** Is the list given, whole, and is what is missing said? Width, case, script and white space do not matter. */
export function judgeList(answer: Answer, gold: GoldList): ListVerdict {
  if (answer.kind === "not-found") return { items: false, completeness: false, silentlyIncomplete: false };
  const wanted = gold.items.map(foldForComparison);
  const { list } = answer;
  if (list === undefined) {
    const quotes = answer.quotes.map(({ text }) => foldForComparison(text));
    const held = wanted.filter((item) => quotes.some((quote) => quote.includes(item)));
    const silentlyIncomplete = held.length > 0 && held.length < wanted.length;
    return { items: false, completeness: false, silentlyIncomplete };
  }
  const given = list.items.map(foldForComparison);
  const holdsAll = wanted.every((item) => given.some((other) => other.includes(item)));
  return {
    items: given.length === wanted.length && given.every((item, i) => item === wanted[i]),
    completeness: list.declared === gold.declared && list.complete === gold.complete,
    silentlyIncomplete: list.complete && !(gold.complete && holdsAll),
  };
}
