import { bottomOf, type TypeLine, topOf } from "./type-lines.ts";

/** A letter is a drop cap where it is so much larger than at least so many lines right beside it. */
const LARGER = 1.8;
const MIN_LINES = 2;

/** Lines with the large letter a text begins with as the first of its line's. */
export function joinDropCaps(lines: readonly TypeLine[]): TypeLine[] {
  return lines.filter(isLetter).reduce(joinDropCap, [...lines]);
}

function isLetter({ text }: TypeLine): boolean {
  return /^[\p{Script=Han}\p{Lu}]$/u.test(text);
}

function joinDropCap(lines: TypeLine[], cap: TypeLine): TypeLine[] {
  const beside = lines.filter(
    (line) =>
      cap.size >= LARGER * line.size &&
      line.left >= cap.right - 0.5 * line.size &&
      line.left - cap.right < 1.5 * line.size &&
      bottomOf(line) > topOf(cap) &&
      line.baseline < bottomOf(cap) + 1.5 * line.size,
  );
  const [first] = beside;
  if (
    beside.length < MIN_LINES ||
    beside.some(({ left, size }) => size !== first!.size || left > first!.left + 0.5 * size)
  )
    return lines;
  return lines.flatMap((line) => {
    if (line === cap) return [];
    if (!beside.includes(line)) return [line];
    return [{ ...line, left: cap.left, text: line === first ? cap.text + line.text : line.text }];
  });
}
