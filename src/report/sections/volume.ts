/** What came, what was closed, what is left. */
import { daysOf } from "../../core/period.ts";
import { NOT_CLOSED, openAt } from "../backlog.ts";
import { received } from "../received.ts";
import { counts, countsIn, RECEIVED, type Scope, within } from "../scope.ts";
import type { Row, Section } from "../section.ts";

/** A case's last closing in the period: each case stands once. */
const CLOSED = (columns: string) => `SELECT ${columns} FROM closings k
  WHERE ${within("k.at")} AND (k.next_at IS NULL OR k.next_at >= @to) AND ${countsIn("k")}`;

/**
 * Still a draft at the end: a draft now, or one that became something else only afterwards. Nearly every call is finished
 * within the hour, so only those opened in the last one are looked at, and the few that took longer.
 */
const DRAFTS = `SELECT u.id AS case_id FROM cases u WHERE u.counted <> 1 AND u.counted IN (2, 3) AND u.opened_at < @end
  UNION ALL
  SELECT c.id FROM cases c WHERE c.opened_at >= @end - 3600000 AND c.opened_at < @end
    AND c.draft_ms <= 3600000 AND c.opened_at + c.draft_ms >= @end AND c.counted <> 0
  UNION ALL
  SELECT c.id FROM cases c WHERE c.draft_ms > 3600000 AND c.opened_at < @end
    AND c.opened_at + c.draft_ms >= @end AND c.counted <> 0`;

const REOPENED = `SELECT s.case_id FROM statuses s
  WHERE s.to_status = 'open' AND s.from_status IN ('resolved', 'closed') AND ${within("s.at")} AND ${countsIn("s")}`;

const closed = (scope: Scope): number[] => scope.shared("closed", () => scope.numbers(CLOSED("k.at AS v")));

/**
 * Days as a table of their bounds; numbers of our own making, never text from outside. CROSS JOIN: day by day, each by the
 * index.
 */
function dayRows(scope: Scope): Row[] {
  const days = daysOf(scope.period);
  const table = `WITH days(n, a, b) AS (VALUES ${days.map((d, i) => `(${i}, ${d.from}, ${d.to})`).join(", ")})`;
  const opened = scope.all<{ n: number; count: number }>(
    `${table} SELECT d.n, count(*) AS count FROM days d CROSS JOIN cases c ON c.opened_at >= d.a AND c.opened_at < d.b
     WHERE ${counts()} GROUP BY d.n`,
  );
  const closedOn = days.map(() => 0);
  let i = 0;
  for (const at of closed(scope).sort((a, b) => a - b)) {
    while (at >= days[i]!.to) i++;
    closedOn[i]!++;
  }
  const openedOn = new Map(opened.map(({ n, count }) => [n, count]));
  return days.map(({ day }, n) => ({ day, received: openedOn.get(n) ?? 0, closed: closedOn[n]! }));
}

export const volume: Section = {
  id: "volume",
  order: ["received", "closed", "backlog", "backlog_previous", "drafts", "reopened"],
  facts: (scope) => ({
    received: received(scope).received,
    closed: closed(scope).length,
    backlog: openAt(scope, "end"),
    backlog_previous: openAt(scope, "begin"),
  }),
  lists: {
    received: `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED}`,
    closed: CLOSED("k.case_id"),
    backlog: NOT_CLOSED.end,
    backlog_previous: NOT_CLOSED.begin,
  },
  counted: [
    { base: DRAFTS, facts: { drafts: "1" }, unique: true },
    { base: REOPENED, facts: { reopened: "1" } },
  ],
  rows: dayRows,
};
