import { z } from "zod";
import { SURFACES, type Surface } from "./asked.ts";
import type { Database } from "./database.ts";

/** What was asked and answered since a time. */
export interface Statistics {
  readonly questions: number;
  readonly refused: number;
  readonly liked: number;
  readonly disliked: number;
  readonly people: number;
  readonly chats: number;
  /** Milliseconds that half of the answers, and 95 of 100, took at most; undefined where there are none. */
  readonly medianMs: number | undefined;
  readonly slowMs: number | undefined;
  readonly bySurface: Readonly<Record<Surface, number>>;
}

export interface StatisticsStore {
  /** Of what is kept since a time. */
  since(at: number): Statistics;
}

const counts = z.object({
  questions: z.number(),
  refused: z.number(),
  people: z.number(),
  chats: z.number(),
});
const liking = z.object({ liked: z.number(), disliked: z.number() });

export function createStatisticsStore(database: Database): StatisticsStore {
  return {
    since(at) {
      const counted = database.get(
        counts,
        `SELECT COUNT(*) AS questions, COUNT(CASE WHEN kind = 'not-found' THEN 1 END) AS refused,
           COUNT(DISTINCT person) AS people, COUNT(DISTINCT chat) AS chats FROM asked WHERE at >= ?`,
        at,
      )!;
      const rated = database.get(
        liking,
        `SELECT COUNT(CASE WHEN value = 1 THEN 1 END) AS liked, COUNT(CASE WHEN value = -1 THEN 1 END) AS disliked
           FROM feedback JOIN asked ON asked.id = asked WHERE at >= ?`,
        at,
      )!;
      const surfaces = database.all(
        z.object({ surface: z.enum(SURFACES), count: z.number() }),
        "SELECT surface, COUNT(*) AS count FROM asked WHERE at >= ? GROUP BY surface",
        at,
      );
      const countOf = (name: Surface) => surfaces.find(({ surface }) => surface === name)?.count ?? 0;
      return {
        ...counted,
        ...rated,
        medianMs: percentile(at, counted.questions, 0.5),
        slowMs: percentile(at, counted.questions, 0.95),
        bySurface: Object.fromEntries(
          SURFACES.map((name) => [name, countOf(name)]),
        ) as Statistics["bySurface"],
      };
    },
  };

  /** Nearest rank: the smallest time that at least this share of the answers did not exceed. */
  function percentile(at: number, total: number, share: number): number | undefined {
    const sql = "SELECT ms FROM asked WHERE at >= ? ORDER BY ms LIMIT 1 OFFSET ?";
    return database.get(z.object({ ms: z.number() }), sql, at, Math.max(0, Math.ceil(share * total) - 1))?.ms;
  }
}
