import { foldForSearch } from "../analysis/fold.ts";
import { countScripts, mainScript } from "../analysis/script.ts";
import { createTokenMatcher, weightedMean } from "../retrieval/rerank.ts";
import { objectionToClauses, splitAt } from "./clauses.ts";
import { altersCopy, readNames, swapsNames, swapsRoles } from "./names.ts";
import { isDate, isSameAmount, readAmounts, withoutAmounts } from "./numbers.ts";
import { contentPieces, type SupportParts, shortRuns, weigh } from "./pieces.ts";
import { contradicts, withoutAgreed } from "./polarity.ts";

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
/** Lighter pieces say nothing about the order, and are no names. */
const LEAST_WEIGHT = 5;

/** What a messenger might take for a link. */
const ADDRESS = /\S+(?:\.\p{Script=Latin}{2,}|:\/\/|@)\S*/u;
/** Ends of what stands for itself: a sentence rests on one such part of a quote. */
const SEGMENT_END = /[。！？!?；;\n]+["”’」』]*|[.]["”’]?(?=\s|$)/u;

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
    (isHan && sharesScript && swapsRoles(said, quoted) ? "roles in another order" : undefined) ??
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
  if (sharesScript && reversesOrder(pieces, quoted, parts)) return "words in reversed order";
  return objectionToClauses(sentence, segment, parts);
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
    if (isDate({ kind })) continue;
    const left = given.map((other, place) => ({ other, place }));
    const places = stated.flatMap((amount) => {
      const at = amount.kind === kind ? left.findIndex(({ other }) => isSameAmount(amount, other)) : -1;
      return at < 0 ? [] : left.splice(at, 1).map(({ place }) => place);
    });
    if (places.some((place, i) => i > 0 && place < places[i - 1]!)) return "numbers in another order";
  }
  return undefined;
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

function isChinese(text: string): boolean {
  return mainScript(countScripts(text)) === "han";
}
