/** Which cases were not closed at a moment, from the closings of each: for the backlog and its age. */
import { counts, countsById, type Scope } from "./scope.ts";

type Moment = "end" | "begin";

/** Cases whose closing before the moment held until after it. */
const heldClosed = (moment: string) =>
  `SELECT k.case_id FROM closings k WHERE k.until >= @${moment} AND k.at < @${moment}`;

const staleOf = (moment: Moment) => (moment === "end" ? "@stale" : "@staleBegin");

/** Not closed now, and closed only after the moment; the few that were closed then and reopened since are to be taken off. */
function notYet(moment: Moment, columns: string): [live: string, later: string] {
  const from = (where: string) =>
    `SELECT ${columns} FROM cases c WHERE ${where} AND c.opened_at < @${moment} AND ${counts(staleOf(moment))}`;
  return [from("c.status <> 'closed'"), from(`c.closed_at IS NOT NULL AND c.closed_at >= @${moment}`)];
}

function list(moment: Moment): string {
  const [live, later] = notYet(moment, "c.id AS case_id, c.opened_at");
  return `SELECT case_id, opened_at FROM (${live} UNION ALL ${later}) WHERE case_id NOT IN (${heldClosed(moment)})`;
}

/** SELECT of `case_id, opened_at` of the cases not closed at the period's end (or now, if earlier), and at its start. */
export const NOT_CLOSED: Readonly<Record<Moment, string>> = { end: list("end"), begin: list("begin") };

/** When the cases were opened that were closed at the moment and reopened since. */
function takenOff(moment: Moment): string {
  return `SELECT (SELECT c.opened_at FROM cases c WHERE c.id = k.case_id) AS opened_at
    FROM (${heldClosed(moment)}) k WHERE ${countsById("k.case_id", staleOf(moment))}`;
}

/** When each case that is to be counted was opened, with its weight: 1, or −1 where it is to be taken off again. */
function weighed(moment: Moment): string {
  const [live, later] = notYet(moment, "c.opened_at, 1 AS weight");
  return `${live} UNION ALL ${later} UNION ALL SELECT opened_at, -1 FROM (${takenOff(moment)})`;
}

export function openAt(scope: Scope, moment: Moment): number {
  return scope.one<{ n: number }>(`SELECT coalesce(sum(weight), 0) AS n FROM (${weighed(moment)})`).n ?? 0;
}

/** Buckets of age in days: from (included) and to (excluded; the last two: 15 days are not yet over 15). */
export const BUCKETS = [
  { bucket: "0–1", key: "0-1", from: 0, to: 1 },
  { bucket: "1–3", key: "1-3", from: 1, to: 3 },
  { bucket: "3–7", key: "3-7", from: 3, to: 7 },
  { bucket: "7–12", key: "7-12", from: 7, to: 12 },
  { bucket: "12–15", key: "12-15", from: 12, to: 15 },
  { bucket: ">15", key: "over-15", from: 15, to: Number.POSITIVE_INFINITY },
] as const;

/** Number of the bucket for a case opened at `opened_at`, at the moment `@at`. */
export const BUCKET_OF = `CASE ${BUCKETS.slice(0, 5)
  .map(({ to }, i) => `WHEN @at - opened_at ${i === 4 ? "<=" : "<"} ${to * 86_400_000} THEN ${i}`)
  .join(" ")} ELSE 5 END`;

/** The age of a case is taken at the period's end, or now. */
export function ageMoment({ bounds }: Scope): number {
  return Math.min(bounds.to, bounds.now);
}

export function ages(scope: Scope): { bucket: string; key: string; count: number }[] {
  const rows = scope.all<{ b: number; n: number }>(
    `SELECT ${BUCKET_OF} AS b, sum(weight) AS n FROM (${weighed("end")}) GROUP BY 1`,
    { at: ageMoment(scope) },
  );
  return BUCKETS.map(({ bucket, key }, i) => ({ bucket, key, count: rows.find((r) => r.b === i)?.n ?? 0 }));
}

/**
 * When the oldest case that was not closed at the end was opened; undefined: there is none. Of each part as many are read
 * as are to be taken off, and one more: no index need hold the ids.
 */
export function oldestOpened(scope: Scope): number | undefined {
  const off = scope
    .all<{ opened_at: number }>(takenOff("end"))
    .map((row) => row.opened_at)
    .sort((a, b) => a - b);
  const [live, later] = notYet("end", "c.opened_at");
  const first = (part: string, order: string) =>
    scope.all<{ opened_at: number }>(`${part} ORDER BY ${order} LIMIT ${off.length + 1}`);
  // `+`: in the order of its index the second part would be read from the very beginning.
  const found = [...first(live, "c.opened_at"), ...first(later, "+c.opened_at")];
  const opened = found.map((row) => row.opened_at).sort((a, b) => a - b);
  for (const at of off) {
    const i = opened.indexOf(at);
    if (i >= 0) opened.splice(i, 1);
  }
  return opened[0];
}
