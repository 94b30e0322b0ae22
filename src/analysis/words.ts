import { createRequire } from "node:module";
import { Jieba } from "@node-rs/jieba";

const require = createRequire(import.meta.url);

let dictionary: Uint8Array | undefined;
let segmenter: Jieba | undefined;
let costs: Map<string, number> | undefined;
let unknownCost = 0;
let characterCosts: Map<string, number> | undefined;

/** The package reads five megabytes on import, hence the late `require`. */
function loadDictionary(): Uint8Array {
  dictionary ??= (require("@node-rs/jieba/dict") as { dict: Uint8Array }).dict;
  return dictionary;
}

/** Words and everything between them, in order: joined they are `text` again. The first call loads the dictionary. */
export function segmentWords(text: string): string[] {
  segmenter ??= Jieba.withDict(loadDictionary());
  return segmenter.cut(text, true);
}

/** A word with its part of speech in the notation of ICTCLAS: "n", "v", "p", … */
export interface TaggedWord {
  readonly word: string;
  readonly tag: string;
}

/** The dictionary's words with their commonest part of speech, in order: joined they are `text` again. */
export function tagWords(text: string): readonly TaggedWord[] {
  segmenter ??= Jieba.withDict(loadDictionary());
  return segmenter.tag(text, false);
}

/** Whether the dictionary has exactly `text`, a single character included. */
export function isWord(text: string): boolean {
  return wordCosts().has(text);
}

/** Surprise of `text` as one word of running text, -ln of its share in the dictionary's counts; undefined for no word. */
export function wordCost(text: string): number | undefined {
  return wordCosts().get(text);
}

/** What a character costs that the dictionary does not know: as much as its rarest word. */
export function unknownWordCost(): number {
  wordCosts();
  return unknownCost;
}

/** Surprise of a Han character of running text, by the words of the dictionary that hold it. */
export function characterCost(character: string): number {
  if (!characterCosts) {
    const shares = new Map<string, number>();
    for (const [word, cost] of wordCosts()) {
      for (const part of word) shares.set(part, (shares.get(part) ?? 0) + Math.exp(-cost));
    }
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    characterCosts = new Map([...shares].map(([part, share]) => [part, Math.log(total / share)]));
  }
  return characterCosts.get(character) ?? unknownWordCost();
}

function wordCosts(): ReadonlyMap<string, number> {
  if (costs) return costs;
  costs = new Map();
  let total = 0;
  for (const line of new TextDecoder().decode(loadDictionary()).split("\n")) {
    const [word, count] = line.split(" ", 2);
    if (!word) continue;
    const occurrences = Math.max(1, Number(count));
    costs.set(word, occurrences);
    total += occurrences;
  }
  for (const [word, occurrences] of costs) costs.set(word, Math.log(total / occurrences));
  unknownCost = Math.log(total);
  return costs;
}
