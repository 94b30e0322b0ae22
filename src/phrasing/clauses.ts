import { foldForSearch } from "../analysis/fold.ts";
import { createTokenMatcher } from "../retrieval/rerank.ts";
import { type Amount, isDate, isSameAmount, readAmounts, withoutAmounts } from "./numbers.ts";
import { type SupportParts, weigh } from "./pieces.ts";
import { contradicts, isNegated } from "./polarity.ts";

/** What a number weighs among pieces when the clause is sought that a clause rests on; and the least share of one. */
const AMOUNT_WEIGHT = 30;
const CLAUSE_SHARE = 0.25;
const CLAUSE_END =
  /[，：]|[,:](?=\s)|\s(?:and|but|while|because|although|which|who|so)\s|\s(?=without\b)|而且|但是/u;

/**
 * What speaks against the clauses of a sentence by those of a quote: each is negated where those that it rests on are,
 * says the opposite of none, and has its numbers from where its words are.
 */
export async function objectionToClauses(
  sentence: string,
  segment: string,
  parts: SupportParts,
): Promise<string | undefined> {
  const { embedder, table } = parts;
  const clauses = splitAt(segment, CLAUSE_END).map(foldForSearch);
  const tokens = clauses.map((clause) => embedder.tokenize(clause));
  for (const clause of splitAt(sentence, CLAUSE_END).map(foldForSearch)) {
    const ids = [...new Set(embedder.tokenize(withoutAmounts(clause)))];
    await table.load([...ids, ...tokens.flat()]);
    const matcher = createTokenMatcher(ids, table);
    const amounts = readAmounts(clause);
    // What each clause of the quote meets of this one: its numbers, and its pieces where no other meets them much better.
    const rows = tokens.map((row) => matcher.bestMatches(row));
    const tops = ids.map((_, t) => Math.max(...rows.map((row) => row[t]!)));
    const met = clauses.map((other, k) => {
      const given = readAmounts(other);
      const numbers = amounts.map((amount) => given.some((one) => isSameAmount(amount, one)));
      return [...tops.map((top, t) => rows[k]![t]! >= 0.9 * top), ...numbers];
    });
    const worth = weigh(ids, parts).map((weight, t) => weight * tops[t]!);
    const [home] = restsOn(met, worth).map((k) => readAmounts(clauses[k]!));
    const strays = (amount: Amount) =>
      !isDate(amount) &&
      home!.some(({ kind }) => kind === amount.kind) &&
      !home!.some((other) => isSameAmount(amount, other));
    if (home && amounts.some(strays)) return "a number of another clause";
    const weights = [...worth, ...amounts.map(() => AMOUNT_WEIGHT)];
    const rested = restsOn(met, weights).map((k) => clauses[k]!);
    if (isNegated(clause) !== rested.some(isNegated)) return "negation";
    if (contradicts(clause, rested[0] ?? "")) return "an opposite";
  }
  return undefined;
}

/** The fewest rows, the best first, that meet the columns, as long as one adds `CLAUSE_SHARE` of the whole weight. */
function restsOn(met: readonly (readonly boolean[])[], weights: readonly number[]): number[] {
  const left = [...weights];
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const chosen: number[] = [];
  for (;;) {
    const shares = met.map((row) => left.reduce((sum, weight, t) => sum + (row[t] ? weight : 0), 0));
    const most = Math.max(...shares);
    if (most <= 0 || most < CLAUSE_SHARE * whole) return chosen;
    const best = shares.indexOf(most);
    chosen.push(best);
    met[best]!.forEach((isMet, t) => {
      if (isMet) left[t] = 0;
    });
  }
}

/** The parts between borders that say something. */
export function splitAt(text: string, border: RegExp): string[] {
  return text.split(border).filter((part) => /[\p{L}\p{N}]/u.test(part));
}
