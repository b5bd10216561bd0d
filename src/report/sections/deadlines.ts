/** Deadlines met and missed in the period, and those about to be missed. */
import { counts, type Scope, within } from "../scope.ts";
import type { Section } from "../section.ts";

/** While a case waits for its customer its clock stands still, so its deadline has not come. */
const STANDS_STILL =
  "(c.resolved_at IS NULL AND c.waiting_since IS NOT NULL AND c.waiting_since < c.resolve_by)";

const FALLEN = `SELECT c.id AS case_id, c.resolved_at IS NOT NULL AND c.resolved_at <= c.resolve_by AS in_time
  FROM cases c WHERE ${within("c.resolve_by")} AND c.resolve_by <= @now AND ${counts()} AND NOT ${STANDS_STILL}`;

const CLOCK = "CASE WHEN c.waiting_since < @now THEN c.waiting_since ELSE @now END";

// `status <> 'closed'` stands here as in the partial index, so that only what is not closed is read.
const AT_RISK = `SELECT c.id AS case_id FROM cases c
  WHERE c.status <> 'closed' AND c.status <> 'resolved' AND c.resolve_by > ${CLOCK}
    AND ${CLOCK} - c.started_at >= @atRisk * (c.resolve_by - c.started_at) AND ${counts("@staleNow")}`;

export const deadlines: Section = {
  id: "deadlines",
  counted: [
    { base: FALLEN, facts: { met: "in_time", breached: "NOT in_time" }, unique: true },
    { base: AT_RISK, facts: { at_risk: "1" }, unique: true },
  ],
  ofNow: ["at_risk"],
  params: (scope: Scope) => ({ atRisk: scope.policy().clocks.at_risk }),
};
