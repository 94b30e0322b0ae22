import { foldForSearch } from "../analysis/fold.ts";
import { countScripts, mainScript } from "../analysis/script.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { createTokenMatcher, weightedMean } from "../retrieval/rerank.ts";
import type { TokenTable } from "../retrieval/token-table.ts";
import { isSameAmount, readAmounts } from "./amounts.ts";
import { contradicts, isNegated } from "./polarity.ts";

export interface SupportParts {
  readonly embedder: Embedder;
  readonly table: TokenTable;
}

/** Cosine of a piece that is matched as a whole, and the least weighted mean of such matches in one clause. */
const FULL_MATCH = 0.5;
const LEAST_COVERAGE = 0.65;
/** Least cosine across languages: of a name's pieces in the mean, of each piece by its weight and at most. */
const NAME_MATCH = 0.4;
const PIECE_MATCH = 0.03;
const MOST_PIECE_MATCH = 0.33;

/** What a messenger might take for a link. */
const ADDRESS = /\S+(?:\.\p{Script=Latin}{2,}|:\/\/|@)\S*/u;
const SENTENCE_END = /[。！？!?；;\n]+["”’」』]*|[.]["”’]?(?=\s|$)/u;
const CLAUSE_END =
  /[，：]|[,:](?=\s)|\s(?:and|but|while|because|although|which|who|so)\s|\s(?=without\b)|而且|但是/u;
/** Characters that mean little, and those around which order tells who did it to whom, as it always does in English. */
const FUNCTION_HAN =
  /[的了是在于由这那该它他她我们会能有共被把将为与和及也并已其此之得着过地就而或等约中位名篇座条次家项]/gu;
const ROLES = /[向给对被由把从比让]/u;

/**
 * What speaks against a sentence (Chinese or English) as a statement of a quote (the same), undefined where nothing
 * does. Each clause of it must rest on one clause of the quote. The rest of that clause's sentence and the context (the
 * question, the title) may say whom it is about, and state nothing. Strict: what cannot be verified is objected to.
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
  const quoted = splitAt(quote, SENTENCE_END).flatMap((whole) =>
    splitAt(whole, CLAUSE_END).map((clause) => ({
      clause: foldForSearch(clause),
      known: foldForSearch(`${whole}\n${context}`),
    })),
  );
  let objection: string | undefined = "nothing said";
  for (const said of splitAt(sentence, CLAUSE_END)) {
    for (const { clause, known } of quoted) {
      objection = await objectionToClause(said, clause, known, parts);
      if (objection === undefined) break;
    }
    if (objection !== undefined) break;
  }
  return objection;
}

async function objectionToClause(
  clause: string,
  quoted: string,
  known: string,
  { embedder, table }: SupportParts,
): Promise<string | undefined> {
  const said = foldForSearch(clause);
  const { amounts, rest } = readAmounts(said);
  const given = readAmounts(quoted).amounts;
  const places = amounts.map((amount) => given.findIndex((other) => isSameAmount(amount, other)));
  const unsaid = amounts.find(({ isVague }, i) => !isVague && places[i]! < 0);
  if (unsaid) return `number ${unsaid.value}${unsaid.kind}`;
  if (amounts.some(({ kind }) => isFalling(places.filter((_, i) => amounts[i]!.kind === kind))))
    return "numbers in another order";
  if (isNegated(said) !== isNegated(quoted)) return "negation";
  if (contradicts(said, quoted)) return "an opposite";

  const sharesScript = isChinese(said) === isChinese(quoted);
  const ids = embedder.tokenize(rest.replace(FUNCTION_HAN, " "));
  const pieces = embedder.pieces(ids).map((piece) => piece.trim());
  const strange = namesIn(clause).filter((name) => rest.includes(name) && !known.includes(name));
  const names = strange.map((name) => embedder.tokenize(name));
  const [own, all] = [tokensOf(quoted, embedder), tokensOf(known, embedder)];
  await table.load(ids, ...names, own, all);
  const weigh = (tokens: readonly number[]) =>
    tokens.map((id) => table.norm(id) * Math.max(0.5, embedder.surprise(id) - 5));
  const match = (tokens: readonly number[], source: readonly number[]) =>
    createTokenMatcher(tokens, table).bestMatches(source);

  const stranger = names.findIndex(
    (name) => sharesScript || weightedMean(match(name, all), weigh(name)) < NAME_MATCH,
  );
  if (stranger >= 0) return `name ${strange[stranger]}`;
  const weights = weigh(ids);
  const best = match(ids, all);
  const unmet = pieces.find(
    (piece, i) =>
      !known.includes(piece) &&
      (sharesScript || best[i]! < Math.min(MOST_PIECE_MATCH, PIECE_MATCH * weights[i]!)),
  );
  if (unmet !== undefined) return `word ${unmet}`;
  const coverage = weightedMean(
    match(ids, own).map((cosine) => Math.min(1, cosine / FULL_MATCH)),
    weights,
  );
  if (ids.length > 0 && coverage < LEAST_COVERAGE) return `coverage ${coverage.toFixed(2)}`;
  const order = pieces
    .filter((piece) => piece !== "" && quoted.split(piece).length === 2)
    .map((piece) => quoted.indexOf(piece));
  const givesRoles = !isChinese(said) || ROLES.test(said);
  return givesRoles && isFalling(order) ? "words in another order" : undefined;
}

function isFalling(places: readonly number[]): boolean {
  return places.some((place, i) => i > 0 && place < places[i - 1]!);
}

/** The words with a capital, folded; any first word has one, and is no name unless another follows. */
function namesIn(clause: string): string[] {
  return [...clause.matchAll(/(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{Script=Latin}\p{M}’'-]*/gu)]
    .filter(({ 0: word, index }) => index > 0 || /^ \p{Lu}/u.test(clause.slice(word.length)))
    .map(({ 0: word }) => foldForSearch(word.replace(/['’]s$/u, "")));
}

/** The tokens of a text, and of every one to three characters of its Chinese: other words than the tokenizer cuts. */
function tokensOf(text: string, embedder: Embedder): number[] {
  const runs = [...text.matchAll(/\p{Script=Han}/gu)].flatMap(({ index }) =>
    [1, 2, 3].map((length) => text.slice(index, index + length)),
  );
  return [text, ...runs].flatMap((part) => embedder.tokenize(part));
}

function splitAt(text: string, border: RegExp): string[] {
  return text.split(border).filter((part) => /[\p{L}\p{N}]/u.test(part));
}

function isChinese(text: string): boolean {
  return mainScript(countScripts(text)) === "han";
}
