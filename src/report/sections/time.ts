/** How fast: until the first answer, until the case was resolved. */
import { counts, RECEIVED, type Scope, within } from "../scope.ts";
import type { Section } from "../section.ts";
import { percentiles } from "../statistics.ts";

const HOUR = 3_600_000;
const RESPONSES = `SELECT c.response_ms AS v FROM cases c WHERE ${RECEIVED} AND c.response_ms IS NOT NULL`;
const RESOLUTIONS = `SELECT c.resolved_at - c.started_at AS v FROM cases c WHERE ${within("c.resolved_at")} AND ${counts()}`;

function hours(scope: Scope, values: string): (number | undefined)[] {
  return percentiles(scope.numbers(values), [0.5, 0.9]).map((ms) =>
    ms === undefined ? undefined : ms / HOUR,
  );
}

/** Upper ends of the classes of the resolution time in days, for the chart; the last has none. */
const CLASSES = [1, 2, 3, 5, 7, 10, 15] as const;

/** How many cases of the period were resolved within so many days. */
export function resolutionClasses(scope: Scope): { upTo: number | undefined; count: number }[] {
  const classOf = CLASSES.map((days, i) => `WHEN v <= ${days * 24 * HOUR} THEN ${i}`).join(" ");
  const rows = scope.all<{ k: number; n: number }>(
    `SELECT CASE ${classOf} ELSE ${CLASSES.length} END AS k, count(*) AS n FROM (${RESOLUTIONS}) GROUP BY 1`,
  );
  return [...CLASSES, undefined].map((upTo, i) => ({ upTo, count: rows.find((r) => r.k === i)?.n ?? 0 }));
}

export const time: Section = {
  id: "time",
  order: ["first_response_p50", "first_response_p90", "resolution_p50", "resolution_p90", "within_15_days"],
  facts: (scope) => {
    const [first50, first90] = hours(scope, RESPONSES);
    const [resolution50, resolution90] = hours(scope, RESOLUTIONS);
    return {
      first_response_p50: first50,
      first_response_p90: first90,
      resolution_p50: resolution50,
      resolution_p90: resolution90,
    };
  },
  counted: [
    {
      base: `SELECT c.id AS case_id FROM cases c
        WHERE ${within("c.resolved_at")} AND ${counts()} AND c.resolved_at - c.started_at <= ${15 * 24 * HOUR}`,
      facts: { within_15_days: "1" },
      unique: true,
    },
  ],
};
