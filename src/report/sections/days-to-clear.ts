/** How long the backlog lasts at the pace of the last four weeks. */
import { openAt } from "../backlog.ts";
import { countsIn, daysBefore } from "../scope.ts";
import type { Section } from "../section.ts";

export const daysToClear: Section = {
  id: "days_to_clear",
  facts: (scope) => {
    const { end, to, now } = scope.bounds;
    const since = daysBefore(scope, Math.min(to, now), 28);
    const closed =
      scope.one<{ n: number }>(
        `SELECT count(*) AS n FROM closings k
         WHERE k.at >= @since AND k.at < @end AND (k.next_at IS NULL OR k.next_at >= @end) AND ${countsIn("k")}`,
        { since, end },
      ).n ?? 0;
    return { days: closed === 0 ? undefined : openAt(scope, "end") / (closed / 28) };
  },
};
