/** Days and times, in which notices of one template differ. */
const TIME =
  /[0-9〇零一二三四五六七八九十]{1,5}(?=[年月日号时点])|(?:星期|周|礼拜)[一二三四五六日天]|\d{1,4}[-/:]\d{1,2}(?:[-/:]\d{1,4})?|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2}/g;
const NUMBER = /\d+(?:[.,]\d+)*/g;
const WORD = /(?!\p{Script=Han})\p{L}+/gu;
const HAN = /\p{Script=Han}+/gu;
/** A slip is corrected in one number; what has more of them replaced tells of something else. */
const MOST_REPLACED_NUMBERS = 1;
/** Of longer texts the beginnings are compared: three million characters took 12 s. */
const MAX_CHARS = 100_000;

/**
 * Whether two texts that are nearly the same may be versions of one article, and not a template filled in twice: no
 * day or time and at most one number stand in the other's place, and neither names again and again what the other
 * never does. What only one of them has may have been added.
 */
export function haveSameFacts(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => text.slice(0, MAX_CHARS).normalize("NFKC").toLowerCase());
  const replaced = (facts: (text: string) => ReadonlySet<string>): number => {
    const [before, after] = [facts(left!), facts(right!)];
    return Math.min(countMissing(before, after), countMissing(after, before));
  };
  return (
    replaced((text) => new Set(text.match(TIME))) === 0 &&
    replaced((text) => new Set(text.match(NUMBER))) <= MOST_REPLACED_NUMBERS &&
    !(namesAlone(left!, right!) && namesAlone(right!, left!))
  );
}

function countMissing(from: ReadonlySet<string>, to: ReadonlySet<string>): number {
  return [...from].filter((fact) => !to.has(fact)).length;
}

/** Whether `one` says a word, or two Han characters, more than once that `other` does not say at all. */
function namesAlone(one: string, other: string): boolean {
  const known = new Set(termsOf(other));
  const once = new Set<string>();
  return termsOf(one).some((term) => !known.has(term) && (once.has(term) || !once.add(term)));
}

function termsOf(text: string): string[] {
  const pairs = (text.match(HAN) ?? []).flatMap((run) =>
    Array.from({ length: run.length - 1 }, (_, start) => run.slice(start, start + 2)),
  );
  return [...(text.match(WORD) ?? []), ...pairs];
}
