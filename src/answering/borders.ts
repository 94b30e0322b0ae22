import { tagWords } from "../analysis/words.ts";
import type { Span } from "../types.ts";
import { readDeclaration } from "./declared.ts";
import { blankEnclosed } from "./enclosure.ts";
import type { Enumeration, Reading } from "./enumerations.ts";
import { parseNumber } from "./numerals.ts";

/** How much of what a question asks is said by a text, 0 to 1. */
export type Relevance = (text: string) => number;

/** An enumeration as it is read, and how well that reading holds. */
export interface Settled {
  readonly items: readonly Span[];
  readonly score: number;
  /** Whether marks alone decide where the items begin and end. */
  readonly isClosed: boolean;
}

export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** "n" noun, "v" verb, "p" preposition, "d" adverb, "r" pronoun or determiner, "u" particle, "c" conjunction, "m" number, "x" other. */
  readonly kind: string;
}

interface WeighedWord extends Word {
  readonly relevance: number;
}

const KINDS = ["v", "p", "u", "d", "r", "c"] as const;
/** Right after these an enumeration begins. */
const CUE =
  /^(?:包括|包含|涵盖|涉及|含有|含|有|是|为|即|如|例如|比如|诸如|分为|分成|分别|称为|叫|设|设有|通过|所属|下属|are|is|was|were|include|includes|included|including|namely|between|both|either|through|like)$/iu;
/** Right before these it ends. */
const TAIL = /^(?:等|等等|之|诸|these|etc)$/iu;

const ENGLISH_KINDS: Readonly<Record<string, RegExp>> = {
  v: /^(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|shall|should|may|might|must|said|says|say|gave|give|gives|took|take|takes|went|go|goes|came|come|comes|made|make|makes|got|get|gets|won|sold|sell|sells|built|build|held|hold|holds|kept|keep|left|led|met|paid|ran|run|runs|saw|sent|set|spent|told|began|bought|brought|offers?|needs?|wants?|includes?|contains?|\p{Ll}{2,}[^e]ed)$/u,
  p: /^(?:in|on|at|by|for|with|from|to|of|through|across|into|about|against|between|among|during|after|before|over|under|near|as|like|than|via|per|within|without|until|since|around|including)$/iu,
  d: /^(?:not|also|only|now|still|already|never|always|then|there|here|too|again|just|even|\p{L}{3,}ly)$/iu,
  r: /^(?:he|she|it|they|we|i|you|who|whom|whose|which|that|where|when|while|because|although|if|what|each|this|these|those)$/iu,
  u: /^(?:'s|’s)$/u,
  c: /^(?:and|or|but|nor)$/iu,
  a: /^(?:a|an|the|its|their|his|her|our|my|your|some|any|all|every|no)$/iu,
};

/** An enumeration whose parts are cut into words, where their borders are open. */
export interface Cut {
  readonly enumeration: Enumeration;
  /** By the part they are the words of. */
  readonly words: ReadonlyMap<Span, readonly Word[]>;
}

/** Cuts the parts whose borders are open into words. */
export function cutWords(enumeration: Enumeration): Cut {
  const open = enumeration.readings.filter(({ closedStart, closedEnd }) => !closedStart || !closedEnd);
  const words = new Map<string, readonly Word[]>();
  const byPart = new Map<Span, readonly Word[]>();
  for (const part of open.flatMap(({ parts }) => parts)) {
    const key = `${part.start}-${part.end}`;
    if (!words.has(key)) words.set(key, wordsOf(enumeration.article.text, part));
    byPart.set(part, words.get(key)!);
  }
  return { enumeration, words: byPart };
}

/** The best reading of an enumeration, or undefined where none holds together. */
export function settle({ enumeration, words }: Cut, relevance: Relevance): Settled | undefined {
  const { article, readings, clause, sentence } = enumeration;
  let best: Settled | undefined;
  for (const reading of readings) {
    const parts = reading.parts.map((part) =>
      (words.get(part) ?? []).map((word) => ({ ...word, relevance: relevance(word.text) })),
    );
    const isClosed = reading.closedStart && reading.closedEnd;
    if (!isClosed && parts.some(({ length }) => length === 0)) continue;
    const settled = isClosed
      ? { items: reading.parts, score: reading.parts.length / 10 }
      : settleReading(article.text, reading, parts, clause);
    if (settled === undefined) continue;
    const { items } = settled;
    const declaration = readDeclaration(
      article.text.slice(sentence.start, items[0]!.start),
      items.length,
      false,
    );
    const score = settled.score + (declaration?.count === items.length ? 2 : 0);
    if (best === undefined || score > best.score) best = { items, score, isClosed };
  }
  return best;
}

function settleReading(
  text: string,
  reading: Reading,
  parts: readonly (readonly WeighedWord[])[],
  clause: Span,
): Omit<Settled, "isClosed"> | undefined {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  const middle = parts.slice(1, -1).map(shapeOf);
  const isLatin = !/\p{Script=Han}/u.test(text.slice(clause.start, clause.end));
  const isAfterColon = scoreStart(first, 0, text, clause, parts.length) === 3.5;
  let best: { score: number; from: number; to: number } | undefined;
  const starts = reading.closedStart ? [0] : first.map((_, i) => i);
  const ends = reading.closedEnd ? [last.length] : last.map((_, i) => i + 1);
  for (const from of starts) {
    if (first.at(-1)!.end - first[from]!.start > MAX_PART) continue;
    const head = shapeOf(first.slice(from));
    const before = reading.closedStart ? 0 : scoreStart(first, from, text, clause, parts.length);
    const beside = text.slice(clause.start, first[from]!.start);
    const isCounted =
      /[,，]\s*$/u.test(beside) && readDeclaration(beside, parts.length, false)?.count === parts.length;
    // For reaching to the end of the clause.
    const bonus = isAfterColon || isCounted ? 6 : before >= 2.5 || isLatin ? 3 : 1.5;
    for (const to of ends) {
      if (last[to - 1]!.end - last[0]!.start > MAX_PART) break;
      const foot = shapeOf(last.slice(0, to));
      const after = reading.closedEnd ? 0 : scoreEnd(last, to, text, parts.length, bonus);
      const score = before + after + scoreLikeness([head, ...middle, foot]);
      if (best === undefined || score > best.score) best = { score, from, to };
    }
  }
  if (best === undefined) return undefined;
  const items = reading.parts.map((part, i) => ({
    start: i === 0 && !reading.closedStart ? first[best.from]!.start : part.start,
    end: i === parts.length - 1 && !reading.closedEnd ? last[best.to - 1]!.end : part.end,
  }));
  return { items, score: best.score };
}

/** What follows may be anything that was said. */
const SPEECH = /(?:[说问答笑喊写]道|说|表示|介绍|指出|强调|认为|称|\bsaid|\bsays)[^，。,.]{0,4}[：:]\s*$/u;
const MAX_PART = 80;

interface Shape {
  readonly length: number;
  readonly first: Word;
  readonly last: Word;
  readonly counts: readonly number[];
  readonly relevance: number;
}

function shapeOf(words: readonly WeighedWord[]): Shape {
  const first = words[0]!;
  const last = words.at(-1)!;
  return {
    length: last.end - first.start,
    first,
    last,
    counts: KINDS.map((kind) => words.filter((word) => word.kind === kind).length),
    relevance: Math.max(...words.map((word) => word.relevance)),
  };
}

/** Items are alike: in length, in how they begin and end, in what they hold. */
function scoreLikeness(shapes: readonly Shape[]): number {
  const logs = shapes.map(({ length }) => Math.log(length + 1));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const spread = logs.reduce((sum, log) => sum + Math.abs(log - mean), 0) / logs.length;
  let score = -3 * spread;
  const ends = [shapes[0]!, shapes.at(-1)!];
  for (const end of ends) {
    const others = shapes.filter((shape) => shape !== end);
    const share = (isLike: (other: Shape) => boolean) => others.filter(isLike).length / others.length;
    score += share((other) => other.first.kind === end.first.kind);
    score += 2.5 * Math.floor(share((other) => other.first.text === end.first.text));
    score += share((other) => other.last.kind === end.last.kind) * 0.7;
    score += share((other) => other.last.text.at(-1) === end.last.text.at(-1)) * 0.5;
    KINDS.forEach((_, k) => {
      const most = Math.max(...others.map(({ counts }) => counts[k]!));
      score -= 0.8 * Math.max(0, end.counts[k]! - most);
    });
    if (end.length === 1 && others.every(({ length }) => length > 1)) score -= 1.5;
    if (
      ["m", "a", "r", "c", "p"].includes(end.last.kind) &&
      others.every(({ last }) => last.kind !== end.last.kind)
    )
      score -= 1.5;
    const most = Math.max(...others.map(({ relevance }) => relevance));
    score -= 1.5 * Math.max(0, end.relevance - most - 0.1);
  }
  return score;
}

function scoreStart(
  words: readonly WeighedWord[],
  from: number,
  text: string,
  clause: Span,
  size: number,
): number {
  if (from === 0) {
    const before = text.slice(Math.max(0, words[0]!.start - 30), words[0]!.start);
    if (/(?:[：:]|——|—)\s*$/u.test(before)) return SPEECH.test(before) ? 1 : 3.5;
    return words[0]!.start === clause.start ? 1 : 0.5;
  }
  const word = words[from - 1]!;
  const next = words[from]!;
  let score = word.relevance * (word.kind === "n" ? 0.4 : 1.5);
  if (word.text === "of") return 0.3;
  if (/^[0-9]+$/u.test(word.text)) return -2;
  if (/^(?:是|为|有)$/u.test(next.text)) return -2;
  if (CUE.test(word.text))
    score += /^[a-z]/iu.test(word.text) ? (["v", "p"].includes(next.kind) ? 0 : 2.5) : 3.5;
  else if (word.kind === "p" && next.kind === "N") score += 2.5;
  else if (["v", "w", "p", "g"].includes(word.kind)) score += 1.2;
  else if (word.kind === "u") score += /^[了着过]$/u.test(word.text) ? 1.5 : 0.3;
  else if (word.kind === "m" && parseNumber(word.text.replace(/\p{Script=Han}$/u, "")) === size) score += 1;
  if (next.kind === "a") score += 1;
  if (word.kind === "a") score -= 1.5;
  return score;
}

function scoreEnd(
  words: readonly WeighedWord[],
  to: number,
  text: string,
  size: number,
  bonus: number,
): number {
  if (to === words.length) return bonus;
  const next = words[to]!;
  const rest = text.slice(words[to - 1]!.end, words.at(-1)!.end);
  const count = /^(?:等|这|共)?\s*([0-9]{1,2}|[一二三四五六七八九十两]{1,3})\s*\p{Script=Han}/u.exec(rest);
  let score = next.kind === "n" ? 0 : next.relevance;
  if (count && parseNumber(count[1]!) === size) score += 4;
  if (TAIL.test(next.text)) score += 8;
  else if (/^(?:是|为|在|被|将|已|均|都|也)$/u.test(next.text)) score += 2;
  else if (next.text === "of") score -= 1;
  else if (next.kind === "w") score -= words[to - 1]!.text.length === 1 ? 1 : -0.4;
  else if (["v", "p", "r", "a"].includes(next.kind)) score += 1.2;
  else if (next.kind === "g") score += 0.6;
  else if (next.kind === "x") score += 1;
  else if (next.kind === "d" || next.kind === "u") score += 0.8;
  return score;
}

const PIECES =
  /["“‘「『《（(【[]\ue000+["”’」』》）)】\]]|[\p{L}\p{N}\p{M}&%℃°·.+'’-]*[\p{L}\p{N}\p{M}%℃+]/gu;

function wordsOf(text: string, part: Span): Word[] {
  const slice = text.slice(part.start, part.end);
  return [...blankEnclosed(slice).matchAll(PIECES)].flatMap(({ index, 0: piece }) => {
    const own = slice.slice(index, index + piece.length);
    const start = part.start + index;
    if (piece.includes("\ue000")) return [wordOf(own, "x", start)];
    if (!/\p{Script=Han}/u.test(own)) return [wordOf(own, englishKind(own), start)];
    let at = start;
    return tagWords(own).map(({ word, tag }) => {
      at += word.length;
      return wordOf(word, chineseKind(word, tag), at - word.length);
    });
  });
}

function wordOf(text: string, kind: string, start: number): Word {
  return { start, end: start + text.length, text, kind };
}

function chineseKind(word: string, tag: string): string {
  if (/^(?:还?要|应当?|能|会|可以?|需要?|须|必须)$/u.test(word)) return "d";
  if (/^[的之]$/u.test(word)) return "u";
  // A single verb is as often a part of a name.
  if (/^(?:v|vd|vi|vg)$/u.test(tag)) return word.length > 1 || CUE.test(word) ? "v" : "w";
  if (tag === "m") return /^[0-9一二三四五六七八九十两]/u.test(word) ? "m" : "n";
  if (tag === "vn") return "g";
  if (/^[pudrcm]/u.test(tag)) return tag[0]!;
  return "n";
}

function englishKind(word: string): string {
  if (/^[0-9]/u.test(word) || parseNumber(word) !== undefined) return "m";
  return (
    Object.entries(ENGLISH_KINDS).find(([, pattern]) => pattern.test(word))?.[0] ??
    (/^\p{Lu}/u.test(word) ? "N" : "n")
  );
}
