/** What went one level up, and appeals. */
import { received } from "../received.ts";
import { counts, countsIn, type Scope, within } from "../scope.ts";
import { type Row, rate, type Section, shares } from "../section.ts";

/** The status a reopened case had when its deadline passed. */
const STATUS_THEN =
  "(SELECT s.to_status FROM statuses s WHERE s.case_id = c.id AND s.at <= c.resolve_by ORDER BY s.n DESC LIMIT 1)";

/**
 * Case and trigger of every escalation in the period, each pair once. A deadline that passed counts from that moment on,
 * also before the next writing command writes it down.
 */
const ESCALATIONS = `SELECT e.case_id, e.trigger FROM escalations e WHERE ${within("e.at")} AND ${countsIn("e")}
  UNION
  SELECT c.id, 'breach' FROM cases c
  WHERE c.status IN ('open', 'draft') AND ${within("c.resolve_by")} AND c.resolve_by <= @now AND ${counts("@staleNow")}
    AND (c.waiting_since IS NULL OR c.waiting_since >= c.resolve_by)
    AND (c.reopened = 0 OR coalesce(${STATUS_THEN}, '') NOT IN ('resolved', 'closed'))`;

const APPEALED = `SELECT a.case_id FROM appeals a WHERE ${within("a.opened_at")} AND ${countsIn("a")}`;
const UPHELD = `SELECT a.case_id FROM appeals a
  WHERE ${within("a.settled_at")} AND a.outcome = 'upheld' AND ${countsIn("a")}`;

function rows(scope: Scope): Row[] {
  const found = scope.all<{ id: string; count: number }>(
    `SELECT trigger AS id, count(*) AS count FROM (${ESCALATIONS}) GROUP BY trigger`,
  );
  return shares(found).map(({ id, count, share }) => ({ trigger: id, count, share }));
}

export const escalation: Section = {
  id: "escalation",
  order: ["escalated", "rate", "appeals", "appeals_upheld"],
  counted: [
    { base: `SELECT DISTINCT case_id FROM (${ESCALATIONS})`, facts: { escalated: "1" }, unique: true },
    { base: APPEALED, facts: { appeals: "1" }, unique: true },
    { base: UPHELD, facts: { appeals_upheld: "1" }, unique: true },
  ],
  rates: ({ escalated }, scope) => ({ rate: rate(escalated!, received(scope).received) }),
  rows,
  rowKey: (row) => String(row.trigger),
  rowCases: `SELECT case_id FROM (${ESCALATIONS}) WHERE trigger = @row`,
};
