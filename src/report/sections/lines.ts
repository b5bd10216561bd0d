/** Which lines and tips were followed by a calmer customer; nothing is claimed below ten observations. */
import { countsById, type Scope, within } from "../scope.ts";
import type { Row, Section } from "../section.ts";

const ENOUGH = 10;

/** The keys are walked one by one, so that only the period's part of the index is read for each. */
const LINES = `WITH RECURSIVE keys(key) AS (
    SELECT min(key) FROM shown
    UNION ALL SELECT (SELECT min(s.key) FROM shown s WHERE s.key > keys.key) FROM keys WHERE keys.key IS NOT NULL)
  SELECT s.key, count(*) AS shown, count(s.after - s.before) AS n, avg(s.after - s.before) AS mean
  FROM keys CROSS JOIN shown s ON s.key = keys.key AND ${within("s.at")}
  WHERE ${countsById("s.case_id")}
  GROUP BY s.key HAVING count(s.after - s.before) >= ${ENOUGH}`;

function rows(scope: Scope): Row[] {
  return scope
    .all<{ key: string; shown: number; n: number; mean: number }>(LINES)
    .sort((a, b) => a.mean - b.mean || (a.key < b.key ? -1 : 1))
    .map(({ key, shown, n, mean }) => ({ key, shown, mood_change_mean: mean, n }));
}

export const lines: Section = {
  id: "lines",
  rows,
  rowKey: (row) => String(row.key),
  rowCases: `SELECT s.case_id FROM shown s WHERE s.key = @row AND ${within("s.at")} AND ${countsById("s.case_id")}`,
};
