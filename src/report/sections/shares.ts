/** How the cases opened in the period divide: severity, channel, kind, psychology, flags. */
import { type Dimension, receivedBy } from "../received.ts";
import { countsIn, RECEIVED, type Scope, within } from "../scope.ts";
import { type Row, type Section, shares } from "../section.ts";

function byColumn(dimension: Dimension): Section {
  return {
    id: dimension,
    rows: (scope) => shares(receivedBy(scope, dimension)),
    rowKey: (row) => String(row.id),
    rowCases: `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED} AND c.${dimension} = @row`,
  };
}

export const severity = byColumn("severity");
export const channel = byColumn("channel");
export const kind = byColumn("kind");
export const psychology = byColumn("psychology");

/** Whether the flagged case counts; the flag carries the time its case was opened. */
const FLAGGED = `FROM flags f WHERE ${within("f.opened_at")} AND ${countsIn("f")}`;

function flagRows(scope: Scope): Row[] {
  return shares(
    scope.all<{ id: string; count: number }>(
      `SELECT f.flag AS id, count(*) AS count ${FLAGGED} GROUP BY f.flag`,
    ),
  );
}

export const flags: Section = {
  id: "flags",
  rows: flagRows,
  rowKey: (row) => String(row.id),
  rowCases: `SELECT f.case_id ${FLAGGED} AND f.flag = @row`,
};
