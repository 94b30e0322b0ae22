import { assign } from "./assignment.ts";
import { isCut } from "./cuts.ts";
import type { Line } from "./lines.ts";
import { unwrap } from "./wraps.ts";

export interface PlacedHeadlines {
  /** One a body, undefined where none was found. */
  readonly titles: readonly (string | undefined)[];
  /**
   * How much more each headline shares with its body than with any other, on the scale of `UNPLACED`: little where it
   * may belong elsewhere.
   */
  readonly margins: readonly (number | undefined)[];
  /** Headlines without a body. */
  readonly unplaced: readonly string[];
}

/** A headline that goes without a body, or a body without a headline, costs as much as this many rare words say. */
const UNPLACED = 6;

/**
 * Which lines are one headline, and whose: the division of all zones into headlines, and their assignment to bodies,
 * under which headlines and bodies share most of what is rare on the page. A zone is the lines that no body parts.
 */
export function placeHeadlines(
  zones: readonly (readonly Line[])[],
  bodies: readonly string[],
): PlacedHeadlines {
  const lines = zones.flat();
  const opensZone = zones.flatMap((zone) => zone.map((_, index) => index === 0));
  const overlaps = readVocabulary(bodies);
  const bonds = lines.map((line, index) => (opensZone[index] ? -Infinity : bond(lines[index - 1]!, line)));

  const evaluate = (starts: readonly boolean[]) => {
    const headlines: Line[][] = [];
    lines.forEach((line, index) => {
      if (starts[index]) headlines.push([line]);
      else headlines.at(-1)!.push(line);
    });
    const scores = headlines.map((headline) => overlaps(unwrap(headline)));
    const owners = assign(scores);
    const shared = owners.map((body, index) => scores[index]?.[body] ?? 0);
    const bonded = bonds.filter((_, index) => !starts[index]);
    const value = sum(shared) + sum(bonded) - UNPLACED * Math.abs(headlines.length - bodies.length);
    return { value, starts, headlines, owners, scores };
  };

  let best = evaluate(lines.map((_, index) => bonds[index]! < 2));
  for (let from: typeof best | undefined; from !== best; ) {
    from = best;
    for (const [index, isStart] of from.starts.entries()) {
      if (opensZone[index]) continue;
      const other = evaluate(from.starts.with(index, !isStart));
      if (other.value > best.value + 1e-9) best = other;
    }
  }
  const { owners, headlines, scores } = best;
  return {
    margins: bodies.map((_, body) => {
      const own = scores[owners.indexOf(body)];
      return own && own[body]! - Math.max(0, ...own.filter((_, other) => other !== body));
    }),
    titles: bodies.map((_, body) => {
      const headline = headlines[owners.indexOf(body)];
      return headline && joinDecks(headline);
    }),
    unplaced: headlines.filter((_, index) => owners[index]! < 0).map(joinDecks),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** How much speaks for two neighbouring lines being of one headline, on the scale of shared words. */
function bond(before: Line, line: Line): number {
  if (isCut(before.text, line.text)) return 6;
  if (line.blankBefore) return -0.5;
  // Extractors leave no blank line before a digit or a Latin letter.
  return /^[\x20-\x7e]/.test(line.text) ? 0.5 : 2.5;
}

/** A headline's lines in one: decks parted by a space, a deck broken in mid-phrase whole again. */
export function joinDecks(lines: readonly Line[]): string {
  const decks: Line[][] = [];
  for (const line of lines) {
    const deck = decks.at(-1);
    const before = deck?.map(({ text }) => text).join("");
    if (deck && (!line.blankBefore || isCut(before!, line.text))) deck.push(line);
    else decks.push([line]);
  }
  return decks.map(unwrap).join(" ");
}

/** How much of what a headline says each body says too, weighted by how few of them do. */
function readVocabulary(bodies: readonly string[]): (headline: string) => readonly number[] {
  const features = bodies.map(featuresOf);
  const counts = new Map<string, number>();
  for (const set of features) for (const feature of set) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const weight = (feature: string) =>
    (Math.log((bodies.length + 1) / counts.get(feature)!) * feature.length) / 2;
  const known = new Map<string, readonly number[]>();
  return (headline) => {
    const scores =
      known.get(headline) ??
      features.map((set) => sum([...featuresOf(headline)].filter((feature) => set.has(feature)).map(weight)));
    known.set(headline, scores);
    return scores;
  };
}

/** Pairs and triples of neighbouring Han characters, numbers and Latin words. */
function featuresOf(text: string): Set<string> {
  const features = new Set<string>();
  for (const [run] of text.replace(/\s+/g, "").matchAll(/\p{Script=Han}+/gu)) {
    for (let index = 0; index < run.length; index++) {
      if (index + 2 <= run.length) features.add(run.slice(index, index + 2));
      if (index + 3 <= run.length) features.add(run.slice(index, index + 3));
    }
  }
  for (const [token] of text.matchAll(/[A-Za-z]{2,}|\d{2,}/g)) features.add(token.toLowerCase());
  return features;
}
