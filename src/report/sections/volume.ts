/** What came, what was closed, what is left. */
import { daysOf } from "../../core/period.ts";
import { NOT_CLOSED, openAt } from "../backlog.ts";
import { received } from "../received.ts";
import { counts, countsById, RECEIVED, type Scope, within } from "../scope.ts";
import type { Row, Section } from "../section.ts";

/** A case's last closing in the period: each case stands once. */
const CLOSED = `SELECT k.case_id, k.at FROM closings k
  WHERE ${within("k.at")} AND (k.next_at IS NULL OR k.next_at >= @to) AND ${countsById("k.case_id")}`;

/**
 * Still a draft at the end: a draft now, or one that became something else only afterwards. Nearly every call is finished
 * within the hour, so only those opened in the last one are looked at, and the few that took longer.
 */
const DRAFTS = `SELECT u.case_id FROM uncounted u WHERE u.counted IN (2, 3) AND u.opened_at < @end
  UNION ALL
  SELECT c.id FROM cases c WHERE c.opened_at >= @end - 3600000 AND c.opened_at < @end
    AND c.draft_ms <= 3600000 AND c.opened_at + c.draft_ms >= @end AND c.counted <> 0
  UNION ALL
  SELECT c.id FROM cases c WHERE c.draft_ms > 3600000 AND c.opened_at < @end
    AND c.opened_at + c.draft_ms >= @end AND c.counted <> 0`;

const REOPENED = `SELECT s.case_id FROM statuses s
  WHERE s.to_status = 'open' AND s.from_status IN ('resolved', 'closed') AND ${within("s.at")} AND ${countsById("s.case_id")}`;

/**
 * Days as a table of their bounds; numbers of our own making, never text from outside. CROSS JOIN: day by day, each by the
 * index; left alone SQLite compares every closing with every day.
 */
function dayRows(scope: Scope): Row[] {
  const days = daysOf(scope.period);
  const table = `WITH days(n, a, b) AS (VALUES ${days.map((d, i) => `(${i}, ${d.from}, ${d.to})`).join(", ")})`;
  const opened = scope.all<{ n: number; count: number }>(
    `${table} SELECT d.n, count(*) AS count FROM days d CROSS JOIN cases c ON c.opened_at >= d.a AND c.opened_at < d.b
     WHERE ${counts()} GROUP BY d.n`,
  );
  const closed = scope.all<{ n: number; count: number }>(
    `${table} SELECT d.n, count(*) AS count FROM days d CROSS JOIN (${CLOSED}) k ON k.at >= d.a AND k.at < d.b GROUP BY d.n`,
  );
  const of = (rows: { n: number; count: number }[], i: number) => rows.find((r) => r.n === i)?.count ?? 0;
  return days.map(({ day }, i) => ({ day, received: of(opened, i), closed: of(closed, i) }));
}

export const volume: Section = {
  id: "volume",
  order: ["received", "closed", "backlog", "backlog_previous", "drafts", "reopened"],
  facts: (scope) => ({
    received: received(scope).received,
    backlog: openAt(scope, "end"),
    backlog_previous: openAt(scope, "begin"),
  }),
  lists: {
    received: `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED}`,
    backlog: NOT_CLOSED.end,
    backlog_previous: NOT_CLOSED.begin,
  },
  counted: [
    { base: CLOSED, facts: { closed: "1" }, unique: true },
    { base: DRAFTS, facts: { drafts: "1" }, unique: true },
    { base: REOPENED, facts: { reopened: "1" } },
  ],
  rows: dayRows,
};
