import { isWord, segmentWords } from "../analysis/words.ts";

/** Whether a text was cut between the two: inside a word, a quotation or brackets, or beside a word that leads on. */
export function isCut(before: string, after: string): boolean {
  for (const [open, close] of ["“”", "《》", "（）", "‘’", "()"] as const) {
    if (before.lastIndexOf(open!) > before.lastIndexOf(close!)) return true;
  }
  return (
    /^[”》）’。，、：；？！)了的着们a-z]/u.test(after) ||
    /[的和与及在为由对从向、，：《“（(]$/u.test(before) ||
    cutsWord(before, after)
  );
}

/** Whether a word of the dictionary lies across the border. */
function cutsWord(before: string, after: string): boolean {
  const left = before.slice(-6);
  let end = 0;
  for (const word of segmentWords(left + after.slice(0, 6))) {
    const start = end;
    end += word.length;
    if (start < left.length && end > left.length) return isWord(word) || /^[A-Za-z0-9]+$/.test(word);
  }
  return false;
}
