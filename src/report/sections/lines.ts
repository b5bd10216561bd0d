/** Which lines and tips were followed by a calmer customer; nothing is claimed below ten observations. */
import { countsIn, type Scope, within } from "../scope.ts";
import type { Row, Section } from "../section.ts";

const ENOUGH = 10;

/** The keys are walked one by one, so that only the period's part of the index is read for each. */
const LINES = `WITH RECURSIVE keys(key) AS (
    SELECT min(key) FROM shown
    UNION ALL SELECT (SELECT min(s.key) FROM shown s WHERE s.key > keys.key) FROM keys WHERE keys.key IS NOT NULL)
  SELECT key, (SELECT json_array(count(*), count(s.after - s.before), sum(s.after - s.before)) FROM shown s
    WHERE s.key = keys.key AND ${within("s.at")} AND ${countsIn("s")}) AS sums
  FROM keys WHERE key IS NOT NULL`;

function rows(scope: Scope): Row[] {
  return scope
    .all<{ key: string; sums: string }>(LINES)
    .map(({ key, sums }) => {
      const [shown, n, change] = JSON.parse(sums) as [number, number, number | null];
      return { key, shown, n, mean: (change ?? 0) / n };
    })
    .filter(({ n }) => n >= ENOUGH)
    .sort((a, b) => a.mean - b.mean || (a.key < b.key ? -1 : 1))
    .map(({ key, shown, n, mean }) => ({ key, shown, mood_change_mean: mean, n }));
}

export const lines: Section = {
  id: "lines",
  rows,
  rowKey: (row) => String(row.key),
  rowCases: `SELECT s.case_id FROM shown s WHERE s.key = @row AND ${within("s.at")} AND ${countsIn("s")}`,
};
