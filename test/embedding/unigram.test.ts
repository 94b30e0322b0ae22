import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createUnigram, type Piece } from "../../src/embedding/unigram.ts";

const UNKNOWN = 0;
const unknownPiece: Piece = ["[UNK]", 0];

/** Every way to cut a text into pieces, where only a character that is none itself may be unknown. */
function allCuts(text: string, vocabulary: readonly Piece[]): number[][] {
  if (text === "") return [[]];
  const [first] = text;
  const ids = [...vocabulary.keys()].filter((id) => id !== UNKNOWN && text.startsWith(vocabulary[id]![0]));
  const steps = ids.map((id) => [id, vocabulary[id]![0].length] as const);
  if (!ids.some((id) => vocabulary[id]![0] === first)) steps.push([UNKNOWN, first!.length]);
  return steps.flatMap(([id, length]) =>
    allCuts(text.slice(length), vocabulary).map((rest) => [id, ...rest]),
  );
}

describe("the unigram tokenizer", () => {
  test("takes the likeliest of all ways to cut a text, in which an unknown character costs 10 more than any piece", () => {
    const character = fc.constantFrom("矿", "山", "a", "𠮷", "👷");
    const pieces = fc.uniqueArray(
      fc.tuple(
        fc.array(character, { minLength: 1, maxLength: 3 }).map((list) => list.join("")),
        fc.integer({ min: -9, max: -1 }),
      ),
      { maxLength: 9, selector: ([text]) => text },
    );
    const text = fc.array(character, { maxLength: 7 }).map((list) => list.join(""));
    fc.assert(
      fc.property(pieces, text, (known, sentence) => {
        const vocabulary = [unknownPiece, ...known];
        const least = Math.min(0, ...known.map(([, score]) => score));
        const scoreOf = (ids: readonly number[]) =>
          ids.reduce((sum, id) => sum + (id === UNKNOWN ? least - 10 : vocabulary[id]![1]), 0);
        const cuts = allCuts(sentence, vocabulary);
        const best = Math.max(...cuts.map(scoreOf));
        const fused = (ids: readonly number[]) =>
          ids.filter((id, i) => id !== UNKNOWN || ids[i - 1] !== UNKNOWN);
        const likeliest = cuts.filter((ids) => scoreOf(ids) === best).map((ids) => fused(ids).join(" "));
        expect(likeliest).toContain(createUnigram(vocabulary, UNKNOWN)(sentence).join(" "));
      }),
    );
  });

  test("prefers a whole word to its parts, and of two ways that are as likely the one with the longer piece last", () => {
    const cut = createUnigram([unknownPiece, ["矿", -5], ["山", -5], ["矿山", -8], ["山矿", -8]], UNKNOWN);
    expect(cut("矿山")).toEqual([3]);
    expect(cut("矿山矿")).toEqual([1, 4]);
  });

  test("has one unknown piece for what it does not know, and nothing for no text", () => {
    const cut = createUnigram([unknownPiece, ["a", -1]], UNKNOWN);
    expect(cut("ሰላa👷🏽")).toEqual([0, 1, 0]);
    expect(cut("")).toEqual([]);
    expect(cut("\ud83da")).toEqual([0, 1]);
  });
});
