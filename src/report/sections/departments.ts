/** Work orders at other departments: what is open, what is overdue, how fast they answer. */
import { addSpan, workingCalendar } from "../../core/working-time.ts";
import { countsIn, type Scope, within } from "../scope.ts";
import type { Row, Section } from "../section.ts";
import { percentiles } from "../statistics.ts";

const HOUR = 3_600_000;
const OPEN = `SELECT d.case_id, d.department, d.at < @limit AS overdue FROM dispatches d
  WHERE d.replied_at IS NULL AND d.at <= @now AND ${countsIn("d", "@staleNow")}`;
const REPLIED = `SELECT d.department, group_concat(d.replied_at - d.at) AS spans FROM dispatches d
  WHERE d.replied_at IS NOT NULL AND ${within("d.replied_at")} AND ${countsIn("d")}
  GROUP BY d.department`;

/**
 * Work orders sent before this moment are older than the policy's limit. The limit runs in working time, so it is
 * searched: a later order is never due earlier.
 */
function limitMoment(scope: Scope): number {
  const { now } = scope.bounds;
  const span = scope.policy().clocks.dispatch_reply_days;
  const calendar = workingCalendar(scope.policy(), scope.period.time_zone, scope.country);
  const isOver = (at: number) => +addSpan(calendar, new Date(at), span) < now;
  let [low, high] = [now - 3650 * 24 * HOUR, now];
  if (!isOver(low)) return low;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isOver(middle)) low = middle;
    else high = middle;
  }
  return high;
}

interface Department {
  department: string;
  open: number;
  overdue: number;
}

function rows(scope: Scope): Row[] {
  const limit = scope.shared("dispatch-limit", () => limitMoment(scope));
  const open = scope.all<Department>(
    `SELECT department, count(*) AS open, sum(overdue) AS overdue FROM (${OPEN}) GROUP BY department`,
    { limit },
  );
  const replied = scope.all<{ department: string; spans: string }>(REPLIED).map(({ department, spans }) => ({
    department,
    median: percentiles(spans.split(",").map(Number), [0.5])[0]!,
  }));
  const names = [...new Set([...open, ...replied].map((row) => row.department))].sort();
  return names.map((department) => {
    const found = open.find((row) => row.department === department);
    const median = replied.find((row) => row.department === department)?.median;
    return {
      department,
      open: found?.open ?? 0,
      overdue: found?.overdue ?? 0,
      reply_p50: median === undefined ? undefined : median / HOUR,
    };
  });
}

export const departments: Section = {
  id: "departments",
  rows,
  rowKey: (row) => (Number(row.open) > 0 ? String(row.department) : undefined),
  rowCases: (key, scope) => ({
    sql: `SELECT case_id FROM (${OPEN}) WHERE department = @row`,
    extra: { row: key, limit: scope.shared("dispatch-limit", () => limitMoment(scope)) },
  }),
  ofNow: ["rows"],
};
