import { unknownWordCost, wordCost } from "../analysis/words.ts";
import type { CompactText } from "./compact-text.ts";
import { canFollow, IMPOSSIBLE, type MarkReading, markReader } from "./mark-costs.ts";
import { describe } from "./mismapped-marks.ts";

/*
 * Every character that stands for a mark is an ordinary character as well, so reading the text is a search for the
 * cheapest way through it: as words of the dictionary, each at its surprise (-ln of its frequency), or, inside a
 * damaged stretch, as marks. A stretch costs something to enter, more where no sentence begins; real marks inside it
 * speak against it; and the first stretch of a text costs most, so that only a text with clear damage somewhere is
 * read with suspicion. All costs are in nats.
 */
const DAMAGED_TEXT = 12;
const ENTER_AT_SENTENCE = 2;
/** A headline may stand before a line, or only the wrap of a column. */
const ENTER_AT_LINE = 4;
const ENTER_IN_SENTENCE = 8;
const REAL_MARK_IN_STRETCH = 3;
const MAX_WORD_CHARS = 8;

/** One step of the cheapest way to a place, and the marks it read there. */
interface Step {
  readonly cost: number;
  readonly before?: Step;
  readonly marks?: readonly MarkReading[];
}

/** The marks on the cheapest way through the text; none when reading it as clean is nearly as cheap. */
export function findMarks(page: CompactText): MarkReading[] {
  const length = page.text.length;
  const marksAt = markReader(page);
  const clean: Step[] = [{ cost: 0 }];
  const damaged: Step[] = [];
  const undamaged: number[] = [0];
  const relax = (steps: Step[], to: number, step: Step) => {
    if (step.cost < (steps[to]?.cost ?? Number.POSITIVE_INFINITY)) steps[to] = step;
  };
  for (let at = 0; at < length; at++) {
    relax(damaged, at, { ...clean[at]!, cost: clean[at]!.cost + enterCost(page, at) });
    relax(clean, at, damaged[at]!);
    const [outside, inside] = [clean[at]!, damaged[at]!];
    for (const { end, cost } of wordsAt(page.text, at)) {
      undamaged[end] = Math.min(undamaged[end] ?? Number.POSITIVE_INFINITY, undamaged[at]! + cost);
      relax(clean, end, { cost: outside.cost + cost, before: outside });
      const real = end === at + 1 && describe(page.text[at]!) ? REAL_MARK_IN_STRETCH : 0;
      relax(damaged, end, { cost: inside.cost + cost + real, before: inside });
    }
    for (const { cost, marks } of marksAt(at)) {
      const previous = inside.marks?.at(-1)?.mark;
      const clash = previous && !canFollow(previous, marks[0]!.mark) ? IMPOSSIBLE : 0;
      relax(damaged, at + marks.length, { cost: inside.cost + cost + clash, before: inside, marks });
    }
  }
  relax(clean, length, damaged[length]!);
  if (undamaged[length]! - clean[length]!.cost < DAMAGED_TEXT) return [];

  const readings: MarkReading[] = [];
  for (let step: Step | undefined = clean[length]; step; step = step.before) {
    readings.push(...(step.marks ?? []).toReversed());
  }
  return readings.reverse();
}

function enterCost({ text, lineEnds }: CompactText, at: number): number {
  if (at === 0 || "。！？".includes(text[at - 1]!)) return ENTER_AT_SENTENCE;
  return lineEnds.has(at - 1) ? ENTER_AT_LINE : ENTER_IN_SENTENCE;
}

/** The dictionary's words that begin here, and the bare character. */
function* wordsAt(text: string, at: number): Generator<{ end: number; cost: number }> {
  if (!/\p{Script=Han}/u.test(text[at]!)) {
    yield { end: at + 1, cost: 0 };
    return;
  }
  yield { end: at + 1, cost: wordCost(text[at]!) ?? unknownWordCost() };
  for (let end = at + 2; end <= Math.min(at + MAX_WORD_CHARS, text.length); end++) {
    const cost = wordCost(text.slice(at, end));
    if (cost !== undefined) yield { end, cost };
  }
}
