import { foldForSearch } from "../analysis/fold.ts";
import { readChinese } from "./chinese.ts";
import { readEnglish } from "./english.ts";

/**
 * What a question lacks, as far as its words say:
 * - "pointing" at what was spoken of: 那家公司在哪里, "who built it?";
 * - "asking" without naming anything: 为什么, "where?";
 * - "naming" without asking: 那2024年呢, "what about gas?";
 * - "unsaid" of what, though it belongs to something: 冠军是谁, 票价多少;
 * - "bare" of any name, so that it may stand on its own or not: 什么时候投产, "when does construction begin?";
 * - "complete": nothing.
 */
export type Lack = "pointing" | "asking" | "naming" | "unsaid" | "bare" | "complete";

/** A question as a dialogue reads it; its parts are folded for search. */
export interface Reading {
  readonly lack: Lack;
  /** Without the words that link it to what was said before, and without those that point there. */
  readonly rest: string;
  /** What it asks of: `rest` without the words that ask. */
  readonly subject: string;
  /** The things and times it speaks of, in order: runs of words in `rest`. */
  readonly things: readonly string[];
  /** Words of which an article that answers it has some. */
  readonly words: readonly string[];
}

export function readQuestion(question: string): Reading {
  // In English a capital tells a name.
  return /\p{Script=Han}/u.test(question) ? readChinese(foldForSearch(question)) : readEnglish(question);
}
