import { isWord } from "../analysis/words.ts";
import { compactText } from "./compact-text.ts";
import { findMarks } from "./damaged-stretches.ts";
import { MAX_PAIR_CHARS, type MarkReading } from "./mark-costs.ts";
import { describe, type Mark, MISMAPPED } from "./mismapped-marks.ts";

export interface Repair {
  /** Where the character stood in the text as it came, in UTF-16 units. */
  readonly offset: number;
  readonly from: string;
  readonly to: string;
  /** The dictionary's word that the character and its neighbours may be as well, where they may. */
  readonly word?: string;
}

export interface Repaired {
  readonly text: string;
  readonly repairs: readonly Repair[];
}

/**
 * Marks restored where a font mis-mapped them, and the spaces gone that the extractor left beside them; a clean text
 * comes out unchanged to the letter.
 */
export function repairPunctuation(text: string): Repaired {
  const page = compactText(text);
  if (!page.offsets.some((offset) => MISMAPPED.has(text[offset]!))) return { text, repairs: [] };
  const repairs = keepPaired(page.text, findMarks(page)).map(({ at, mark }) => {
    const word = wordAround(page.text, at);
    const repair = { offset: page.offsets[at]!, from: page.text[at]!, to: mark.mark };
    return word === undefined ? repair : { ...repair, word };
  });
  return { text: apply(text, repairs), repairs };
}

const MAX_WORD_CHARS = 3;

/** The longest word of the dictionary that holds the character. */
function wordAround(text: string, at: number): string | undefined {
  for (let length = MAX_WORD_CHARS; length > 1; length--) {
    for (let start = Math.max(0, at - length + 1); start <= at; start++) {
      const word = text.slice(start, start + length);
      if (word.length === length && isWord(word)) return word;
    }
  }
  return undefined;
}

/** Takes back every half of a pair whose other half was not read as a mark. */
function keepPaired(text: string, readings: readonly MarkReading[]): MarkReading[] {
  const read = new Map(readings.map(({ at, mark }) => [at, mark]));
  const open: { at: number; mark: Mark }[] = [];
  const unpaired = new Set<number>();
  for (let at = 0; at < text.length; at++) {
    const mark = read.get(at) ?? describe(text[at]!);
    if (mark?.role === "open") open.push({ at, mark });
    if (mark?.role !== "close") continue;
    const partner = open.findLastIndex(
      (half) => half.mark.partner === mark.mark && at - half.at <= MAX_PAIR_CHARS,
    );
    if (partner < 0) unpaired.add(at);
    else open.splice(partner, 1);
  }
  for (const { at } of open) unpaired.add(at);
  return readings.filter(({ at }) => !unpaired.has(at));
}

function apply(text: string, repairs: readonly Repair[]): string {
  const units = text.split("");
  for (const { offset, to } of repairs) {
    units[offset] = to;
    if (/[0-9.]/.test(to)) continue;
    for (const step of [-1, 1]) {
      for (let at = offset + step; /[ \t\u3000]/.test(text[at] ?? ""); at += step) units[at] = "";
    }
  }
  return units.join("");
}
