import { repairPunctuation } from "../punctuation.ts";
import { gatherBlocks } from "./blocks.ts";
import type { TypeLine } from "./type-lines.ts";

/**
 * The lines of a page with the marks restored that its fonts mis-mapped. They are read block by block as one text, for
 * what is certain in one place tells how to read another.
 */
export function repairLines(lines: readonly TypeLine[]): TypeLine[] {
  const inBlocks = gatherBlocks(lines).flatMap((block) => block.lines);
  const { text, repairs } = repairPunctuation(inBlocks.map((line) => line.text).join("\n"));
  if (repairs.length === 0) return [...lines];
  const texts = text.split("\n");
  const repaired = new Map<TypeLine, TypeLine>();
  let next = 0;
  let start = 0;
  inBlocks.forEach((line, index) => {
    const end = start + line.text.length;
    const first = next;
    while (next < repairs.length && repairs[next]!.offset < end) next++;
    if (next > first) repaired.set(line, { ...line, text: texts[index]!, repairs: next - first });
    start = end + 1;
  });
  return lines.map((line) => repaired.get(line) ?? line);
}
