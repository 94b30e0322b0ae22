import { assign } from "./assignment.ts";
import { isCut } from "./cuts.ts";
import type { Line } from "./lines.ts";
import { joinLines, unwrap } from "./wraps.ts";

export interface PlacedHeadlines {
  /** One a body, undefined where none was found. */
  readonly titles: readonly (string | undefined)[];
  /** Headlines without a body. */
  readonly unplaced: readonly string[];
}

/** A headline that goes without a body, or a body without a headline, costs as much as this many rare words say. */
const UNPLACED = 6;
const ADJACENT_BONUS = 1.5;
/** Small enough to speak only where words do not. */
const ORDER_WEIGHT = 0.03;

/**
 * Which lines are one headline, and whose: the division of all zones into headlines, and their assignment to bodies,
 * under which headlines and bodies share most of what is rare on the page. A zone is the lines before the body of its
 * number, the last one those behind all bodies.
 */
export function placeHeadlines(
  zones: readonly (readonly Line[])[],
  bodies: readonly string[],
): PlacedHeadlines {
  const places = zones.flatMap((lines, before) =>
    lines.map((line, index) => ({
      line,
      before,
      opensZone: index === 0,
      closesZone: index === lines.length - 1,
    })),
  );
  const vocabulary = readVocabulary(bodies);
  const bonds = places.map((place, index) =>
    place.opensZone ? Number.NEGATIVE_INFINITY : bond(places[index - 1]!.line, place.line),
  );

  /** Value of a division: `starts[i]` says whether a headline begins with line i. */
  const evaluate = (starts: readonly boolean[]) => {
    const groups = groupBy(starts);
    const scores = groups.map((group) => {
      const text = joinLines(group.map((index) => places[index]!.line.text));
      const first = places[group[0]!]!;
      const last = places[group.at(-1)!]!;
      return bodies.map((_, body) => {
        const above = body === first.before && last.closesZone;
        const below = body === first.before - 1 && first.opensZone;
        return vocabulary.overlap(text, body) + (above || below ? ADJACENT_BONUS : 0);
      });
    });
    const ordered = scores.map((row, group) =>
      row.map(
        (score, body) =>
          score - ORDER_WEIGHT * Math.abs(group / groups.length - body / bodies.length) * bodies.length,
      ),
    );
    const owners = assign(ordered);
    let value = 0;
    owners.forEach((body, group) => {
      value += body < 0 ? 0 : scores[group]![body]!;
    });
    value -= UNPLACED * (Math.max(groups.length, bodies.length) - Math.min(groups.length, bodies.length));
    starts.forEach((isStart, index) => {
      if (!isStart) value += bonds[index]!;
    });
    return { value, groups, owners };
  };
  const groupBy = (starts: readonly boolean[]) => {
    const groups: number[][] = [];
    starts.forEach((isStart, index) => {
      if (isStart) groups.push([index]);
      else groups.at(-1)!.push(index);
    });
    return groups;
  };

  let starts = places.map((place, index) => place.opensZone || bonds[index]! < 2);
  let best = evaluate(starts);
  for (let improved = true; improved; ) {
    improved = false;
    for (const candidate of neighbours(starts, places)) {
      const result = evaluate(candidate);
      if (result.value > best.value + 1e-9) {
        best = result;
        starts = candidate;
        improved = true;
      }
    }
  }

  const titles = new Array<string | undefined>(bodies.length).fill(undefined);
  const unplaced: string[] = [];
  best.groups.forEach((group, index) => {
    const title = joinDecks(group.map((place) => places[place]!.line));
    const body = best.owners[index]!;
    if (body >= 0) titles[body] = title;
    else unplaced.push(title);
  });
  return { titles, unplaced };
}

/** Divisions that differ in one place, or have one start moved by one line. */
function* neighbours(
  starts: readonly boolean[],
  places: readonly { opensZone: boolean }[],
): Generator<boolean[]> {
  for (let index = 1; index < starts.length; index++) {
    if (places[index]!.opensZone) continue;
    yield starts.with(index, !starts[index]);
    for (const other of [index - 1, index + 1]) {
      if (starts[index] && starts[other] === false && !places[other]?.opensZone) {
        yield starts.with(index, false).with(other, true);
      }
    }
  }
}

/** How much speaks for two neighbouring lines being of one headline, on the scale of shared words. */
function bond(before: Line, line: Line): number {
  if (isCut(before.text, line.text)) return 6;
  if (line.blankBefore) return -0.5;
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

/** What the bodies speak of, weighted by how few of them do. */
function readVocabulary(bodies: readonly string[]): { overlap: (headline: string, body: number) => number } {
  const features = bodies.map((body) => featuresOf(body));
  const counts = new Map<string, number>();
  for (const set of features) for (const feature of set) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const known = new Map<string, readonly number[]>();
  return {
    overlap: (headline, body) => {
      let scores = known.get(headline);
      if (!scores) {
        const own = featuresOf(headline);
        scores = features.map((set) => {
          let sum = 0;
          for (const feature of own) {
            if (set.has(feature))
              sum += (Math.log((bodies.length + 1) / counts.get(feature)!) * feature.length) / 2;
          }
          return sum;
        });
        known.set(headline, scores);
      }
      return scores[body]!;
    },
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
