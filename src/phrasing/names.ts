import { foldForSearch } from "../analysis/fold.ts";
import { withoutAmounts } from "./numbers.ts";
import { findReading } from "./pinyin.ts";

/** A Latin name of a sentence that its source knows, as it stands or as the reading of Chinese characters. */
interface KnownName {
  readonly text: string;
  /** Where it stands in the sentence and in the source. */
  readonly own: number;
  readonly place: number;
}

export interface Names {
  readonly known: readonly KnownName[];
  /** Folded; a vector may still tell that "Changchun" is 长春. */
  readonly unknown: readonly string[];
}

/** English words after which what is named second may stand first in the source: "the studio of Liu Zhenli". */
const LOOSE =
  /\b(?:of|in|at|on|from|by|during|between|because|when|after|before|for|with|to|under|through) (?:the )?$/;
/** Characters that mean little: one in place of another is no other name. */
export const FUNCTION_HAN =
  /[的了是在于由这那该它他她我们会能有共被把将为与和及也并已其此之得着过地就而或等约中个位名篇座条次家项]/gu;

/** The words with a capital of a sentence, by whether its source (folded) knows them. */
export function readNames(sentence: string, source: string): Names {
  const rest = withoutAmounts(foldForSearch(sentence));
  const words = [
    ...sentence.matchAll(/(?<![\p{L}\p{M}\p{N}])\p{Script=Latin}[\p{Script=Latin}\p{M}'’-]*/gu),
  ].map(({ 0: text, index }) => ({
    word: text.replace(/['’]s$/u, ""),
    start: index,
    end: index + text.length,
  }));
  const isCapital = (at: number) => /^\p{Lu}/u.test(words[at]?.word ?? "");
  const joinsNext = (at: number) =>
    isCapital(at) && isCapital(at + 1) && words[at + 1]!.start === words[at]!.end + 1;
  const known: KnownName[] = [];
  const unknown: string[] = [];
  words.forEach(({ word, start: own }, at) => {
    const text = foldForSearch(word);
    // Months are numbers.
    if (!isCapital(at) || !rest.includes(text)) return;
    const letters = text.replace(/[^\p{L}]/gu, ".");
    const verbatim = source.search(new RegExp(`(?<!\\p{L})${letters}(?!\\p{L})`, "u"));
    const forms = [
      word,
      joinsNext(at - 1) ? words[at - 1]!.word + word : "",
      joinsNext(at) ? word + words[at + 1]!.word : "",
    ];
    const place = verbatim >= 0 ? verbatim : Math.max(...forms.map((form) => findReading(form, source)));
    if (place >= 0) known.push({ text, own, place });
    // Any first word has a capital.
    else if (own > 0 || joinsNext(at)) unknown.push(text);
  });
  return { known, unknown };
}

/** Whether two names have changed places: "Shanghai beat Shandong" of 山东队战胜上海队. */
export function swapsNames({ known }: Names, sentence: string, quoted: string): boolean {
  const isEnglish = /^\P{Script=Han}*$/u.test(sentence);
  const once = known.filter(
    ({ text, place }) => place < quoted.length && known.filter((other) => other.text === text).length === 1,
  );
  return once.some((first) =>
    once.some((second) => {
      if (first.own >= second.own || second.place >= first.place) return false;
      const before = isEnglish ? sentence.slice(0, second.own) : quoted.slice(0, first.place);
      return !LOOSE.test(before);
    }),
  );
}

/** Whether one character of a stretch that is else copied is another: 刘振力 of 刘振利. Both texts folded. */
export function altersCopy(said: string, quoted: string): boolean {
  const characters = [...said];
  const slice = (start: number, end: number) => characters.slice(start, end).join("");
  return characters.some((character, i) =>
    [1, 2].some((left) => {
      const right = 3 - left;
      if (!isTelling(character) || i < left || i + right >= characters.length) return false;
      const [before, after] = [slice(i - left, i), slice(i + 1, i + 1 + right)];
      if (quoted.includes(before + character + after)) return false;
      for (let at = quoted.indexOf(before); at >= 0; at = quoted.indexOf(before, at + 1)) {
        const [other = "", ...next] = [...quoted.slice(at + before.length, at + before.length + 2 + right)];
        if (isTelling(other) && next.join("").startsWith(after)) return true;
      }
      return false;
    }),
  );
}

/** Whether what stands around a word that gives roles has changed sides: 母校向陈国华 of 陈国华向母校. Both texts folded. */
export function swapsRoles(said: string, quoted: string): boolean {
  return [...said.matchAll(/(?<=(..))[向给对被由把从比](?=(..))/gu)].some(({ 0: role, 1: left, 2: right }) =>
    [...quoted.matchAll(new RegExp(role, "gu"))].some(({ index }) => {
      const [before, after] = [quoted.slice(0, index), quoted.slice(index + 1)];
      return before.includes(right!) && after.includes(left!) && !before.includes(left!);
    }),
  );
}

function isTelling(character: string): boolean {
  return (
    /\p{Script=Han}/u.test(character) && !/[余多达]/u.test(character) && character.search(FUNCTION_HAN) < 0
  );
}
