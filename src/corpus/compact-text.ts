/** A text without its white space: hard wraps cut words, and extractors leave spaces beside the marks. */
export interface CompactText {
  readonly text: string;
  /** Where each UTF-16 unit stood before. */
  readonly offsets: readonly number[];
  /** Places of units with which a line ended. */
  readonly lineEnds: ReadonlySet<number>;
}

/** `text` without white space, and where its lines ended. */
export function compactText(text: string): CompactText {
  const offsets: number[] = [];
  const lineEnds = new Set<number>();
  const compact = text.replace(/\s+|\S/g, (part, offset: number) => {
    if (part.trim() !== "") offsets.push(offset);
    else if (part.includes("\n")) lineEnds.add(offsets.length - 1);
    return part.trim();
  });
  lineEnds.add(offsets.length - 1);
  return { text: compact, offsets, lineEnds };
}
