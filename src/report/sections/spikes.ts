/** Pairs of category and cause that came far more often than usual. */
import { pairs } from "../received.ts";
import { counts, daysBefore, RECEIVED, type Scope } from "../scope.ts";
import type { Row, Section } from "../section.ts";
import { poissonTail } from "../statistics.ts";

const LEAST = 5;
const UNLIKELY = 0.01;
const WEEK = 7 * 86_400_000;

function hasHistory(scope: Scope): boolean {
  const since = daysBefore(scope, scope.bounds.from, 28);
  return (
    scope.all(`SELECT 1 FROM cases c WHERE c.opened_at <= @since AND ${counts()} LIMIT 1`, { since }).length >
    0
  );
}

/**
 * The usual number: what the same length of time held in the four weeks before, on average. Up to a week the same days of
 * each of these weeks are taken (a week not yet over is measured by what of it has passed), beyond it their whole rate.
 */
function usual(scope: Scope, wanted: readonly { category: string; cause: string }[]): Map<string, number> {
  const { from, end, to, now } = scope.bounds;
  const until = Math.min(to, now);
  const isShort = until - from <= WEEK + 3_600_000;
  const weeks = isShort ? [1, 2, 3, 4] : [4];
  const windows = weeks.map((k) => [
    daysBefore(scope, from, 7 * k),
    isShort ? daysBefore(scope, until, 7 * k) + (end - until) : from,
  ]);
  const spans = windows.map(([a, b]) => `(c.opened_at >= ${a} AND c.opened_at < ${b})`).join(" OR ");
  const oldest = Math.min(...windows.map(([a]) => a!));
  // Pair by pair along the index of causes: to group all cases of four weeks they would have to be sorted.
  const rows = scope.all<{ category: string; cause: string; n: number }>(
    `SELECT w.value ->> 0 AS category, w.value ->> 1 AS cause,
       (SELECT count(*) FROM cases c WHERE c.cause = w.value ->> 1 AND c.opened_at >= @oldest AND c.opened_at < @from
          AND c.category = w.value ->> 0 AND (${spans}) AND ${counts()}) AS n
     FROM json_each(@wanted) w`,
    { oldest, wanted: JSON.stringify(wanted.map(({ category, cause }) => [category, cause])) },
  );
  const share = isShort ? 1 / 4 : (until - from) / (4 * WEEK);
  return new Map(rows.map((row) => [`${row.category}/${row.cause}`, row.n * share]));
}

function rows(scope: Scope): Row[] {
  const found = pairs(scope).flatMap(({ category, cause, n }) =>
    category !== null && cause !== null && n >= LEAST ? [{ category, cause, n }] : [],
  );
  if (found.length === 0 || scope.bounds.end <= scope.bounds.from || !hasHistory(scope)) return [];
  const before = usual(scope, found);
  return found
    .map(({ category, cause, n }) => ({
      category,
      cause,
      count: n,
      usual: before.get(`${category}/${cause}`) ?? 0,
    }))
    .filter((row) => poissonTail(row.count, row.usual) <= UNLIKELY)
    .map((row) => ({ ...row, ratio: row.usual === 0 ? undefined : row.count / row.usual }))
    .sort(
      (a, b) =>
        b.count - b.usual - (a.count - a.usual) ||
        (`${a.category}/${a.cause}` < `${b.category}/${b.cause}` ? -1 : 1),
    );
}

export const spikes: Section = {
  id: "spikes",
  rows,
  rowKey: (row) => `${row.category}/${row.cause}`,
  rowCases: (key) => ({
    sql: `SELECT c.id AS case_id FROM cases c WHERE ${RECEIVED} AND c.category = @category AND c.cause = @cause`,
    extra: { category: key.split("/")[0], cause: key.split("/")[1] },
  }),
};
