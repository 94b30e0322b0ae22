/** Lists of numbers end to end: list `i` lies from `offsets[i]` to `offsets[i + 1]`; the last offset is the whole length. */
export interface Lists {
  readonly offsets: Uint32Array;
  readonly values: Uint32Array;
}

export function joinLists(lists: readonly ArrayLike<number>[]): Lists {
  const offsets = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) offsets[i + 1] = offsets[i]! + list.length;
  const values = new Uint32Array(offsets[lists.length]!);
  for (const [i, list] of lists.entries()) values.set(list, offsets[i]);
  return { offsets, values };
}

/** One of the lists, as a view. */
export function listAt({ offsets, values }: Lists, i: number): Uint32Array {
  return values.subarray(offsets[i], offsets[i + 1]);
}
