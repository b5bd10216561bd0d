/** What was done to the cases of a past period after its end: the only reasons why its numbers may have moved. */
import { RECEIVED, type Scope, within } from "./scope.ts";

/** Distinct cases by what was done to them. */
export type ChangedSince = Record<string, number>;

const KINDS: Readonly<Record<string, string>> = {
  answered: "edited",
  cleared: "edited",
  closed: "duplicate",
  redacted: "forgotten",
  imported: "imported",
};

/** More changed cases than this are not looked into one by one; they are counted as imported, the only such mass. */
const MANY = 2000;

/** Undefined where the period is not over or nothing was changed since. */
export function changedSince(scope: Scope): ChangedSince | undefined {
  const { to, now } = scope.bounds;
  if (to > now) return undefined;
  const changed: ChangedSince = {};
  const touched = "c.changed_at >= @to";
  const inPeriod = `(${RECEIVED} OR (${within("c.opened_at")} AND c.counted = 0))`;
  const n =
    scope.one<{ n: number }>(`SELECT count(*) AS n FROM cases c WHERE ${inPeriod} AND ${touched}`).n ?? 0;
  if (n > MANY) changed.imported = n;
  else if (n > 0) {
    const rows = scope.all<{ type: string; n: number }>(
      `SELECT e.type, count(DISTINCT e.case_id) AS n FROM cases c JOIN events e ON e.case_id = c.id
       WHERE ${inPeriod} AND ${touched} AND e.at >= @since
         AND (e.type IN ('redacted', 'imported')
           OR (e.type IN ('answered', 'cleared') AND json_extract(e.data, '$.run') IS NULL)
           OR (e.type = 'closed' AND json_extract(e.data, '$.duplicate_of') IS NOT NULL))
       GROUP BY e.type`,
      { since: new Date(to).toISOString() },
    );
    for (const row of rows) changed[KINDS[row.type]!] = (changed[KINDS[row.type]!] ?? 0) + row.n;
  }
  const settled =
    scope.one<{ n: number }>(
      `SELECT count(DISTINCT p.case_id) AS n FROM promises p WHERE ${within("p.due_at")} AND p.settled_at >= @to`,
    ).n ?? 0;
  if (settled > 0) changed.settled = settled;
  return Object.keys(changed).length > 0 ? changed : undefined;
}
