/** The cases opened in the period: what most sections need of them, in as few passes over one index as possible. */
import { STAGES } from "../core/stage.ts";
import { RECEIVED, type Scope } from "./scope.ts";

/** First mark of 3 or more, and a later one. */
export const UPSET = "c.mood_first >= 3 AND c.marks >= 2";
export const CALMED = `${UPSET} AND (c.mood_last <= c.mood_first - 2 OR c.mood_last <= 2)`;

export const stageColumn = (stage: string): string => `mood_${stage.replace("-", "_")}`;

export interface Received {
  received: number;
  onSpot: number;
  upset: number;
  calmed: number;
  moodStart: number;
  moodPeak: number;
  moodEnd: number;
  /** By stage: cases with a mark there, and the sum of their last marks. */
  stages: { stage: string; count: number; sum: number }[];
}

/** Two passes over the cases opened in the period: over all, and over those whose mood is compared. */
export function received(scope: Scope): Received {
  return scope.shared("received", () => {
    const all = scope.one<{ received: number; onSpot: number }>(
      `SELECT count(*) AS received, sum(c.on_spot) AS onSpot FROM cases c WHERE ${RECEIVED}`,
    );
    const columns = STAGES.map(
      (stage, i) => `count(c.${stageColumn(stage)}) AS n${i}, sum(c.${stageColumn(stage)}) AS s${i}`,
    );
    const moods = scope.one<Record<string, number>>(
      `SELECT count(*) AS upset, sum(CASE WHEN ${CALMED} THEN 1 ELSE 0 END) AS calmed, sum(c.mood_first) AS moodStart,
        sum(c.mood_peak) AS moodPeak, sum(c.mood_last) AS moodEnd, ${columns.join(", ")}
       FROM cases c WHERE ${RECEIVED} AND ${UPSET}`,
    );
    const value = (name: string) => moods[name] ?? 0;
    return {
      received: all.received ?? 0,
      onSpot: all.onSpot ?? 0,
      upset: value("upset"),
      calmed: value("calmed"),
      moodStart: value("moodStart"),
      moodPeak: value("moodPeak"),
      moodEnd: value("moodEnd"),
      stages: STAGES.map((stage, i) => ({ stage, count: value(`n${i}`), sum: value(`s${i}`) })),
    };
  });
}

/** Dimensions with few values each, counted together in one pass. */
const TOGETHER = ["channel", "severity", "kind", "psychology"] as const;
export type Dimension = (typeof TOGETHER)[number];

type Together = { n: number } & Record<Dimension, string | null>;

/** How many of the cases opened in the period have each value of a dimension; cases without one are left out. */
export function receivedBy(scope: Scope, dimension: Dimension): { id: string; count: number }[] {
  const groups = scope.shared("together", () =>
    scope.all<Together>(
      `SELECT ${TOGETHER.map((d) => `c.${d}`).join(", ")}, count(*) AS n FROM cases c WHERE ${RECEIVED} GROUP BY 1, 2, 3, 4`,
    ),
  );
  return summed(groups.map((g) => [g[dimension], g.n]));
}

export interface Pair {
  category: string | null;
  cause: string | null;
  n: number;
  /** Place of the newest case whose customer's words are known, as text: it has more digits than a number holds. */
  told: string | null;
}

/** Cases opened in the period by category and cause. */
export function pairs(scope: Scope): Pair[] {
  return scope.shared("pairs", () =>
    scope.all<Pair>(
      `SELECT c.category, c.cause, count(*) AS n, CAST(max(CASE WHEN c.has_words = 1 THEN c.place END) AS TEXT) AS told
       FROM cases c WHERE ${RECEIVED} GROUP BY 1, 2`,
    ),
  );
}

/** Adds up counts by id; absent ids are left out. */
export function summed(
  entries: readonly (readonly [string | null, number])[],
): { id: string; count: number }[] {
  const sums = new Map<string, number>();
  for (const [id, n] of entries) if (id !== null) sums.set(id, (sums.get(id) ?? 0) + n);
  return [...sums].map(([id, count]) => ({ id, count }));
}
