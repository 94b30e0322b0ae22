import type { Gap } from "../../store/gaps.ts";
import type { BotPartners } from "../context.ts";

/** Questions of one collection that ask the same and wait for an answer. */
export interface GapGroup {
  /** Newest first, at least one. */
  readonly gaps: readonly Gap[];
  /** The wording that was used most. */
  readonly question: string;
  readonly askers: number;
  /** Milliseconds since 1970. */
  readonly latest: number;
  /** BCP 47 tags. */
  readonly languages: readonly string[];
}

/** The open groups of a collection, or those of what was asked since a time, most asked first. */
type FindGroups = (collection: string, since?: number) => Promise<readonly GapGroup[]>;

/** Older ones than the newest so many are not looked at. */
const MAX_GAPS = 5000;

/** Nothing of the groups is stored: they are found when they are looked at, and again when something else is open. */
export function createFindGroups({
  store,
  groupQuestions,
}: Pick<BotPartners, "store" | "groupQuestions">): FindGroups {
  // Without the questions themselves, which may have to be forgotten.
  let known:
    | { readonly key: string; readonly places: Awaited<ReturnType<typeof groupQuestions>> }
    | undefined;
  return async (collection, since = 0) => {
    const gaps = store.gaps.open(collection, since, MAX_GAPS);
    // An edited question keeps its id.
    const key = JSON.stringify(gaps.map(({ id, at }) => [id, at]));
    const found = known?.key === key ? known.places : await groupQuestions(gaps.map(({ meant }) => meant));
    known = { key, places: found };
    const groups = found.map((places) => groupOf(places.map((place) => gaps[place]!)));
    return groups.sort((a, b) => b.askers - a.askers || b.gaps.length - a.gaps.length || b.latest - a.latest);
  };
}

export function groupOf(gaps: readonly Gap[]): GapGroup {
  return {
    gaps,
    question: wordingsOf(gaps)[0]!.question,
    askers: oncePerAsker(gaps).length,
    latest: Math.max(...gaps.map(({ at }) => at)),
    languages: [...new Set(gaps.map(({ askedIn }) => askedIn))].filter((tag) => tag !== "und"),
  };
}

/** The wordings of some questions and how often each was used, the most used first. */
export function wordingsOf(gaps: readonly Gap[]): { readonly question: string; readonly times: number }[] {
  const times = new Map<string, number>();
  for (const { meant } of gaps) times.set(meant, (times.get(meant) ?? 0) + 1);
  return [...times]
    .map(([question, count]) => ({ question, times: count }))
    .sort((a, b) => b.times - a.times);
}

/** The newest question of everybody who asked; who speaks for a channel or a whole group is known by the chat. */
export function oncePerAsker(gaps: readonly Gap[]): Gap[] {
  const newest = new Map<string, Gap>();
  for (const gap of [...gaps].sort((a, b) => a.id - b.id))
    newest.set(`${gap.person ?? `in ${gap.chat}`}`, gap);
  return [...newest.values()];
}
