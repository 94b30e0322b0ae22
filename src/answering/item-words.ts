import { tagWords } from "../analysis/words.ts";
import type { Span } from "../types.ts";
import { blankEnclosed } from "./enclosure.ts";
import { parseNumber } from "./numerals.ts";

/**
 * "n" noun, "N" name, "v" verb of several characters, "w" of a single one, "g" verb used as a noun, "p" preposition,
 * "d" adverb, "r" pronoun, "a" article, "u" particle, "c" conjunction, "m" number, "x" enclosed.
 */
export type WordKind = "n" | "N" | "v" | "w" | "g" | "p" | "d" | "r" | "a" | "u" | "c" | "m" | "x";

export interface Word extends Span {
  readonly text: string;
  readonly kind: WordKind;
}

/** Right after these an enumeration begins. */
export const CUE =
  /^(?:包括|包含|涵盖|涉及|含有|含|有|是|为|即|如|例如|比如|诸如|分为|分成|分别|称为|叫|设|设有|通过|所属|下属|are|is|was|were|include|includes|included|including|namely|between|both|either|through|like|particularly|especially|notably)$/iu;

const ENGLISH_KINDS: Readonly<Partial<Record<WordKind, RegExp>>> = {
  v: /^(?:bring|buy|carry|cover|create|grow|learn|offer|open|pay|provide|read|receive|send|serve|teach|visit|wear|write|recommend|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|shall|should|may|might|must|said|says|say|gave|give|gives|took|take|takes|went|go|goes|came|come|comes|made|make|makes|got|get|gets|won|sold|sell|sells|built|build|held|hold|holds|kept|keep|left|led|met|paid|ran|run|runs|saw|sent|set|spent|told|began|bought|brought|offers?|needs?|wants?|includes?|contains?|\p{Ll}{2,}[^e]ed)$/u,
  p: /^(?:in|on|at|by|for|with|from|to|of|through|across|into|about|against|between|among|during|after|before|over|under|near|as|like|than|via|per|within|without|until|since|around|including)$/iu,
  d: /^(?:not|also|only|now|still|already|never|always|then|there|here|too|again|just|even|\p{L}{3,}ly)$/iu,
  r: /^(?:he|she|it|they|we|i|you|who|whom|whose|which|that|where|when|while|because|although|if|what|each|this|these|those)$/iu,
  u: /^(?:'s|’s)$/u,
  c: /^(?:and|or|but|nor)$/iu,
  a: /^(?:a|an|the|its|their|his|her|our|my|your|some|any|all|every|no)$/iu,
};

const PIECES =
  /["“‘「『《（(【[]\ue000+["”’」』》）)】\]]|[\p{L}\p{N}\p{M}&%℃°·.+'’-]*[\p{L}\p{N}\p{M}%℃+]/gu;

/** The words of a part of a text; what is enclosed counts as one. */
export function wordsOf(text: string, part: Span): Word[] {
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

function wordOf(text: string, kind: WordKind, start: number): Word {
  return { start, end: start + text.length, text, kind };
}

function chineseKind(word: string, tag: string): WordKind {
  if (/^(?:还?要|应当?|能|会|可以?|需要?|须|必须)$/u.test(word)) return "d";
  if (/^[的之]$/u.test(word)) return "u";
  // A single verb is as often a part of a name.
  if (/^(?:v|vd|vi|vg)$/u.test(tag)) return word.length > 1 || CUE.test(word) ? "v" : "w";
  if (tag === "m") return /^[0-9一二三四五六七八九十两]/u.test(word) ? "m" : "n";
  if (tag === "vn") return "g";
  if (/^[pudrc]/u.test(tag)) return tag[0] as WordKind;
  return "n";
}

function englishKind(word: string): WordKind {
  if (/^[0-9]/u.test(word) || parseNumber(word) !== undefined) return "m";
  return (
    (Object.entries(ENGLISH_KINDS).find(([, pattern]) => pattern.test(word))?.[0] as WordKind | undefined) ??
    (/^\p{Lu}/u.test(word) ? "N" : "n")
  );
}
