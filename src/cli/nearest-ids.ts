const MOST = 3;
/** What is longer was not meant as an id. */
const MAX_CHARS = 100;

/** At most three of the ids, those that take the fewest changes to be typed like this, the nearest first. */
export function nearestIds(typed: string, ids: readonly string[]): readonly string[] {
  const wanted = typed.slice(0, MAX_CHARS).toLowerCase();
  return ids
    .map((id) => ({ id, distance: editDistance(wanted, id.slice(0, MAX_CHARS).toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ id }) => id);
}

/** Levenshtein's distance: how many characters to add, drop or replace. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
