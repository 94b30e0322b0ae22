import { foldForSearch } from "../analysis/fold.ts";
import { countScripts, mainScript } from "../analysis/script.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { createTokenMatcher, weightedMean } from "../retrieval/rerank.ts";
import type { TokenTable } from "../retrieval/token-table.ts";
import { altersCopy, FUNCTION_HAN, readNames, swapsNames } from "./names.ts";
import { isSameAmount, readAmounts, withoutAmounts } from "./numbers.ts";
import { contradicts, isNegated, withoutAgreed } from "./polarity.ts";

export interface SupportParts {
  readonly embedder: Embedder;
  readonly table: TokenTable;
}

/** Of a piece that is matched as a whole, and of a name by the vectors of its pieces. */
const FULL_MATCH = 0.5;
const NAME_MATCH = 0.38;
/** Least weighted mean of the matches, each counted up to `FULL_MATCH`. */
const LEAST_COVERAGE = 0.7;
/**
 * Least cosine of each piece: across scripts by its weight (words beside the meant one, school beside hospital, come up
 * to 0.28), within one by so much a unit of weight, in Chinese and elsewhere.
 */
const CROSS_SCRIPT = [
  [12, 0.3],
  [8, 0.2],
] as const;
const HAN_BY_WEIGHT = 0.03;
const MOST_HAN = 0.75;
const LATIN_BY_WEIGHT = 0.022;
/** What a number weighs among pieces when the clause is sought that a clause rests on; and the least share of one. */
const AMOUNT_WEIGHT = 30;
const CLAUSE_SHARE = 0.25;
/** Lighter pieces say nothing about the order, and are no names. */
const LEAST_WEIGHT = 5;

/** What a messenger might take for a link. */
const ADDRESS = /\S+(?:\.\p{Script=Latin}{2,}|:\/\/|@)\S*/u;
/** Ends of what stands for itself: a sentence rests on one such part of a quote. */
const SEGMENT_END = /[。！？!?；;\n]+["”’」』]*|[.]["”’]?(?=\s|$)/u;
const CLAUSE_END = /[，：]|[,:](?=\s)|\s(?:and|but|while|because|although|which|who|so)\s|而且|但是/u;

/**
 * What speaks against a sentence (Chinese or English) as a statement of a quote (the same), undefined where nothing
 * does. Numbers, negations and opposites must agree with one part of the quote; names and words must be met by it or by
 * the context (the question, the title), which states nothing. Strict: what cannot be verified is objected to.
 */
export async function objectionTo(
  sentence: string,
  quote: string,
  context: string,
  parts: SupportParts,
): Promise<string | undefined> {
  // Whose negations are not known.
  if (/[^\p{Script=Han}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(sentence))
    return "script";
  const address = ADDRESS.exec(sentence)?.[0];
  if (address !== undefined && !quote.includes(address)) return `address ${address}`;
  let objection: string | undefined = "nothing quoted";
  for (const segment of splitAt(quote, SEGMENT_END)) {
    objection = await objectionInSegment(sentence, segment, context, parts);
    if (objection === undefined) break;
  }
  return objection;
}

async function objectionInSegment(
  sentence: string,
  segment: string,
  context: string,
  parts: SupportParts,
): Promise<string | undefined> {
  const [said, quoted] = [foldForSearch(sentence), foldForSearch(segment)];
  const known = `${quoted}\n${foldForSearch(context)}`;
  const names = readNames(sentence, known);
  const isHan = isChinese(said);
  const sharesScript = isHan === isChinese(quoted);
  const byRule =
    objectionToAmounts(said, quoted, known) ??
    (contradicts(said, quoted) ? "an opposite" : undefined) ??
    (isHan && sharesScript && altersCopy(said, quoted) ? "an altered copy" : undefined) ??
    (swapsNames(names, sentence, quoted) ? "names in another order" : undefined);
  if (byRule !== undefined) return byRule;

  const { embedder, table } = parts;
  const pieces = contentPieces(withoutAgreed(withoutAmounts(said), quoted), embedder);
  const source = [known, ...names.known.map(({ text }) => text), ...shortRuns(known)].flatMap((text) =>
    embedder.tokenize(text),
  );
  await table.load([...pieces, ...source, ...names.unknown.flatMap((name) => embedder.tokenize(name))]);
  const match = (ids: readonly number[]) => ({
    best: createTokenMatcher(ids, table).bestMatches(source),
    weights: weigh(ids, parts),
  });
  for (const name of names.unknown) {
    const { best, weights } = match(embedder.tokenize(name));
    if (Math.max(...weights) >= LEAST_WEIGHT && weightedMean(best, weights) < NAME_MATCH)
      return `name ${name}`;
  }
  const distinct = [...new Set(pieces)];
  if (distinct.length === 0) return readAmounts(said).length > 0 ? undefined : "nothing said";
  const { best, weights } = match(distinct);
  const coverage = weightedMean(
    best.map((cosine) => Math.min(1, cosine / FULL_MATCH)),
    weights,
  );
  if (coverage < LEAST_COVERAGE) return `coverage ${coverage.toFixed(2)}`;
  const unmet = embedder.pieces(distinct).find((piece, i) => {
    const weight = weights[i]!;
    if (!sharesScript) return best[i]! < (CROSS_SCRIPT.find(([least]) => weight >= least)?.[1] ?? 0);
    if (!isHan) return best[i]! < LATIN_BY_WEIGHT * weight;
    return !known.includes(piece.trim()) && best[i]! < Math.min(MOST_HAN, HAN_BY_WEIGHT * weight);
  });
  if (unmet !== undefined) return `word ${unmet.trim()}`;
  if (isHan && sharesScript && reversesOrder(pieces, quoted, parts)) return "words in reversed order";
  return objectionToPolarity(sentence, segment, parts);
}

/** Every number stands in the quote (one that is part of a name, in what is known), and those of a kind in the same order. */
function objectionToAmounts(said: string, quoted: string, known: string): string | undefined {
  const [stated, given] = [readAmounts(said), readAmounts(quoted)];
  const unsaid = stated.find((amount) => {
    const { value, isTelling, span } = amount;
    const isName = !isTelling && (value === 1 || known.includes(said.slice(span.start, span.end + 1)));
    return !isName && !given.some((other) => isSameAmount(amount, other));
  });
  if (unsaid) return `number ${unsaid.value}${unsaid.kind}`;
  for (const kind of new Set(stated.map((amount) => amount.kind))) {
    // A date may stand anywhere.
    if (["month", "day", "year", "ordinal", "weekday"].includes(kind)) continue;
    const left = given.map((other, place) => ({ other, place }));
    const places = stated.flatMap((amount) => {
      const at = amount.kind === kind ? left.findIndex(({ other }) => isSameAmount(amount, other)) : -1;
      return at < 0 ? [] : left.splice(at, 1).map(({ place }) => place);
    });
    if (places.some((place, i) => i > 0 && place < places[i - 1]!)) return "numbers in another order";
  }
  return undefined;
}

/** Each clause is negated where the clauses that it rests on are, and says the opposite of none. */
async function objectionToPolarity(
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
    const weights = [
      ...weigh(ids, parts).map((weight, t) => weight * tops[t]!),
      ...amounts.map(() => AMOUNT_WEIGHT),
    ];
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

/** Whether three words, each once in both, stand the other way round: who gave and who was given to. */
function reversesOrder(pieces: readonly number[], quoted: string, parts: SupportParts): boolean {
  const weights = weigh(pieces, parts);
  const places = parts.embedder.pieces(pieces).flatMap((piece, i) => {
    const text = piece.trim();
    const place = quoted.indexOf(text);
    const isOnce = pieces.indexOf(pieces[i]!) === pieces.lastIndexOf(pieces[i]!);
    const isTelling = weights[i]! >= LEAST_WEIGHT && place >= 0 && quoted.indexOf(text, place + 1) < 0;
    return isOnce && isTelling ? [place] : [];
  });
  return places.some((first, i) =>
    places.some((second, j) => j > i && second < first && places.some((third, k) => k > j && third < second)),
  );
}

/** What each piece counts for, as in `analyzeQuery`, but for the passages: a quote stands alone. */
function weigh(ids: readonly number[], { embedder, table }: SupportParts): number[] {
  return ids.map((id) => table.norms[table.rowOf(id)]! * Math.max(0.5, embedder.surprise(id) - 5));
}

/** The pieces of a folded text; of one that function characters have joined, what is left without them. */
function contentPieces(text: string, embedder: Embedder): number[] {
  const ids = embedder.tokenize(text);
  return embedder.pieces(ids).flatMap((piece, i) => {
    const rest = piece.replace(FUNCTION_HAN, "");
    if (rest === piece) return [ids[i]!];
    return rest.trim() === "" ? [] : embedder.tokenize(rest);
  });
}

/** Every one to three characters of Chinese: other words than the tokenizer cuts. */
function shortRuns(text: string): string[] {
  return [...text.matchAll(/\p{Script=Han}+/gu)].flatMap(([run]) => {
    const characters = [...run];
    return characters.flatMap((_, i) => [1, 2, 3].map((length) => characters.slice(i, i + length).join("")));
  });
}

function isChinese(text: string): boolean {
  return mainScript(countScripts(text)) === "han";
}

function splitAt(text: string, border: RegExp): string[] {
  return text.split(border).filter((part) => /[\p{L}\p{N}]/u.test(part));
}
