import type { ArticleId } from "../types.ts";
import { createSketchIndex, foldForSketch, sketchOf } from "./near-duplicates.ts";
import { haveSameFacts } from "./same-facts.ts";

/** An article of a collection as imports compare it. */
export interface Holding {
  readonly id: ArticleId;
  readonly title: string;
  readonly source: string;
  readonly text: string;
  /** Hash of what the import wrote; absent where no import did. */
  readonly imported?: string;
  /** Whether a person may have edited it since. */
  readonly isEdited: boolean;
  /** Whether it is only planned so far. */
  readonly isPlanned: boolean;
}

export interface NearHolding {
  readonly holding: Holding;
  /** Estimated share of the text that both have, 0 to 1. */
  readonly resemblance: number;
  /** Whether it has the same title or comes from the same source: the two are versions of one article. */
  readonly isVersion: boolean;
  /** Whether both tell of the same days, numbers and names. */
  readonly hasSameFacts: boolean;
}

/** What a collection holds while an import is planned. */
export interface Holdings {
  readonly add: (holding: Holding) => void;
  readonly remove: (holding: Holding) => void;
  /** The one with this title and text, white space aside, or the one that was imported with this hash. */
  readonly findSame: (title: string, text: string, imported: string) => Holding | undefined;
  /** The one that this source gave under this title; undefined where it gave several. */
  readonly findVersion: (source: string, title: string) => Holding | undefined;
  /**
   * Those whose text is nearly the same and tells of the same, the most alike first; of those that the same source gave
   * and a person edited, also such as tell of something else, for that may be what was corrected.
   */
  readonly findNear: (article: Pick<Holding, "title" | "source" | "text">) => readonly NearHolding[];
}

/**
 * Of eight pairs of versions (a sentence reworded, a number or name corrected, a paragraph more or less) the least alike
 * have 0.75, of two reports on one event 0.19; what one template gave twice has up to 0.84, and other facts.
 */
const LEAST_RESEMBLANCE = 0.6;
/** Of hundreds made from one template only the most alike are compared by what they tell. */
const MOST_COMPARED = 10;
/** Shorter texts of two sources are alike by chance. */
const LEAST_CHARS = 40;

export function createHoldings(): Holdings {
  const byContent = new Map<string, Holding>();
  const byImported = new Map<string, Holding>();
  const versions = new Map<string, Set<Holding>>();
  const unsketched: Holding[] = [];
  const sketches = createSketchIndex<Holding>();
  const removed = new Set<Holding>();
  return {
    add(holding) {
      const { title, text, source, imported } = holding;
      const content = keyOf(title, text);
      if (!byContent.has(content)) byContent.set(content, holding);
      if (imported !== undefined && !byImported.has(imported)) byImported.set(imported, holding);
      const version = keyOf(source, title);
      versions.set(version, (versions.get(version) ?? new Set()).add(holding));
      unsketched.push(holding);
    },
    remove(holding) {
      const { title, text, source, imported = "" } = holding;
      const content = keyOf(title, text);
      if (byContent.get(content) === holding) byContent.delete(content);
      if (byImported.get(imported) === holding) byImported.delete(imported);
      versions.get(keyOf(source, title))?.delete(holding);
      removed.add(holding);
    },
    findSame: (title, text, imported) => byContent.get(keyOf(title, text)) ?? byImported.get(imported),
    findVersion(source, title) {
      const [only, ...others] = versions.get(keyOf(source, title)) ?? [];
      return others.length === 0 ? only : undefined;
    },
    findNear({ title, source, text }) {
      // Only when they are needed: most imports of a large corpus bring nothing new.
      for (const holding of unsketched.splice(0))
        sketches.add(holding, sketchOf(foldForSketch(holding.text)));
      const folded = foldForSketch(text);
      return sketches
        .find(sketchOf(folded), LEAST_RESEMBLANCE)
        .map(({ key: holding, resemblance }) => ({
          holding,
          resemblance,
          isVersion: holding.title === title || holding.source === source,
        }))
        .filter(
          ({ holding, isVersion }) => !removed.has(holding) && (isVersion || folded.length >= LEAST_CHARS),
        )
        .slice(0, MOST_COMPARED)
        .map((near) => {
          const { title: other, text: itsText } = near.holding;
          return { ...near, hasSameFacts: haveSameFacts(`${other}\n${itsText}`, `${title}\n${text}`) };
        })
        .filter(
          ({ holding, hasSameFacts }) => hasSameFacts || (holding.source === source && holding.isEdited),
        );
    },
  };
}

/** Wraps and spaces make no other article. */
function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts.map((part) => part.replace(/\s+/g, "")));
}
